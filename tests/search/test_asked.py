"""What readers ask for a page is found as its text, in every language, as long as there is something to find."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from library.models import GlossaryPage, GlossaryTerm
from portal import outbox, searchable, stamps
from search.asked import likeness
from search.engines.elasticsearch import notes
from search.models import AskedAs, Document
from search.parsing import parse
from search.service import search
from tests.factories import make_home, make_pattern, make_topic, translate

pytestmark = pytest.mark.django_db


def ask(thing, *wordings, language="en"):
    return AskedAs.objects.create(
        subject=str(thing.translation_key),
        language=language,
        wordings="\n".join(wordings or ["who counts the quokkas"]),
    )


def urls(text, language="en"):
    return [hit.url for hit in search(text, language=language).hits]


@pytest.fixture
def page():
    make_home("fr")
    make_home("ca")
    return make_pattern(title="Field notes")


@pytest.fixture
def term():
    home = make_home()
    glossary = GlossaryPage(title="Glossary", slug="glossary", code="glossary", summary="S", locale=home.locale)
    home.add_child(instance=glossary)
    glossary.save_revision().publish()
    return GlossaryTerm.objects.create(code="census", term="Census", definition="D.", locale=home.locale)


def test_a_page_is_found_by_its_wordings_at_once(page):
    row = ask(page)
    assert urls("quokka count") == ["/en/patterns/field-notes/"]
    row.wordings = "who feeds the wombats"
    row.save()
    assert urls("quokka") == []
    assert urls("wombat") == ["/en/patterns/field-notes/"]
    row.delete()
    assert urls("wombat") == []


def test_a_wording_is_told_only_in_a_language_that_the_reader_has_before_him(page):
    ask(page, "qui compta quokkas", language="ca")
    (hit,) = search("quokkas", language="ca").hits
    assert "quokkas" in hit.asked
    (hit,) = search("quokkas", language="nl").hits
    assert hit.asked == ""


def test_a_page_is_found_in_a_language_into_which_it_is_not_translated(page):
    ask(page, "qui compte les quokkas", language="fr")
    (hit,) = search("compter un quokka", language="fr").hits
    assert (hit.url, hit.language, hit.snippet_language) == ("/fr/patterns/field-notes/", "en", "fr")
    assert hit.asked == "qui <mark>compte</mark> les <mark>quokkas</mark>"


def test_readers_filter_by_the_language_that_they_will_read(page):
    ask(page, "qui compte les quokkas", language="fr")
    assert search("quokka", language="fr").facets["language"] == {"en": 1}
    assert search("quokka", language="fr", filters={"language": ["fr"]}).total == 0
    assert search("quokka", language="fr", filters={"language": ["en"]}).total == 1


def test_wordings_move_to_the_translation_once_there_is_one_and_back(page):
    ask(page, "qui compte les quokkas", language="fr")
    french = translate(page, "fr", title="Carnet", slug="carnet")
    assert list(Document.objects.exclude(asked="").values_list("page_id", "is_part")) == [(french.pk, False)]
    assert urls("quokka", "fr") == ["/fr/patterns/carnet/"]
    assert search("quokka", language="fr").facets["language"] == {"fr": 1}
    french.unpublish()
    assert urls("quokka", "fr") == ["/fr/patterns/field-notes/"]
    french.save_revision().publish()
    Page.objects.get(pk=french.pk).delete()
    assert urls("quokka", "fr") == ["/fr/patterns/field-notes/"]
    assert AskedAs.objects.exists()


def test_wordings_follow_to_what_is_left_when_the_original_goes(page):
    ask(page, "qui compte les quokkas", language="ca")
    translate(page, "fr", title="Carnet", slug="carnet")
    page.unpublish()
    assert urls("quokkas", "ca") == ["/ca/patterns/carnet/"]
    page.save_revision().publish()
    assert urls("quokkas", "ca") == ["/ca/patterns/field-notes/"]


def test_wordings_go_with_the_last_page_of_their_subject(page):
    ask(page)
    ask(page, "qui compte les quokkas", language="fr")
    other = ask(make_topic(title="Other"), "wombats")
    page.unpublish()
    assert urls("quokka") == urls("quokka", "fr") == []
    assert AskedAs.objects.count() == 3
    page.delete()
    assert list(AskedAs.objects.all()) == [other]
    assert not Document.objects.filter(owner__startswith="asked:").exists()


def test_a_new_address_is_followed(page):
    ask(page, "qui compte les quokkas", language="fr")
    page.slug = "notebook"
    page.save_revision().publish()
    assert urls("quokka", "fr") == ["/fr/patterns/notebook/"]


def test_a_term_is_found_by_its_wordings_too(term):
    make_home("fr")
    ask(term)
    ask(term, "qui compte les quokkas", language="fr")
    (hit,) = search("quokka count", language="en").hits
    assert (hit.kind, hit.url) == ("term", "/en/glossary/#census")
    assert [hit.language for hit in search("quokka", language="fr").hits] == ["en"]
    term.definition = "Changed."
    term.save()
    assert len(urls("quokka")) == len(urls("quokka", "fr")) == 1
    term.delete()
    assert urls("quokka") == urls("quokka", "fr") == []
    assert not AskedAs.objects.exists()


def test_a_rebuilt_index_is_the_same(page, term):
    ask(page)
    ask(page, "qui compte les quokkas", language="fr")
    ask(term, "qui compte les wombats", language="fr")
    translate(page, "ca", title="Quadern", slug="quadern")
    ask(page, "qui compta els quokkas", language="ca")

    def held():
        columns = [field.attname for field in Document._meta.concrete_fields if not field.primary_key]
        return sorted(Document.objects.exclude(asked="").values_list(*columns), key=str)

    before = held()
    call_command("rebuild_search", verbosity=0)
    assert held() == before
    assert len(urls("quokka", "fr")) == len(urls("wombat", "fr")) == 1


def test_many_are_written_at_once_in_few_queries(page):
    pages = [page, *(make_topic(title=f"Topic {number}") for number in range(5))]
    rows = [AskedAs(subject=str(one.translation_key), language="fr", wordings="quokkas") for one in pages]
    before = stamps.read([stamps.ASKED, stamps.SEARCH])
    searchable.changed.send(AskedAs, instances=AskedAs.objects.bulk_create(rows))
    assert len(urls("quokka", "fr")) == 6
    after = stamps.read([stamps.ASKED, stamps.SEARCH])
    assert all(after[key] > before[key] for key in before)


def test_elasticsearch_is_told_of_what_it_must_follow(page, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    outbox.pending(notes.TOPIC).delete()
    row = ask(page)
    apart = ask(page, "quokkas", language="fr")
    subject = page.translation_key
    assert {f"page:{page.pk}", f"asked:{subject}"} == set(notes.waiting(9))
    outbox.pending(notes.TOPIC).delete()
    row.delete()
    apart.delete()
    assert {f"page:{page.pk}", f"asked:{subject}"} == set(notes.waiting(9))


def test_pages_are_not_alike_for_what_they_are_asked_as(page):
    from search.models import Trait

    ask(page, "zzquokka")
    assert Document.objects.filter(asked="zzquokka").exists()
    assert not Trait.objects.filter(code__contains="zzquokka").exists()


# Likeness


def alike(text, language="en"):
    return likeness.likeness(parse(text, language))


@pytest.fixture
def others(page):
    """What readers ask for other pages."""
    for number in range(9):
        topic = make_topic(title=f"Topic {number}")
        ask(topic, f"how many zebras{number} live on mountains", f"zebra{number} photographs")
        ask(topic, f"combien de zèbres{number} vivent dans les montagnes", language="fr")


def test_a_wording_is_like_a_search_in_other_forms_and_without_accents(page, others):
    ask(page, "où signaler une caméra cassée", language="fr")
    subject = str(page.translation_key)
    assert alike("où signaler des caméras cassées", "fr")[subject] == pytest.approx(1)
    assert alike("ou signaler une camera cassee", "fr")[subject] == pytest.approx(1)
    assert 0 < alike("signaler une caméra", "fr")[subject] < 1
    assert alike("caméra", "fr").get(subject, 0) < alike("signaler une caméra", "fr")[subject]
    assert alike("quokka", "fr") == {}
    assert alike("ou signaler une camera cassee", "en") == {}


def test_some_words_of_many_make_nothing_alike(page, others):
    ask(page, "how many quokkas live on the island", "may I feed wombats")
    assert alike("quokka hunters of the northern desert") == {}
    assert max(alike("feed island quokkas").values(), default=0) < 0.8  # words of two wordings


def test_the_page_asked_for_comes_before_one_that_merely_has_the_words(page, others):
    loud = make_topic(title="Counting", summary="Quokkas count. Who counts quokkas? Quokkas.")
    ask(page, "who counts the quokkas")
    assert urls("who counts the quokkas")[0].endswith("/field-notes/")
    assert urls("quokkas")[0] == loud.get_url()


def test_it_takes_no_query_however_many_wordings_there_are(page):
    made = []
    for number in (10, 20):
        for each in range(number):
            ask(make_topic(title=f"Topic {number} {each}"), *(f"who counts {each} quokkas{n}" for n in range(8)))
        search("who counts the quokkas", language="en")
        with CaptureQueriesContext(connection) as captured:
            search("who counts the quokkas", language="en")
        assert not [query["sql"] for query in captured if "search_askedas" in query["sql"]]
        made.append(len(captured))
    assert made[0] == made[1]
