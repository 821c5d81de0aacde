"""One walk through all that the search says to whom: nothing tells of what the visitor may not see, in both engines.

Hidden texts hold the secret beside a word that public texts have too, so whatever a search for that word shows, counts,
offers or leads to would give them away. What a member of the group sees proves that the walk would notice.
"""

import datetime
import json

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from portal.models import Consent
from search import query_log
from search.models import Pick, QueryCount, Synonym
from tests.factories import (
    make_home,
    make_news,
    make_pattern,
    make_practice,
    make_resource,
    make_topic,
    make_workshop,
    translate,
)
from tests.factories.editing import make_user
from tests.search.attachments.conftest import make_file, name, work

from .asking import follow

pytestmark = pytest.mark.django_db

SECRET, SHARED = "numbat", "wombat"
TEXT = f"{SECRET} {SHARED}"
DAY = datetime.timedelta(days=1)
PUBLIC = 3  # subjects with the shared word
ABOUT = "Striped marsupials that dig for termites"

ASKED = [
    f"?q={SHARED}",
    f"?q={SHARED}&sort=newest",
    f"?q={SHARED}&page=2",
    f"?q={SHARED}&type=practice",
    f"?q={SHARED}&type=comment",
    f"?q={SHARED}&type=document",
    f"?q={SHARED}&language=fr",
    f"?q={SHARED}&explain",
    f'?q="{SHARED}"',
    f'?q="{SHARED} elsewhere"',
    f"?q={SHARED}+-striped",
    "?q=wombta",  # misspelt
    "?q=numbta",
    "?q=nummbat",
    "?q=numbass",  # shares letters
    "?q=picked",
    "?q=synonymous",
    "?type=practice",
    "?type=topic",
    "?country=IT",
]
FEEDS = [f"feed/?q={SHARED}", f"feed.json?q={SHARED}", "feed/?q=numbta", "feed.json?type=practice", "feed/?country=IT"]
TYPED = ["nu", "numb", SECRET, "wom", "antarc"]


@pytest.fixture
def group():
    return Group.objects.create(name="Working group")


@pytest.fixture
def shown(engine_name):
    """What everybody may read."""
    make_home("fr")
    for number in range(8):
        make_topic(title=f"Filler{number} zz{number}", summary=f"Qq{number} ww{number}")
    page = make_pattern(title=f"The {SHARED}", summary=ABOUT)
    practice = make_practice(title=f"Practice of the {SHARED}")
    topic = make_topic(title=f"Topic of the {SHARED}")
    return [page, practice, topic]


@pytest.fixture
def hidden(shown, group, put):
    """All that not everybody may read."""
    _hide_pages(shown, group)
    _hide_parts(group, put)
    Pick.objects.create(queries="picked", page=make_topic(title=f"{TEXT} picked", live=False), reason=f"{TEXT} reason")
    Synonym.objects.create(terms=f"synonymous\n{SECRET}")


def _hide_pages(shown, group):
    draft = make_practice(title=f"{TEXT} draft", country="AQ")
    draft.tags.add(f"{SECRET} tag")
    draft.save_revision().publish()
    draft.unpublish()
    make_pattern(title=f"{TEXT} never published", live=False)
    expired, to_come = make_topic(title=f"{TEXT} expired"), make_news(title=f"{TEXT} to come")
    expired.expire_at, to_come.go_live_at = timezone.now() - DAY, timezone.now() + DAY
    expired.save()
    to_come.save()
    _close(make_pattern(title=f"{TEXT} behind a password", also_called=f"{SECRET} by night"), "password")
    _close(closed := make_practice(title=f"{TEXT} for a group", country="AQ", summary=ABOUT), "groups", group)
    closed.tags.add(f"{SECRET} tag")
    closed.save_revision().publish()
    make_resource(title=f"{TEXT} deleted").delete()
    make_workshop(title=f"{TEXT} moved").move(closed, pos="first-child")
    translate(shown[0], "fr", title=f"{TEXT} brouillon", slug="b", live=False)
    _close(translate(shown[1], "fr", title=f"{TEXT} fermé", slug="f"), "groups", group)
    withdrawn = Consent.objects.create(
        code="c", subject="X", kind="quote", scope="Site", given_on=timezone.localdate() - 9 * DAY
    )
    quote = {"text": TEXT, "attribution": "An officer", "consent": withdrawn, "patterns": []}
    make_workshop(title="Berlin", quotes=[("quote", quote)])
    withdrawn.withdrawn_on = timezone.localdate()
    withdrawn.save()


def _hide_parts(group, put):
    """A file in a closed collection, a comment on a closed page, a text whose consent ends today."""
    file = make_file(TEXT, title=f"{SECRET} report")
    name(make_news(title="Evaluation"), file)
    work()
    restriction = CollectionViewRestriction.objects.create(collection=file.collection, restriction_type="groups")
    restriction.groups.add(group)
    _close(closed := make_topic(title="Closed discussion"), "groups", group)
    put(kind="comment", page=closed, body=TEXT, card={"caption": TEXT}, subject="comment:1")
    put(title="Interview", key="i:part", owner="i", page=make_home(), body=TEXT, shown_until=timezone.localdate())


def _close(page, kind, group=None):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if group:
        restriction.groups.add(group)


def walk(client, pages):
    """Every answer of the search, and the articles that offer similar pages, by their addresses."""
    if settings.ELASTICSEARCH_URL:
        follow()
    addresses = [f"/{language}/search/{each}" for language in ("en", "fr") for each in [*ASKED, *FEEDS]]
    addresses += [f"/en/search/suggest/?q={typed}" for typed in TYPED]
    addresses += [page.get_url() for page in pages] + ["/fr/patterns/", "/fr/practices/"]
    answers = {address: client.get(address, follow=True) for address in addresses}
    assert {response.status_code for response in answers.values()} == {200}
    return {address: response.text for address, response in answers.items()}


def telling(answers):
    """Where the secret stands, but for a search box and links that repeat what was typed."""
    echoes = ("q=numbat", 'value="numbat"')
    found = []
    for address, text in answers.items():
        for echo in echoes:
            text = text.replace(echo, "")
        if SECRET in text.lower() or "Antarctica" in text or "Antarctique" in text:
            found.append(address)
    return found


@pytest.fixture
def visitors(group):
    stranger, editor, member = make_user(name="stranger"), make_user("Editors"), make_user(name="member")
    member.groups.add(group)
    clients = {"nobody": Client()}
    for who, user in (("stranger", stranger), ("editor", editor), ("member", member)):
        clients[who] = Client()
        clients[who].force_login(user)
    return clients


@pytest.mark.parametrize("who", ["nobody", "stranger", "editor"])
def test_no_answer_tells_of_what_the_visitor_may_not_see(shown, hidden, visitors, who):
    assert telling(walk(visitors[who], shown)) == []


def test_the_walk_would_notice(shown, hidden, visitors):
    found = telling(walk(visitors["member"], shown))
    for address in (
        f"/en/search/?q={SHARED}",
        "/en/search/suggest/?q=numb",
        shown[0].get_url(),
        "/en/search/?q=numbta",
    ):
        assert address in found
    assert f"/en/search/?q={SHARED}&type=document" in found
    assert f"/en/search/?q={SHARED}&type=comment" in found
    assert f"/en/search/feed/?q={SHARED}" not in found  # feeds are everybody's, whoever asks


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_counts_and_operators_do_not_know_of_it_either(shown, hidden, visitors, who):
    client = visitors[who]
    if settings.ELASTICSEARCH_URL:
        follow()
    results = client.get("/en/search/", {"q": SHARED}).context["results"]
    assert results.total == PUBLIC
    assert results.facets["kind"] == {"pattern": 1, "practice": 1, "topic": 1}
    assert results.facets["language"] == {"en": PUBLIC}
    assert set(results.facets["country"]) == {"IT"}
    assert not results.facets["tag"]
    for query in (SECRET, f"tag:{SECRET}-tag", f'tag:"{SECRET} tag"', f"{SECRET} country:AQ"):
        response = client.get("/en/search/", {"q": query}, follow=True)
        assert response.context["results"].total == 0, query
        assert "&tag=" not in response.request["QUERY_STRING"], query
        assert not any(response.context["results"].facets.get("tag", {}).values()), query
    assert json.loads(client.get(f"/en/search/suggest/?q={SECRET}").content)["options"] == []


def test_the_report_of_searches_does_not_count_what_a_member_found(shown, hidden, visitors):
    if settings.ELASTICSEARCH_URL:
        follow()
    query_log._waiting.clear()
    for client in (visitors["member"], visitors["nobody"]):
        for asked in (SHARED, SECRET):
            client.get("/en/search/", {"q": asked})
    query_log.write()
    rows = dict(QueryCount.objects.values_list("query", "bucket"))
    assert rows == {SHARED: query_log.bucket(PUBLIC), SECRET: QueryCount.Bucket.NONE}
    assert set(QueryCount.objects.values_list("count", flat=True)) == {1}
