"""Cards one at a time: with a facilitator, and on a screen by themselves."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patterns.models import CollectionIndexPage, CollectionPage
from tests.factories import _add, locale, make_home, make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db
FACILITATE, KIOSK = "/en/collections/facilitate/", "/en/collections/kiosk/"
BOTH = pytest.mark.parametrize("path", [FACILITATE, KIOSK])


@pytest.fixture
def index():
    page = CollectionIndexPage(
        title="Collections", slug="collections", code="collections", summary="S", locale=locale("en")
    )
    return _add(make_home(), page, live=True)


@pytest.fixture
def three(index):
    return [
        make_pattern(number=2, title="Justice", slug="justice", group="act"),
        make_pattern(number=7, title="Investigation", slug="investigation", group="find"),
        make_pattern(number=8, title="Watch", slug="watch", group="prevent", card_therefore="Keep it small."),
    ]


@pytest.fixture
def hidden(three):
    """What must not be seen: a draft and a page for members."""
    draft = make_pattern(number=20, title="Draft pattern", live=False)
    closed = make_pattern(number=21, title="Secret pattern")
    closed.view_restrictions.create(restriction_type="login")
    return [draft, closed]


def make_collection(index, pages, note="", **fields):
    steps = [{"type": "step", "value": {"page": page.pk, "note": note}} for page in pages]
    said = {"title": "A channel", "slug": "channel", "code": "channel", "summary": "S", "collection_kind": "sequence"}
    page = CollectionPage(**{**said, **fields}, locale=locale("en"), steps=json.dumps(steps))
    return _add(index, page, live=True)


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def heading(html):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", html)[1])


def place(html):
    return re.sub(r"<[^>]+>", "", re.search(r'<p class="place">(.*?)</p>', html)[1])


def turned(client, html, rel):
    found = re.search(rf'rel="{rel}" href="([^"]+)"', html)
    return text(client, found[1].replace("&amp;", "&")) if found else None


@BOTH
def test_a_sequence_is_turned_card_by_card(client, three, path):
    html = text(client, f"{path}?items=DIY-08,DIY-02&title=Tuesday")
    assert (heading(html), place(html)) == ("08 Watch", "1 of 2")
    assert "Keep it small." in html
    html = turned(client, html, "next")
    assert (heading(html), place(html)) == ("02 Justice", "2 of 2")
    assert heading(turned(client, html, "prev")) == "08 Watch"


def test_a_group_comes_to_an_end_and_a_screen_goes_round(client, three):
    last = text(client, f"{FACILITATE}?items=DIY-08,DIY-02&card=2")
    assert turned(client, last, "next") is None
    assert f'href="{FACILITATE}?items=DIY-08,DIY-02">To the first card' in last
    assert turned(client, text(client, f"{FACILITATE}?items=DIY-08,DIY-02"), "prev") is None
    assert heading(turned(client, text(client, f"{KIOSK}?items=DIY-08,DIY-02&card=2"), "next")) == "08 Watch"
    assert heading(turned(client, text(client, f"{KIOSK}?items=DIY-08,DIY-02"), "prev")) == "02 Justice"


@BOTH
def test_a_collection_is_shown_with_its_notes_and_follows_its_editors(client, index, three, path):
    practice = make_practice(title="Faenza", slug="faenza", code="faenza")
    page = make_collection(index, [three[2], practice], note="It shows how.")
    html = text(client, f"{path}?collection=channel&card=2")
    assert (heading(html), place(html)) == ("IT Faenza", "2 of 2")
    assert "It shows how." in html
    page.steps = json.dumps([{"type": "step", "value": {"page": pattern.pk}} for pattern in three])
    page.save_revision().publish()
    assert place(text(client, f"{path}?collection=channel")) == "1 of 3"
    assert f"{path}?collection=channel" in text(client, "/en/collections/channel/")


@pytest.mark.parametrize("view", ["facilitate", "kiosk"])
def test_the_list_of_patterns_is_shown_as_it_is_filtered_and_sorted(client, three, hidden, view):
    html = text(client, f"/en/patterns/{view}/?group=act&group=prevent&sort=title")
    assert (heading(html), place(html)) == ("02 Justice", "1 of 2")
    assert heading(turned(client, html, "next")) == "08 Watch"
    assert place(text(client, f"/en/patterns/{view}/")) == "1 of 3"


@BOTH
def test_what_is_no_page_of_the_reader_is_said_and_never_shown(client, index, three, hidden, path):
    html = text(client, f"{path}?items=DIY-20,DIY-08,DIY-21,<b>")
    assert place(html) == "1 of 1"
    assert "“DIY-20, DIY-21, &lt;b&gt;”" in html
    make_collection(index, [*hidden, three[0]])
    for address in (f"{path}?collection=channel", f"{path}?items=DIY-20,DIY-21", path):
        html = text(client, address)
        assert "Draft pattern" not in html
        assert "Secret pattern" not in html
    assert place(text(client, f"{path}?collection=channel")) == "1 of 1"


@BOTH
def test_a_collection_that_is_not_published_is_not_shown(client, index, three, path):
    make_collection(index, three).unpublish()
    html = text(client, f"{path}?collection=channel")
    assert "“channel”" in html
    assert "A channel" not in html


@BOTH
def test_without_a_choice_the_page_says_how_to_begin(client, index, three, path):
    make_collection(index, three)
    html = text(client, path)
    assert f'href="{path}?collection=channel"' in html
    assert 'href="/en/collections/build/"' in html
    every = re.search(r'href="([^"]+)">All patterns', html)[1]
    assert place(text(client, every)) == "1 of 3"


def test_a_group_gets_the_questions_of_the_page_or_those_that_fit_all(client, index):
    guidance = [
        {"type": "decision_question", "value": "Who answers at night?"},
        {"type": "open_question", "value": "Does it last?"},
        {"type": "activity", "value": {"title": "Sort", "minutes": 40, "group_size": "6", "steps": "One\nTwo"}},
    ]
    leave = json.dumps([{"type": "item", "value": "One suspect."}])
    make_pattern(number=8, guidance=json.dumps(guidance), when_not_to_use=leave, comment_prompt="And in your town?")
    make_pattern(number=7, title="Silent", comment_prompt="")
    html = text(client, f"{FACILITATE}?items=DIY-08,DIY-07")
    for words in ("Who answers at night?", "Does it last?", "And in your town?", "One suspect.", "Sort, 40 minutes, 6"):
        assert words in html
    assert 'data-minutes="40"' in html
    assert "put at risk?" not in html
    assert "put at risk?" in turned(client, html, "next")


def test_a_screen_leads_nowhere_but_to_its_cards_and_their_languages(client, index, three):
    french = translate(three[2], "fr", title="Veille", slug="veille")
    html = text(client, f"{KIOSK}?items=DIY-08,DIY-02&seconds=40")
    links = set(re.findall(r'<a [^>]*href="([^"]+)"', html)) - {"#main"}
    languages = {f"/{code}/collections/kiosk/?items=DIY-08,DIY-02&amp;seconds=40" for code in
                 ("en", "fr", "nl", "de", "it", "es", "ca")}  # fmt: skip
    assert links == languages | {f"{KIOSK}?items=DIY-08,DIY-02&amp;seconds=40&amp;card=2"}
    assert 'data-seconds="40"' in html
    assert "testserver/p/DIY-08" in html
    assert '<meta name="robots" content="noindex">' in html
    assert french.title in text(client, "/fr/collections/kiosk/?items=DIY-08,DIY-02")


def test_cards_that_are_not_translated_say_their_language(client, three):
    make_home("fr")
    html = text(client, "/fr/patterns/facilitate/?group=prevent")
    assert re.search(r'<article class="face"[^>]* lang="en"', html)


@pytest.mark.parametrize("view", ["facilitate", "kiosk"])
def test_drawn_cards_are_the_same_for_everybody_who_has_the_address(client, three, view):
    response = client.get(f"/en/patterns/{view}/?group=act&group=find&group=prevent&draw=2")
    assert response.status_code == 302
    assert response["Cache-Control"] == "no-store"
    address = response["Location"]
    assert re.fullmatch(rf"/en/patterns/{view}/\?group=act&group=find&group=prevent&draw=2&seed=\d+", address)
    first, again = text(client, address), text(client, address)
    assert place(first) == "1 of 2"
    assert heading(first) == heading(again)
    assert heading(first) != heading(turned(client, first, "next"))
    drawn = {heading(text(client, f"/en/patterns/{view}/?draw=1&seed={seed}")) for seed in range(1, 30)}
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("card=99", "There is no card “99”"),
        ("card=0", "There is no card “0”"),
        ("card=²", "There is no card “²”"),
        ("card=%00", "There is no card"),
        ("draw=x", "“x” is no number of cards to draw"),
        ("draw=" + "9" * 50, "is no number of cards to draw"),
    ],
)
@BOTH
def test_what_cannot_be_shown_is_said(client, three, path, query, said):
    html = text(client, f"{path}?items=DIY-08,DIY-02&{query}")
    assert said in html
    assert place(html) == "1 of 2"


@pytest.mark.parametrize("seconds", ["4", "601", "x", "-5", "9" * 30])
def test_a_screen_keeps_a_sensible_pace(client, three, seconds):
    html = text(client, f"{KIOSK}?items=DIY-08&seconds={seconds}")
    assert f"not “{seconds}”. They stay 25 now." in html
    assert 'data-seconds="25"' in html
    assert "They stay" not in text(client, f"{KIOSK}?items=DIY-08&seconds=5")


@pytest.mark.parametrize("source", ["items", "collection", "list"])
def test_queries_do_not_grow_with_the_cards(client, index, source):
    patterns = [make_pattern(number=number) for number in range(30, 42)]
    make_collection(index, patterns[:6])
    make_collection(index, patterns, title="Long", slug="long", code="long")
    few, many = {
        "items": [f"{FACILITATE}?items=" + ",".join(page.label for page in some) for some in (patterns[:6], patterns)],
        "collection": [f"{FACILITATE}?collection={code}" for code in ("channel", "long")],
        "list": ["/en/patterns/facilitate/?group=act", "/en/patterns/facilitate/"],
    }[source]

    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            text(client, address)
        return len(asked)

    if source == "list":
        make_pattern(number=50, group="act")
        for number in (51, 52):
            make_pattern(number=number, group="act" if number == 51 else "find")
    assert count(many) <= count(few)
    assert count(many) <= 12


def test_a_screen_turns_by_itself_without_scripts(client, three):
    def refreshed(address):
        found = re.search(
            r'<noscript><meta http-equiv="refresh" content="(\d+); url=([^"]+)"></noscript>', text(client, address)
        )
        return found and (found[1], found[2].replace("&amp;", "&"))

    shown = f"{KIOSK}?items=DIY-08,DIY-02&seconds=40"
    assert refreshed(shown) == ("40", f"{shown}&card=2")
    assert refreshed(f"{shown}&card=2") == ("40", shown)
    assert refreshed(f"{KIOSK}?items=DIY-08") is None, "one card stands still"
    assert refreshed(KIOSK) is None
    assert 'http-equiv="refresh"' not in text(client, f"{FACILITATE}?items=DIY-08,DIY-02")
