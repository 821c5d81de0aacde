import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patterns.models import CollectionIndexPage, CollectionPage, PatternRelation
from tests.factories import (
    _add,
    add_source,
    locale,
    make_home,
    make_index,
    make_pattern,
    make_resource,
    translate,
)

pytestmark = pytest.mark.django_db


def considerations(*blocks):
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def show(client, page, language="en"):
    response = client.get(f"/{language}/patterns/{page.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_bare_pattern_prints_what_is_missing(client):
    html = show(client, make_pattern(title="Watch"))
    assert html.count("<h1>") == 1
    for words in (
        "No relation to a published pattern yet",
        "No evidence collected yet",
        "No documented practice yet",
        "No legal note yet",
        "Not verified with anybody outside since it was written",
    ):
        assert f'<span class="gap">{words}</span>' in html


def test_a_statement_points_to_its_numbered_source(client):
    page = make_pattern(title="Watch")
    first, second = make_resource(title="First"), make_resource(title="Second")
    add_source(page, first)
    add_source(page, second)
    block = {"text": "More volunteers.", "source": second.pk, "locator": "part 2", "editorial": False}
    page.considerations = considerations(("opportunity", block))
    page.save_revision().publish()
    html = show(client, page)
    assert '<a class="src" href="#s2">source 2</a>, <span class="loc">part 2</span>' in html
    assert '<li id="s2">' in html


def test_a_source_named_by_a_statement_alone_joins_the_list(client):
    page = make_pattern(title="Watch")
    block = {"text": "More volunteers.", "source": make_resource(title="Alone").pk, "locator": "", "editorial": True}
    page.considerations = considerations(("threat", block))
    page.save_revision().publish()
    html = show(client, page)
    assert "editors’ reading" in html
    assert '<li id="s1">' in html
    assert "Alone" in html


def legal_note(as_of):
    note = {"title": "No powers", "text": "None.", "jurisdiction": "EU", "risk": "", "reviewer": "", "next_check": None}
    return considerations(("legal_note", {**note, "as_of": as_of.isoformat()}))


@pytest.mark.parametrize(("days", "is_old"), [(500, False), (560, True)])
def test_an_old_legal_note_asks_readers_to_check_its_age(client, days, is_old):
    as_of = timezone.localdate() - datetime.timedelta(days=days)
    html = show(client, make_pattern(title="Watch", considerations=legal_note(as_of)))
    assert "European Union" in html
    assert "no named reviewer yet" in html
    assert ("Older than 18 months" in html) is is_old


def test_what_editors_type_is_text_and_never_markup(client):
    page = make_pattern(title="Watch", also_called="<script>alert(1)</script>", confidence_reason="a < b & c")
    html = show(client, page)
    assert "<script>alert" not in html
    assert "a &lt; b &amp; c" in html


def test_structured_data_cannot_end_its_own_script(client):
    html = show(client, make_pattern(title="Watch", summary="</script><b>x</b>", search_description=""))
    data = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    article, term, _breadcrumb = json.loads(data)["@graph"]
    assert article["description"] == "</script><b>x</b>"
    assert term["termCode"].startswith("DIY-")


def test_relations_are_drawn_and_listed(client):
    page, other = make_pattern(title="Watch", number=8), make_pattern(title="Justice", number=2)
    PatternRelation.objects.create(
        page=page, target=other, type="may_escalate_to", reason="Roles blur.", locale=page.locale
    )
    html = show(client, page)
    assert 'aria-label="Justice (02)"' in html
    assert "May escalate to" in html
    assert "May grow out of" in show(client, other)


def test_a_fallback_page_is_marked_with_its_language_and_keeps_the_readers_navigation(client):
    make_home("fr")
    page = make_pattern(title="Watch")
    html = show(client, page, "fr")
    assert '<html lang="fr" dir="ltr">' in html
    assert '<div class="other-language" lang="en" dir="ltr">' in html
    assert f'<link rel="canonical" href="http://testserver/en/patterns/{page.slug}/">' in html
    assert 'href="/fr/patterns/?group=act"' in html


def test_alternates_name_every_language_and_the_original_as_default(client):
    page = make_pattern(title="Watch")
    translate(page, "fr", title="Veille", slug="veille")
    translate(page, "nl", title="Wacht", slug="wacht", live=False)
    html = show(client, page)
    assert '<link rel="alternate" hreflang="fr" href="http://testserver/fr/patterns/veille/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/en/patterns/watch/">' in html
    assert 'hreflang="nl" href="http' not in html


def test_other_titles_are_given_in_their_languages(client):
    page = make_pattern(title="Watch")
    translate(page, "fr", title="Veille")
    assert '<span lang="fr">Veille</span>' in show(client, page)


def test_a_translation_that_is_behind_says_so(client):
    page = make_pattern(title="Watch")
    french = translate(page, "fr", title="Veille", slug="veille")
    state = french.translation_state
    state.is_original, state.behind_since = False, timezone.now()
    state.save()
    html = show(client, french, "fr")
    assert 'class="state behind"' in html
    assert 'href="/en/patterns/watch/" hreflang="en"' in html


def test_a_superseded_pattern_leads_to_its_successor(client):
    successor = make_pattern(title="Better")
    page = make_pattern(title="Watch", status="superseded", superseded_by=successor)
    assert f'<a href="/en/patterns/{successor.slug}/">Better</a>' in show(client, page)


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_an_article_takes_at_most_twenty_queries_however_much_it_names(client):
    page = make_pattern(title="Watch", number=50)
    address = "/en/patterns/watch/"
    for number in (51, 52):
        other = make_pattern(number=number)
        PatternRelation.objects.create(page=page, target=other, type="complements", reason="R.", locale=page.locale)
        add_source(page)
    few = queries_of(client, address)
    for number in (53, 54, 55, 56):
        other = make_pattern(number=number)
        PatternRelation.objects.create(page=page, target=other, type="complements", reason="R.", locale=page.locale)
        add_source(page)
    assert queries_of(client, address) == few <= 20


def test_a_collection_lists_its_published_steps_in_order(client):
    patterns = [make_pattern(title="One"), make_pattern(title="Hidden", live=False), make_pattern(title="Two")]
    steps = [{"type": "step", "value": {"page": page.pk, "note": f"Why {page.title}"}} for page in patterns]
    page = CollectionPage(
        title="Path", slug="path", code="path", summary="S", collection_kind="sequence", steps=json.dumps(steps)
    )
    page.locale = locale("en")
    _add(make_index(CollectionIndexPage, "collections"), page, live=True)
    html = client.get("/en/collections/path/").content.decode()
    assert html.index(">One<") < html.index(">Two<")
    assert "Hidden" not in html
    assert client.get("/en/collections/").status_code == 200
