"""Pages like a page, in both engines."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from portal import outbox
from search.engines.elasticsearch import notes
from search.models import Document
from search.service import engine, engine_named
from search.shown import Shown
from search.similar import similar
from tests.factories import make_news, make_pattern, make_practice, make_resource, make_topic, make_workshop, translate

from .asking import follow
from .test_access import PLANTED, SECRET, for_a_group

pytestmark = pytest.mark.django_db

WORDS = {
    "en": ("Catfish trackers unmask cheats", "Trackers lure catfish and unmask every cheat"),
    "fr": ("Démasquer les brouteurs", "Des brouteurs démasqués par des chasseurs bénévoles"),
    "nl": ("Oplichters ontmaskeren", "Vrijwilligers die oplichters ontmaskeren en lokken"),
    "de": ("Heiratsschwindler entlarven", "Freiwillige entlarven Heiratsschwindler und locken sie"),
    "it": ("Smascherare i truffatori", "Volontari smascherano truffatori e li attirano"),
    "es": ("Desenmascarar estafadores", "Voluntarios desenmascaran a estafadores y los atraen"),
    "ca": ("Desemmascarar estafadors", "Voluntaris desemmascaren estafadors i els atrauen"),
}


@pytest.fixture
def others(engine_name):
    """Pages that have nothing to do with what is compared: rare words are rare among some."""

    def make(language="en"):
        for number in range(8):
            make_topic(language, title=f"Filler{language}{number} zz{number}", summary=f"Qq{number} ww{number}")

    return make


def like(page, *, user=None, without=(), limit=4, **versions):
    """The titles of what is like a page, as `portal.similar` asks."""
    if settings.ELASTICSEARCH_URL:
        follow()
    pages = {page.locale.language_code: page.pk, **{code: version.pk for code, version in versions.items()}}
    keys = similar(pages, user, {page.translation_key, *(other.translation_key for other in without)}, limit)
    titles = {}
    for subject, title in Document.objects.filter(is_part=False).order_by("-page_id").values_list("subject", "title"):
        titles[subject] = title
    return [titles[str(key)] for key in keys]


def tagged(page, *tags):
    page.tags.add(*tags)
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("language", WORDS)
def test_a_page_about_the_same_is_like_it_in_every_language(others, language):
    others(language)
    title, summary = WORDS[language]
    page = make_pattern(language, title=title)
    make_practice(language, title="Elsewhere", summary=summary)
    assert like(page) == ["Elsewhere"]


def test_who_shares_more_comes_first_and_everyday_words_do_not_count(others):
    others()
    page = make_pattern(title="Catfish trackers", summary="Volunteers unmask cheats")
    make_practice(title="Trackers of catfish", summary="Cheats unmasked by volunteers")
    make_workshop(title="Volunteers")
    assert like(page)[0] == "Trackers of catfish"
    assert like(make_topic(title="Unrelated", summary="Xx yy")) == []


def test_what_editors_tagged_alike_is_alike_though_it_has_no_word_in_common(others):
    others()
    page = tagged(make_pattern(title="Catfish trackers"), "fraud")
    tagged(make_resource(title="Romance scams"), "fraud")
    assert like(page) == ["Romance scams"]


def test_only_kinds_that_offer_such_pages_are_offered(others):
    others()
    page = make_pattern(title="Catfish trackers", summary="Volunteers unmask cheats")
    make_news(title="Catfish trackers meet", summary="Volunteers unmask cheats")
    assert like(page) == []


def test_one_entry_for_a_subject_however_many_languages(others):
    others()
    others("fr")
    page = make_pattern(title="Catfish trackers", summary="Volunteers unmask cheats")
    french = translate(page, "fr", title=WORDS["fr"][0], slug="brouteurs", summary=WORDS["fr"][1])
    other = make_practice(title="Trackers of catfish", summary="Cheats unmasked by volunteers")
    translate(other, "fr", title="Brouteurs", slug="b", summary=WORDS["fr"][1])
    make_practice("fr", title="Chasseurs", summary=WORDS["fr"][1])
    assert sorted(like(french, en=page)) == ["Chasseurs", "Trackers of catfish"]
    assert like(page) == ["Trackers of catfish"]


def test_as_many_as_asked_for_and_none_that_is_left_out(others):
    others()
    page = make_pattern(title="Catfish trackers", summary="Volunteers unmask cheats")
    alike = [make_practice(title=f"Trackers of catfish {n}", summary="Cheats unmasked") for n in range(4)]
    assert len(like(page, limit=3)) == 3
    assert len(like(page, without=alike[:2])) == 2


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_nothing_that_a_visitor_may_not_see_is_like_a_page(others, people, plant):
    others()
    page = make_pattern(title=f"Shown {SECRET}", summary=f"{SECRET} in public")
    plant(people)
    for user in (None, people["nobody"], people["stranger"]):
        assert like(page, user=user) == [], user


def test_who_may_read_a_page_is_offered_it(others, people):
    others()
    page = make_pattern(title=f"Shown {SECRET}")
    for_a_group(people)
    assert like(page, user=people["member"]) == [f"{SECRET} for a group"]


def test_a_page_that_is_not_indexed_is_like_nothing(engine_name):
    draft = make_pattern(title="Catfish", live=False)
    assert like(draft) == []
    assert like(draft, user=AnonymousUser()) == []


@pytest.mark.elasticsearch
def test_while_changes_wait_the_engine_that_has_them_answers(elasticsearch):
    """What is drawn with the answer is kept until the next publication."""
    for number in range(8):
        make_topic(title=f"Filler{number} zz{number}", summary=f"Qq{number}")
    page = make_pattern(title="Catfish trackers")
    follow()
    make_practice(title="Trackers of catfish")
    asked = ({"en": page.pk}, Shown())
    ours = engine_named("embedded").similar(*asked, without=[str(page.translation_key)], limit=4)
    assert len(ours) == 1
    assert engine().similar(*asked, without=[str(page.translation_key)], limit=4) == ours


def test_without_the_server_the_engine_behind_it_answers(settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    for number in range(8):
        make_topic(title=f"Filler{number} zz{number}", summary=f"Qq{number}")
    page = make_pattern(title="Catfish trackers")
    other = make_practice(title="Trackers of catfish")
    outbox.pending(notes.TOPIC).delete()
    try:
        found = similar({"en": page.pk}, None, {page.translation_key}, 4)
    finally:
        engine().breaker.succeeded()
    assert found == [other.translation_key]
