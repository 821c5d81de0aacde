"""R1 to R8, R10 and R14: what holds for a pattern and its relations, said in plain words beside the field."""

import datetime
import itertools

import pytest
from django.urls import reverse

from patterns import rules
from patterns.models import PatternPage, PatternRelation
from portal.vocabulary import INVERSE_RELATION, RelationType
from practices.models import PracticePattern
from tests.factories import locale, make_home, make_pattern, make_practice, make_resource, make_topic, translate
from tests.factories.editing import publish, send, signed_in

from .seeing import seen

pytestmark = pytest.mark.django_db

LONG = "Both are true at once, and the page says in which case which of them counts."
FORCES = [("force", {"toward": f"One {n}", "against": f"Other {n}", "text": "Both are real."}) for n in (1, 2)]


def said(text="Somebody says so."):
    return {"text": text, "source": None, "locator": "", "editorial": True}


CONSIDERATIONS = [
    ("opportunity", said()),
    ("threat", said()),
    ("ethical_risk", {"term": "shaming", "mitigation": "", **said()}),
]


@pytest.fixture
def editor():
    make_home()
    return signed_in("Editors")


@pytest.fixture
def complete(db):
    """Makes a draft that has everything a pattern needs, but for relations."""
    from portal.models import Term

    make_home()
    Term.objects.create(scheme="ethical_risk", code="shaming", label="Shaming", locale=locale("en"))

    def make(**fields):
        return make_pattern(live=False, sources=True, forces=FORCES, considerations=CONSIDERATIONS, **fields)

    return make


def row(kind, target, reason="Because."):
    return {"type": kind, "target": target.pk, "reason": reason}


def relate(page, kind, target, reason="Because."):
    return PatternRelation.objects.create(page=page, type=kind, target=target, reason=reason, locale=page.locale)


def show(practice, pattern):
    PracticePattern.objects.create(page=practice, pattern=pattern, strength="main", locale=practice.locale)


def stream(value):
    """Blocks as the form sends them: raw, with their types."""
    return [{"type": name, "value": block, "id": None} for name, block in value]


# R7: what a pattern needs


def test_complete_pattern_is_published(editor, complete):
    page, other = complete(), make_pattern()
    assert publish(editor, page, relations=[row("complements", other)]) == {}
    assert PatternPage.objects.get(pk=page.pk).live


def test_everything_that_is_missing_is_said_at_once_beside_its_field(editor):
    page = make_pattern(live=False)
    found = publish(editor, page)
    assert "Give at least two forces: pairs that pull against each other." in found["forces"]
    assert set(found["considerations"]) == {
        "Add at least one opportunity.",
        "Add at least one threat.",
        "Add at least one ethical risk: every pattern has one.",
    }
    assert found["relations"] == ["Relate the pattern to at least one other pattern."]
    assert found["portal_sources"] == ["Name at least one source."]
    assert not PatternPage.objects.get(pk=page.pk).live


def test_messages_are_printed_in_the_form_with_the_text_that_was_typed(editor):
    page = make_pattern(live=False)
    html = send(editor, page, "publish", card_problem="Typed with care.").content.decode()
    for words in ("Typed with care.", "Add at least one threat.", "Name at least one source."):
        assert words in html


def test_incomplete_pattern_is_saved_as_a_draft(editor):
    page = make_pattern(live=False)
    response = send(editor, page, card_problem="", context="", confidence_reason="")
    assert response.status_code == 302
    assert PatternPage.objects.get(pk=page.pk).card_problem == ""


@pytest.mark.parametrize("kind", ["opportunity", "threat", "ethical_risk"])
def test_each_kind_of_consideration_is_needed(editor, complete, kind):
    page, other = complete(), make_pattern()
    rest = stream([block for block in CONSIDERATIONS if block[0] != kind])
    found = publish(editor, page, relations=[row("complements", other)], considerations=rest)
    assert list(found) == ["considerations"]


def test_relation_stored_on_another_page_is_enough(editor, complete):
    page = complete()
    relate(make_pattern(), "complements", page)
    assert publish(editor, page) == {}


def test_diagram_needs_words(editor, complete):
    page, other = complete(), make_pattern()
    diagram = '<circle cx="10" cy="10" r="4"/>'
    found = publish(editor, page, relations=[row("complements", other)], diagram=diagram)
    assert list(found) == ["diagram_text"]


def test_superseded_pattern_names_its_successor(editor, complete):
    page, other = complete(), make_pattern()
    rows = [row("complements", other)]
    assert list(publish(editor, page, relations=rows, status="superseded")) == ["superseded_by"]
    assert publish(editor, page, relations=rows, status="superseded", superseded_by=other.pk) == {}


@pytest.mark.parametrize("word", ["TBD", "Lorem ipsum", "to be completed"])
def test_placeholder_is_not_published(editor, complete, word):
    page, other = complete(), make_pattern()
    found = publish(editor, page, relations=[row("complements", other)], card_problem=f"The problem is {word}.")
    assert list(found) == ["card_problem"]


# R1: one row, two sides


@pytest.mark.parametrize("kind", sorted({kind for kind, _label in PatternRelation.STORED}))
def test_relation_is_stored_once_and_read_from_both_sides(kind):
    one, other = make_pattern(title="One"), make_pattern(title="Other")
    relate(one, kind, other)
    assert [(r.type, r.neighbour.title) for r in seen(one).relations] == [(kind, "Other")]
    assert [(r.type, r.neighbour.title) for r in seen(other).relations] == [(INVERSE_RELATION[kind], "One")]


def test_every_relation_has_an_inverse_and_one_of_the_two_is_stored():
    stored = {kind for kind, _label in PatternRelation.STORED}
    for kind in RelationType.values:
        assert INVERSE_RELATION[INVERSE_RELATION[kind]] == kind
        assert {kind, INVERSE_RELATION[kind]} & stored


def test_editor_sees_the_relations_that_other_pages_store(editor):
    page = make_pattern(title="Page")
    relate(make_pattern(title="The larger one"), "larger", page, reason="It holds this one.")
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for words in (str(RelationType.SMALLER.label), "The larger one", "It holds this one."):
        assert words in html


# R2: no relation to itself, none twice


def test_pattern_is_not_related_to_itself(editor, complete):
    page = complete()
    (message,) = publish(editor, page, relations=[row("complements", page)])["relations"]
    assert "itself" in message


def test_pattern_is_not_related_to_its_own_translation(editor, complete):
    page = complete()
    french = translate(page, "fr", title="Motif", slug="motif")
    assert "relations" in publish(editor, page, relations=[row("complements", french)])


def test_same_relation_is_not_listed_twice(editor, complete):
    page, other = complete(), make_pattern()
    rows = [row("complements", other), row("complements", other, "Again.")]
    assert "twice" in publish(editor, page, relations=rows)["relations"][0]


def test_same_relation_to_a_translation_of_the_same_pattern_counts_as_twice(editor, complete):
    page, other = complete(), make_pattern()
    french = translate(other, "fr", title="Autre", slug="autre")
    rows = [row("complements", other), row("complements", french)]
    assert "twice" in publish(editor, page, relations=rows)["relations"][0]


@pytest.mark.parametrize("kind", ["complements", "conflicts", "alternative"])
@pytest.mark.parametrize("language", ["en", "it"])
def test_same_relation_is_not_said_again_from_the_other_side(editor, complete, kind, language):
    page, other = complete(), make_pattern(number=9, language=language)
    relate(other, kind, page, LONG)
    (message,) = publish(editor, page, relations=[row(kind, other, LONG)])["relations"]
    assert "twice" in message


def test_what_leads_both_ways_is_not_said_twice(editor, complete):
    page, other = complete(), make_pattern(number=9)
    relate(other, "may_escalate_to", page, LONG)
    assert publish(editor, page, relations=[row("may_escalate_to", other, LONG)]) == {}


def test_a_translation_of_the_page_may_say_what_its_original_says(editor, complete):
    page, other = complete(), make_pattern(number=9)
    relate(page, "complements", other)
    translate(page, "fr", title="Veille", slug="veille")
    assert publish(editor, page, relations=[row("complements", other)]) == {}


def test_two_different_relations_to_one_pattern_are_fine(editor, complete):
    page, other = complete(), make_pattern()
    assert publish(editor, page, relations=[row("complements", other), row("precedes", other)]) == {}


# R3: no circles


def test_nothing_is_larger_than_itself_by_way_of_others(editor, complete):
    page, middle, last = complete(), make_pattern(), make_pattern()
    relate(middle, "larger", last)
    relate(last, "larger", page)
    assert "circle" in publish(editor, page, relations=[row("larger", middle)])["relations"][0]


def test_circle_by_way_of_a_translation_is_found(editor, complete):
    page, other = complete(), make_pattern()
    french = translate(other, "fr", title="Autre", slug="autre")
    relate(french, "larger", page)
    assert "relations" in publish(editor, page, relations=[row("larger", other)])


def test_long_chain_without_a_circle_is_fine(editor, complete):
    page = complete()
    chain = [make_pattern() for _number in range(4)]
    for one, other in itertools.pairwise(chain):
        relate(one, "larger", other)
    assert publish(editor, page, relations=[row("larger", chain[0])]) == {}


def test_order_that_comes_back_to_its_start_is_only_a_warning(editor, complete):
    page, other = complete(), make_pattern()
    relate(other, "precedes", page)
    response = send(editor, page, "publish", relations=[row("precedes", other)])
    assert response.status_code == 302
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "leads in a circle" in html


def test_escalation_may_come_back(editor, complete):
    page, other = complete(), make_pattern()
    relate(other, "may_escalate_to", page)
    assert publish(editor, page, relations=[row("may_escalate_to", other)]) == {}


# R4: what one pair cannot be


def test_complement_and_conflict_need_long_reasons(editor, complete):
    page, other = complete(), make_pattern()
    short = [row("complements", other, LONG), row("conflicts", other, "They strain.")]
    assert "40 characters" in publish(editor, page, relations=short)["relations"][0]
    long = [row("complements", other, LONG), row("conflicts", other, LONG)]
    assert publish(editor, page, relations=long) == {}


def test_tension_is_found_when_the_other_page_stores_one_half(editor, complete):
    page, other = complete(), make_pattern()
    relate(other, "conflicts", page, "They strain.")
    assert "relations" in publish(editor, page, relations=[row("complements", other, LONG)])


@pytest.mark.parametrize("kind", ["precedes", "larger"])
def test_alternative_is_neither_earlier_nor_larger(editor, complete, kind):
    page, other = complete(), make_pattern()
    rows = [row("alternative", other), row(kind, other)]
    assert "alternative" in publish(editor, page, relations=rows)["relations"][0].lower()


# R5: relations to what is not published


def test_relation_to_an_unpublished_pattern_is_hidden_from_readers_and_shown_to_editors(editor):
    page, other = make_pattern(title="Page"), make_pattern(title="Hidden one")
    relate(page, "complements", other)
    other.unpublish()
    assert seen(page).relations == []
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Readers do not see these relations" in html


# R8: two stars


EVIDENCE = {
    "finding": "It works.",
    "direction": "supports",
    "dimension": "effect",
    "design": "case_study",
    "country": "",
    "year": None,
    "source": None,
    "locator": "",
    "editorial": True,
}


@pytest.mark.parametrize(
    ("countries", "evidence", "passes"),
    [(["IT", "ES"], True, True), (["IT", "IT"], True, False), (["IT"], True, False), (["IT", "ES"], False, False)],
)
def test_two_stars_need_two_countries_and_evidence(editor, complete, countries, evidence, passes):
    page, other = complete(), make_pattern()
    for country in countries:
        practice = make_practice(country=country)
        show(practice, page)
    considerations = stream([*CONSIDERATIONS, *([("evidence", EVIDENCE)] if evidence else [])])
    changes = {"relations": [row("complements", other)], "considerations": considerations}
    found = publish(editor, page, confidence=2, **changes)
    assert ("confidence" not in found) is passes
    assert publish(editor, page, confidence=1, **changes) == {}


def test_unpublished_practice_is_no_example_for_two_stars(complete):
    page = complete(confidence=2)
    for country in ("IT", "ES"):
        practice = make_practice(country=country, live=False)
        show(practice, page)
    assert rules.confidence_problems(page)


# R10: legal notes carry a date


def legal(**fields):
    values = {"title": "T", "text": "T", "jurisdiction": "EU", "risk": "", "reviewer": "", "next_check": None}
    return stream([*CONSIDERATIONS, ("legal_note", {**values, **fields})])


def test_legal_note_without_a_date_is_refused_on_publishing_and_kept_in_a_draft(editor, complete):
    page, other = complete(), make_pattern()
    relations = [row("complements", other)]
    undated = legal(as_of=None)
    assert "considerations" in publish(editor, page, relations=relations, considerations=undated)
    assert send(editor, page, relations=relations, considerations=undated).status_code == 302
    dated = legal(as_of=datetime.date(2026, 1, 1).isoformat())
    assert publish(editor, page, considerations=dated) == {}


# R14: numbers and codes are permanent


def test_number_and_code_are_fixed_after_the_first_publication(editor):
    page = make_pattern(number=8, title="Neighbourhood watch")
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert html.count("readonly") >= 2
    response = send(editor, page, number=9, code="other")
    assert response.status_code == 200
    assert {"number", "code"} <= response.context["form"].errors.keys()
    stored = PatternPage.objects.get(pk=page.pk)
    assert (stored.number, stored.code) == (8, "neighbourhood-watch")


def test_number_stays_fixed_while_the_page_is_unpublished(editor):
    page = make_pattern(number=8)
    page.unpublish()
    assert "number" in send(editor, page, number=9).context["form"].errors


def test_number_of_a_draft_may_change_but_not_to_a_taken_one(editor):
    page, other = make_pattern(live=False, number=8), make_pattern(number=7)
    assert "number" in send(editor, page, number=other.number).context["form"].errors
    assert send(editor, page, number=6).status_code == 302


def test_new_pattern_is_offered_the_next_number_and_gets_a_code_from_its_title(editor):
    index = make_pattern(number=41).get_parent()
    address = reverse("wagtailadmin_pages:add", args=["patterns", "patternpage", index.pk])
    form = editor.get(address).context["form"]
    assert form["number"].value() == 42


def test_translation_carries_the_same_number_and_code():
    page = make_pattern(number=8)
    french = translate(page, "fr", title="Surveillance", slug="surveillance")
    assert (french.number, french.code) == (8, page.code)


# R15: what points to it


def test_unpublishing_and_deleting_list_every_page_that_points_to_the_pattern_in_any_language(editor):
    page = make_pattern(title="Pointed at")
    relate(make_pattern(title="Related pattern"), "complements", page)
    practice = make_practice(title="Practice with it")
    show(practice, page)
    topic = make_topic(title="Topic with it", body=[("related", {"title": "See", "pages": [page.pk]})])
    translate(topic, "fr", title="Sujet avec", slug="sujet")
    text = f'<p><a linktype="page" id="{page.pk}">it</a></p>'
    make_resource(title="Resource with a link", annotation=text)
    make_resource(title="Bystander")
    for source in (*PatternPage.objects.all(), practice):  # rows made above without their page
        source.save()
    for name in ("unpublish", "delete"):
        html = editor.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).content.decode()
        for title in ("Related pattern", "Practice with it", "Topic with it", "Sujet avec", "Resource with a link"):
            assert title in html, (name, title)
        assert "Bystander" not in html
    assert PatternPage.objects.get(pk=page.pk).live


def test_unpublishing_a_translation_lists_what_points_to_the_original(editor):
    page = make_pattern(title="Original")
    french = translate(page, "fr", title="Traduction", slug="traduction")
    make_topic(title="Topic with it", body=[("related", {"title": "See", "pages": [page.pk]})])
    coordinator = signed_in("Coordinators")
    html = coordinator.get(reverse("wagtailadmin_pages:unpublish", args=[french.pk])).content.decode()
    assert "Topic with it" in html
    assert "English" in html  # readers will see it in that language


def test_selection_of_pages_lists_pointers_too(editor):
    page = make_pattern(title="Pointed at")
    make_topic(title="Topic with it", body=[("related", {"title": "See", "pages": [page.pk]})])
    coordinator = signed_in("Coordinators")
    for action in ("unpublish", "delete"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        assert "Topic with it" in coordinator.get(f"{address}?id={page.pk}").content.decode()


def test_title_of_a_draft_is_not_shown_to_somebody_who_may_not_edit_it(complete):
    page = make_pattern(title="Pointed at")
    french = translate(page, "fr", title="Traduction", slug="traduction")
    make_topic(title="Secret draft", live=False, body=[("related", {"title": "See", "pages": [page.pk]})])
    from portal.admin.usage import pointers_to
    from tests.factories.editing import make_user

    (pointer,) = pointers_to([french], make_user("Translators fr"))
    assert pointer.title == ""
    (pointer,) = pointers_to([french], make_user("Editors"))
    assert pointer.title == "Secret draft"
