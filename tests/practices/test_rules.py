"""R9 and R13: what a practice needs, brief or full, said beside the field; what looks wrong is a warning."""

import pytest
from django.urls import reverse

from practices.models import PracticePage
from tests.factories import add_source, make_home, make_pattern, make_practice
from tests.factories.editing import publish, send, signed_in
from tests.factories.sections import make_organisation

pytestmark = pytest.mark.django_db

AIMS = [("item", "To hear of problems early.")]
SAID = {"text": "Somebody says so.", "source": None, "locator": "", "editorial": True}
STEPS = [("step", {"title": "Report", "text": "Somebody writes."})]
OUTCOMES = [("challenge", SAID), ("lesson", SAID)]


@pytest.fixture
def editor():
    make_home()
    return signed_in("Editors")


def practice(**fields):
    page = make_practice(live=False, **{"aims": AIMS, **fields})
    add_source(page)
    return PracticePage.objects.get(pk=page.pk)


def full(**fields):
    values = {
        "extent": "full",
        "problem_addressed": "<p>Nobody heard of it.</p>",
        "steps": STEPS,
        "outcomes": OUTCOMES,
        "latitude": "44.29",
        "longitude": "11.88",
        "lead_organisation": make_organisation("Union"),
        "initiative": ["top_down"],
        **fields,
    }
    return practice(**values)


def pattern_row():
    return [{"pattern": make_pattern().pk, "strength": "main", "note": ""}]


def test_brief_entry_needs_an_aim_and_a_source(editor):
    assert publish(editor, practice()) == {}
    found = publish(editor, make_practice(live=False))
    assert found == {
        "aims": ["Say what it is for: add at least one aim."],
        "portal_sources": ["Name at least one source."],
    }


def test_full_entry_with_everything_is_published(editor):
    assert publish(editor, full(), patterns=pattern_row()) == {}


def test_brief_entry_that_becomes_full_is_told_all_it_lacks_at_once(editor):
    page = practice()
    found = publish(editor, page, extent="full", card_line="Kept.")
    assert set(found) == {
        "lead_organisation",
        "initiative",
        "patterns",
        "problem_addressed",
        "steps",
        "outcomes",
        "latitude",
    }
    assert len(found["outcomes"]) == 2
    assert not PracticePage.objects.get(pk=page.pk).live


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"lead_organisation": None}, "lead_organisation"),
        ({"initiative": []}, "initiative"),
        ({"problem_addressed": ""}, "problem_addressed"),
        ({"steps": []}, "steps"),
        ({"outcomes": OUTCOMES[:1]}, "outcomes"),
        ({"outcomes": OUTCOMES[1:]}, "outcomes"),
        ({"latitude": None, "longitude": None}, "latitude"),
    ],
)
def test_full_entry_needs_each_part(editor, lacking, field):
    assert list(publish(editor, full(**lacking), patterns=pattern_row())) == [field]


def test_full_entry_needs_a_pattern(editor):
    assert list(publish(editor, full())) == ["patterns"]


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_end_needs_a_reason(editor, status):
    assert list(publish(editor, practice(), status=status)) == ["status_reason"]
    assert publish(editor, practice(), status=status, status_reason="The money ran out.") == {}


@pytest.mark.parametrize(
    ("started", "ended", "passes"),
    [
        ("2015", "2014", False),
        ("2015-06", "2015-05", False),
        ("2015-06-30", "2015-06-29", False),
        ("2015-06-30", "2015", True),  # some day of the same year
        ("2015", "2015-01", True),
        ("2015-06-30", "2015-06-30", True),
        ("", "2015", True),
    ],
)
def test_end_does_not_come_before_the_start(editor, started, ended, passes):
    assert ("ended" not in publish(editor, practice(), started=started, ended=ended)) is passes


def test_contradiction_is_saved_in_a_draft(editor):
    assert send(editor, practice(), started="2015", ended="2014").status_code == 302


@pytest.mark.parametrize("given", ["latitude", "longitude"])
def test_point_needs_both_coordinates(editor, given):
    missing = {"latitude": "longitude", "longitude": "latitude"}[given]
    assert list(publish(editor, practice(), **{given: "11"})) == [missing]


@pytest.mark.parametrize(("field", "value"), [("latitude", "91"), ("longitude", "-181"), ("latitude", "north")])
def test_impossible_coordinate_is_refused_beside_its_field(editor, field, value):
    response = send(editor, practice(latitude="1", longitude="1"), **{field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_criterion_is_checked_once(editor):
    check = {
        "type": "criterion",
        "value": {"criterion": "problem_described", "verdict": "yes", "text": "T"},
        "id": None,
    }
    assert list(publish(editor, practice(), criteria=[check, check])) == ["criteria"]


# Warnings


@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "warned"),
    [
        ("44.29", "11.88", "IT", False),
        ("11.88", "44.29", "IT", True),  # swapped
        ("44.29", "11.88", "ES", True),
        ("44.29", "11.88", "BR", False),  # a country whose frame is not known
    ],
)
def test_point_outside_the_country_is_published_with_a_warning(editor, latitude, longitude, country, warned):
    page = practice(latitude=latitude, longitude=longitude, country=country)
    assert send(editor, page, "publish").status_code == 302
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert ("they may be swapped" in html) is warned


def test_autosave_repeats_no_warning(editor):
    page = practice(latitude="11.88", longitude="44.29")
    send(editor, page)
    editor.get(reverse("wagtailadmin_home"))
    from tests.factories.editing import post_data

    data = post_data(page, parent=page.get_parent())
    editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, headers={"accept": "application/json"})
    assert "may be swapped" not in editor.get(reverse("wagtailadmin_home")).content.decode()


# Lists of codes


def test_codes_are_typed_with_commas(editor):
    page = practice()
    assert publish(editor, page, further_countries="FI, FR;  DE", service_languages="de, en, ar") == {}
    stored = PracticePage.objects.get(pk=page.pk)
    assert (stored.further_countries, stored.service_languages) == (["FI", "FR", "DE"], ["de", "en", "ar"])


@pytest.mark.parametrize(("field", "typed"), [("further_countries", "Finland"), ("service_languages", "German!")])
def test_unknown_code_is_named_and_what_was_typed_is_kept(editor, field, typed):
    response = send(editor, practice(), **{field: typed})
    assert response.status_code == 200
    assert typed in response.context["form"].errors[field][0]
    assert typed in response.content.decode()
