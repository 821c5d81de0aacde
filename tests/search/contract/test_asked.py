"""What readers ask for a page leads to it in both engines, and never to what the reader may not see."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from search.models import AskedAs
from search.suggesting import suggestions
from tests.factories import make_home, make_pattern, make_topic, translate
from tests.factories.editing import make_user

from .asking import search, titles

pytestmark = pytest.mark.django_db
SECRET = "numbat"


def ask(page, *wordings, language="en"):
    AskedAs.objects.create(
        subject=str(page.translation_key), language=language, wordings="\n".join(wordings) or f"who hides the {SECRET}"
    )


@pytest.fixture
def page(engine_name):
    """With enough around it that words tell something."""
    make_home("fr")
    for number in range(8):
        ask(topic := make_topic(title=f"Topic {number}"), f"where zebra{number} graze", f"photos of zebra{number}")
        ask(topic, f"où paissent les zebra{number}", f"photos de zebra{number}", language="fr")
    page = make_pattern(title="Field notes")
    ask(page, "who counts the quokkas", "is it allowed to feed wombats")
    ask(page, "qui compte les quokkas", language="fr")
    return page


def test_a_page_is_found_by_wordings_in_each_language(page):
    assert titles("quokkas counted") == ["Field notes"]
    (hit,) = search("le quokka", language="fr").hits
    assert (hit.title, hit.language) == ("Field notes", "en")
    assert hit.asked == "qui compte les <mark>quokkas</mark>"


def test_what_is_asked_in_these_very_words_comes_first(page):
    make_topic(title="Quokkas", summary="Quokkas count. Who counts quokkas? Quokkas.")
    assert titles("who counts the quokkas?") == ["Field notes", "Quokkas"]
    assert titles("quokkas") == ["Quokkas", "Field notes"]


def test_words_of_several_wordings_push_no_page_above_the_words_themselves(page):
    make_topic(title="Feeding quokkas", summary="Feed them.")
    assert titles("feed quokkas")[0] == "Feeding quokkas"


def test_a_translation_takes_the_wordings_over(page):
    translate(page, "fr", title="Carnet", slug="carnet")
    (hit,) = search("quokka", language="fr").hits
    assert (hit.title, hit.language) == ("Carnet", "fr")
    assert search("quokka", language="fr", filters={"language": ["fr"]}).total == 1


def test_a_filter_by_language_goes_by_what_is_read(page):
    found = search("quokka", language="fr")
    assert found.facets["language"] == {"en": 1}
    assert search("quokka", language="fr", filters={"language": ["fr"]}).total == 0
    assert search("quokka", language="fr", filters={"language": ["en"]}).total == 1


def test_a_misspelt_word_of_a_wording_is_understood(page):
    found = search("who counts the qoukkas", language="en")
    assert [hit.title for hit in found.hits] == ["Field notes"]
    assert found.did_you_mean == "who counts the quokkas"


def test_phrases_and_words_to_leave_out_look_into_wordings_as_into_any_text(page):
    assert titles('"counts the quokkas"') == ["Field notes"]
    assert titles("wombats -quokkas") == []


# Access


def _hide_everywhere():
    draft = make_topic(title="Draft", live=False)
    unpublished = make_topic(title="Unpublished")
    expired = make_topic(title="Expired")
    closed = make_topic(title="Closed")
    grouped = make_pattern(title="For a group")
    deleted = make_topic(title="Deleted")
    for page in (draft, unpublished, expired, closed, grouped, deleted):
        ask(page)
        ask(page, f"qui cache le {SECRET}", language="fr")
    unpublished.unpublish()
    expired.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    expired.save()
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    restriction = PageViewRestriction.objects.create(page=grouped, restriction_type="groups")
    restriction.groups.add(Group.objects.get_or_create(name="Working group")[0])
    deleted.delete()


@pytest.fixture
def hidden(page):
    _hide_everywhere()


@pytest.mark.parametrize("language", ["en", "fr", "ca"])
@pytest.mark.parametrize("text", [SECRET, f"who hides the {SECRET}", f"qui cache le {SECRET}", "numbta", "nummbats"])
def test_no_wording_tells_of_what_may_not_be_seen(hidden, language, text):
    found = search(text, language=language)
    assert not {hit.title for hit in found.hits} & {"Draft", "Unpublished", "Expired", "Closed", "For a group"}
    assert SECRET not in found.did_you_mean
    assert not any(SECRET in f"{hit.asked}{hit.snippet}{hit.label}" for hit in found.hits)
    assert found.total == 0 or SECRET not in text


@pytest.mark.parametrize("typed", ["numb", "who hides", "qui cache"])
def test_no_wording_is_suggested_of_what_may_not_be_seen(hidden, typed):
    assert suggestions(typed, "en") == suggestions(typed, "fr") == []


def test_who_may_see_it_finds_it(hidden):
    """So the walk above would notice."""
    member = make_user("Working group")
    assert titles(f"who hides the {SECRET}", user=member) == ["For a group"]
    (hit,) = search(SECRET, language="fr", user=member).hits
    assert SECRET in hit.asked
    assert SECRET in search("who hides the numbatt", language="en", user=member).did_you_mean


def test_a_closed_original_hides_the_wordings_in_languages_that_it_lacks(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert search("quokkas", language="fr").total == search("quokkas", language="en").total == 0
