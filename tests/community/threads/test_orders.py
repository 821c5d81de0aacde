"""Orders, kinds, badges and the pinned comment of a thread, and long threads."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import services
from community.models import CommentState, DiscussionThread, State
from community.threads import running
from tests.community.conftest import account, posted, shown, signed_in
from tests.community.test_reading import fill

pytestmark = pytest.mark.django_db


def numbers(html):
    listed = html[html.index('<ol class="thread') :] if '<ol class="thread' in html else ""
    return [int(found) for found in re.findall(r"Words (\d+)\.", listed)]


def rated(rows, **useful):
    for name, count in useful.items():
        CommentState.objects.filter(pk=rows[int(name[1:])].pk).update(useful=count)


def test_each_order_begins_where_it_says(page):
    rows = fill(page, 45)
    rated(rows, c7=3, c30=9)
    assert numbers(shown(page)) == list(range(25, 45))
    assert numbers(shown(page, "?sort=old")) == list(range(20))
    assert numbers(shown(page, "?sort=new")) == list(range(44, 24, -1))
    assert numbers(shown(page, "?sort=useful"))[:3] == [30, 7, 44]
    assert numbers(shown(page, "?sort=nonsense")) == list(range(25, 45))


@pytest.mark.parametrize("sort", ["", "old", "new", "useful"])
@pytest.mark.parametrize("language", ["", "nl"])
def test_every_order_reaches_every_comment_once_in_either_language(page, sort, language):
    parent = fill(page, 1, language="nl")[0]
    fill(page, 24, language="nl", parent=parent)
    fill(page, 25, language="it")
    seen, url = [], f"?sort={sort}&comments={language}"
    while url:
        html = shown(page, url)
        listed = html[html.index('<ol class="thread') :]
        seen += re.findall(r'<article id="c-(\w+)"', listed)
        label = "More comments" if sort else "Earlier comments"
        link = re.search(rf'<a href="([^"]+)#talk">{label}', html)
        url = link and link.group(1).replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == (25 if language else 50)


def test_links_keep_what_was_chosen(page):
    fill(page, 30)
    fill(page, 2, language="nl")
    html = shown(page, "?comments=en&sort=new&talk=2")
    assert 'href="?comments=en&amp;sort=useful#talk"' in html
    assert 'href="?comments=nl&amp;sort=new#talk"' in html
    assert 'href="?sort=new#talk"' in html
    assert 'href="?comments=en&amp;sort=new#talk">Previous comments' in html
    assert re.search(r'href="\?comments=en&amp;sort=new#talk" aria-current="true"', html)


def test_the_newest_side_by_side_say_whom_they_answer(page):
    parent = fill(page, 1)[0]
    fill(page, 3, parent=parent)
    html = shown(page, "?sort=new")
    assert html.count("in reply to Writer 0") == 3
    assert "<ol><li>" not in html


def test_places_of_removed_comments_are_of_no_order_but_the_exchanges(page):
    gone = fill(page, 1, state=State.HIDDEN)[0]
    fill(page, 2, parent=gone)
    assert "tomb" in shown(page)
    assert "tomb" in shown(page, "?sort=old")
    assert "tomb" not in shown(page, "?sort=useful")


def test_a_permalink_wins_over_everything_else_in_an_address(page):
    rows = fill(page, 45)
    html = shown(page, f"?c={rows[3].public_id}&sort=useful&comments=nl&kind=official")
    assert f'id="c-{rows[3].public_id}"' in html


def test_one_comment_needs_no_order(page):
    fill(page, 1)
    assert "Newest first" not in shown(page)


def official(page, editor, parent=None, text="The editors answer."):
    row = posted(signed_in(editor), page, text, parent=parent)
    running.mark_official(row=row, editor=editor)
    return row


def test_an_answer_of_the_editors_is_marked_and_so_is_what_it_answers(talk, editor):
    fill(talk.page, 3)
    assert "Answered by the editors" not in shown(talk.page)
    official(talk.page, editor, parent=talk.row)
    html = shown(talk.page)
    assert html.count('<span class="tag badge">For the editors</span>') == 1
    assert html.count('<span class="tag">Answered by the editors</span>') == 1
    filtered = shown(talk.page, "?kind=official")
    assert numbers(filtered) == []
    assert "The editors answer." in filtered
    assert "We opened a group" in filtered


def test_a_hidden_answer_of_the_editors_counts_for_nothing(talk, editor, moderator):
    row = official(talk.page, editor, parent=talk.row)
    services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-7")
    html = shown(talk.page, "?kind=official")
    assert "Answered by the editors" not in html
    assert "We opened a group" in html


def test_only_editors_of_the_page_speak_for_the_editors_and_nobody_for_others(talk, editor, moderator):
    own = posted(signed_in(editor), talk.page, "Mine.")
    for user in [talk.author, moderator]:
        with pytest.raises(services.Refused, match="forbidden"):
            running.mark_official(row=own, editor=user)
    with pytest.raises(services.Refused, match="not-an-editor"):
        running.mark_official(row=talk.row, editor=editor)
    assert "badge" not in shown(talk.page)


def test_an_editor_marks_and_unmarks_on_the_page_of_the_comment(talk, editor):
    row = posted(signed_in(editor), talk.page, "Mine.")
    client, url = signed_in(editor), f"/en/discussion/{talk.page.translation_key}/comment/{row.public_id}/"
    assert 'value="official"' in client.get(url).content.decode()
    client.post(url, {"do": "official"})
    assert CommentState.objects.get(pk=row.pk).is_official
    client.post(url, {"do": "unofficial"})
    assert not CommentState.objects.get(pk=row.pk).is_official
    assert 'value="official"' not in talk.client.get(url).content.decode()
    assert talk.client.post(url, {"do": "official"}).status_code == 403


def test_a_moderator_pins_one_comment_above_the_others(talk, moderator, editor):
    rows = fill(talk.page, 25)
    client, url = signed_in(moderator), f"/en/discussion/{talk.page.translation_key}/comment/{{}}/"
    for row in rows[:2]:
        client.post(url.format(row.public_id), {"do": "pin"})
    html = shown(talk.page)
    assert html.count("Pinned by the moderators") == 1
    assert f'href="?c={rows[1].public_id}#c-{rows[1].public_id}"' in html
    assert "Pinned" not in shown(talk.page, "?talk=2")
    assert "Pinned" not in shown(talk.page, "?sort=new")
    assert signed_in(editor).post(url.format(rows[3].public_id), {"do": "pin"}).status_code == 403
    services.decide(public_id=rows[1].public_id, moderator=moderator, new=State.HIDDEN, reason="rule-7")
    assert "Pinned" not in shown(talk.page)
    services.decide(public_id=rows[1].public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")
    client.post(url.format(rows[1].public_id), {"do": "unpin"})
    assert "Pinned" not in shown(talk.page)


def queries(page, query=""):
    shown(page, query)
    with CaptureQueriesContext(connection) as captured:
        shown(page, query)
    return len(captured)


@pytest.mark.parametrize("query", ["", "?sort=old", "?sort=new", "?sort=useful", "?kind=official", "?talk=5"])
def test_two_thousand_comments_take_as_many_queries_as_a_hundred(page, query):
    rows = fill_quickly(page, 100)
    CommentState.objects.filter(pk=rows[-1].pk).update(is_official=True)
    CommentState.objects.filter(pk=rows[0].pk).update(state=State.HIDDEN)
    DiscussionThread.objects.update(pinned=rows[5])
    few = queries(page, query)
    fill_quickly(page, 1900)
    assert CommentState.objects.count() == 2000
    assert queries(page, query) <= few <= 5


def fill_quickly(page, number):
    """Exchanges of four: one with two answers, of which the first was answered again."""
    from bench.threads import fill_thread

    return fill_thread(page.translation_key, number)


def test_two_thousand_comments_all_have_a_page(page):
    rows = fill_quickly(page, 2000)
    for row in [rows[0], rows[777], rows[-1]]:
        assert f'id="c-{row.public_id}"' in shown(page, f"?c={row.public_id}")
    assert "There are no comments on this page" in shown(page, "?talk=101")
    assert "Earlier comments" not in shown(page, "?talk=100")


AWKWARD = {
    "right to left": "مرحبا، جربنا ذلك في الحي.",
    "three thousand marks": "a" + "\u0301" * 2999,
    "turned": "abc\u202edef",
    "emoji": "👍🏽👮‍♀️🚓",
    "script": '<script>alert(1)</script><img src=x onerror="alert(1)"><svg onload=alert(1)>',
    "addresses": "javascript:alert(1) data:text/html,x [a](javascript:alert(1)) ![x](https://example.org/x.png)",
    "template": "{{ request.user }} {% csrf_token %} {0} %(author)s %s",
    "formula": '=cmd|" /C calc"!A0',
    "header": "Subject: x\r\nBcc: everybody@",
}


@pytest.mark.parametrize("what", AWKWARD)
def test_awkward_text_is_shown_as_it_was_typed_and_does_nothing(page, joanna, what):
    import html5lib

    words = AWKWARD[what].replace("\r\n", "\n")
    posted(signed_in(joanna), page, AWKWARD[what])
    html = shown(page)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)
    said = next(each for each in tree.iter("div") if each.get("class") == "said")
    assert "".join(said.itertext()).replace("\n", "") == words.replace("\u202e", "").replace("\n", "")
    assert not [each for each in said.iter() if each.tag in {"script", "img", "svg"} or each.get("onerror")]
    assert all(link.get("href").startswith("https://example.org/") for link in said.iter("a"))
    assert said.get("dir") == "auto"


@pytest.mark.parametrize("words", ["\u200b\u200d\ufeff", "   \n\t ", "a\x00b", "\ud800"])
def test_text_that_cannot_be_kept_is_refused_and_writes_nothing(page, joanna, words):
    from tests.community.conftest import send

    try:
        words.encode()
    except UnicodeEncodeError:
        from urllib.parse import urlencode

        from tests.community.conftest import aged, write_url

        data = urlencode({"language": "en", "token": aged(page), "website": "", "do": "send"}) + "&text=%ED%A0%80"
        answer = signed_in(joanna).post(write_url(page), data, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {302, 400}
        shown(page)
        return
    assert send(signed_in(joanna), page, words).status_code == 400
    assert not CommentState.objects.exists()


def test_five_hundred_links_are_held(page, joanna):
    from tests.community.conftest import send

    send(signed_in(joanna), page, "https://e.org/ " * 200)
    assert CommentState.objects.get().state == State.HELD


def test_edited_comments_and_dates_in_another_language(page, joanna):
    row = posted(signed_in(joanna), page, "Words.")
    CommentState.objects.filter(pk=row.pk).update(edited_at=timezone.now() + timedelta(minutes=2))
    assert "<time datetime=" in shown(page, language="nl")


class TestOwn:
    """What a member with a session sees of himself, and nobody else."""

    def test_an_author_sees_what_he_may_do_and_others_do_not(self, talk):
        edit, withdraw = f"/edit/{talk.row.public_id}/", f"/withdraw/{talk.row.public_id}/"
        mine = talk.client.get(talk.page.url).content.decode()
        assert edit in mine
        assert withdraw in mine
        for client in [Client(), signed_in(account("ann", name="Ann"))]:
            html = client.get(talk.page.url).content.decode()
            assert edit not in html
            assert withdraw not in html

    def test_what_was_answered_offers_no_change(self, talk):
        posted(signed_in(account("ann", name="Ann")), talk.page, "An answer.", parent=talk.row)
        html = talk.client.get(talk.page.url).content.decode()
        assert f"/edit/{talk.row.public_id}/" not in html
        assert f"/withdraw/{talk.row.public_id}/" in html

    def test_a_held_comment_is_shown_to_its_author_alone(self, page, joanna):
        from tests.community.conftest import send

        client = signed_in(joanna)
        send(client, page, "Ring 06 12 34 56 78.", do="insist")
        assert "Only you and the moderators see this" in client.get(page.url).content.decode()
        for other in [Client(), signed_in(account("ann", name="Ann"))]:
            assert "06 12" not in other.get(page.url).content.decode()

    def test_own_reactions_are_told_in_words(self, talk):
        from community.threads import reacting

        ann = account("ann", name="Ann")
        reacting.react(row=talk.row, user=ann, kind="useful")
        assert "one is yours" in signed_in(ann).get(talk.page.url).content.decode()
        assert "one is yours" not in talk.client.get(talk.page.url).content.decode()

    def test_the_kept_page_holds_nothing_of_a_member(self, talk, settings):
        settings.PAGE_CACHE_SECONDS = 600
        first = Client().get(talk.page.url)
        talk.client.get(talk.page.url)
        again = Client().get(talk.page.url)
        assert first.content == again.content
        assert b"/edit/" not in again.content
        assert talk.client.get(talk.page.url).headers["Cache-Control"].startswith("private")


def steps(page, query):
    """How many thousand steps SQLite takes for a page: what a query costs, on a machine however busy."""
    taken = []
    shown(page, query)
    connection.connection.set_progress_handler(lambda: taken.append(1), 1000)
    try:
        shown(page, query)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(taken)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
def test_a_page_of_two_thousand_comments_is_no_work_of_two_thousand_times_two_thousand(page):
    rows = fill_quickly(page, 2000)
    CommentState.objects.filter(pk__in=[row.pk for row in rows[3::8]]).update(state=State.HIDDEN)
    for query in ["", "?talk=80", "?sort=useful", "?sort=old&comments=fr", f"?c={rows[0].public_id}"]:
        assert steps(page, query) < 300, query
