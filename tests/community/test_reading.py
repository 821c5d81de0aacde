"""A thread as readers see it."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from community.models import CommentState, DiscussionThread, State
from community.models.comments import STEP
from tests.factories import make_pattern

from .conftest import posted, shown, signed_in

pytestmark = pytest.mark.django_db


def fill(page, number, *, language="en", state=State.PUBLISHED, parent=None):
    """Many comments quickly, as a bench would make them."""
    thread, _made = DiscussionThread.objects.get_or_create(translation_key=page.translation_key)
    kind, rows = ContentType.objects.get_for_model(DiscussionThread), []
    for count in range(number):
        comment = XtdComment.objects.create(
            content_type=kind,
            object_pk=str(thread.pk),
            site_id=1,
            user_name=f"Writer {count}",
            comment=f"Words {count}.",
            submit_date=timezone.now(),
        )
        rows.append(
            CommentState.objects.create(
                comment=comment,
                thread=thread,
                parent=parent,
                path=parent.path_below(comment.pk) if parent else f"{comment.pk:0{STEP}d}",
                language=language,
                state=state,
                posted_at=timezone.now(),
            )
        )
    return rows


def queries(page, query=""):
    shown(page, query)
    with CaptureQueriesContext(connection) as captured:
        shown(page, query)
    return len(captured)


def test_twenty_and_forty_comments_take_the_same_few_queries(page):
    fill(page, 20)
    few = queries(page)
    parent = fill(page, 1)[0]
    fill(page, 19, parent=parent)
    assert queries(page) == few <= 4
    middle = CommentState.objects.order_by("pk")[5]
    assert queries(page, f"?c={middle.public_id}") <= 5
    assert queries(make_pattern()) <= 4


def test_the_newest_page_comes_first_and_the_rest_can_be_reached(page):
    fill(page, 45)
    newest, second, last = shown(page), shown(page, "?talk=2"), shown(page, "?talk=3")
    assert re.findall(r"Words (\d+)\.", newest) == [str(number) for number in range(25, 45)]
    assert re.findall(r"Words (\d+)\.", second) == [str(number) for number in range(5, 25)]
    assert re.findall(r"Words (\d+)\.", last) == [str(number) for number in range(5)]
    assert 'href="?talk=2#talk"' in newest
    assert "Later comments" not in newest
    assert 'href="?talk=3#talk"' in second
    assert "Earlier comments" not in last
    assert "45 comments" in newest


@pytest.mark.parametrize("value", ["0", "-1", "x", "99999999999999999999", "²", ""])
def test_any_page_number_is_answered(page, value):
    fill(page, 3)
    html = shown(page, f"?talk={value}")
    assert "Words 1." in html or "no comments on this page" in html


def test_a_permalink_finds_its_page(page):
    rows = fill(page, 45)
    html = shown(page, f"?c={rows[0].public_id}")
    assert f'id="c-{rows[0].public_id}"' in html
    assert f'id="c-{rows[0].public_id}"' not in shown(page)
    assert "Words 44." in shown(page, "?c=nowhere")


def test_the_filter_shows_one_language_with_counts(page):
    fill(page, 3)
    fill(page, 2, language="nl")
    fill(page, 1, language="it", state=State.HELD)
    html = shown(page, "?comments=nl")
    assert len(re.findall(r"Words \d", html)) == 2
    assert re.search(r'href="\?comments=nl#talk" lang="nl" aria-current="true">Nederlands <span class="n">2<', html)
    assert "italiano" not in html.lower()
    assert "Words 2." in shown(page, "?comments=it")  # nothing published in it: all languages


def test_a_page_cut_in_an_exchange_says_whom_the_first_line_answers(page):
    parent = fill(page, 1)[0]
    fill(page, 25, parent=parent)
    html = shown(page)
    assert html.count("in reply to Writer 0") == 20
    assert f'href="?c={parent.public_id}#c-{parent.public_id}"' in html


def test_held_hidden_withdrawn_and_erased_comments_are_not_shown(page):
    fill(page, 1)
    for state in [State.HELD, State.HIDDEN, State.WITHDRAWN, State.ERASED]:
        row = fill(page, 1, state=state)[0]
        XtdComment.objects.filter(pk=row.comment_id).update(comment=f"canary-{state}", user_name=f"name-{state}")
    html = shown(page)
    assert "canary" not in html
    assert "name-" not in html
    assert "1 comment<" in html


def test_the_place_of_a_removed_comment_stays_while_it_has_answers(page):
    gone = fill(page, 1, state=State.HIDDEN)[0]
    answer = fill(page, 1, parent=gone)[0]
    assert "tomb" in shown(page)
    CommentState.objects.filter(pk=answer.pk).update(state=State.HELD)
    assert "tomb" not in shown(page)


def test_answers_of_the_place_of_a_removed_comment_do_not_name_its_author(page):
    gone = fill(page, 1, state=State.HIDDEN)[0]
    XtdComment.objects.filter(pk=gone.comment_id).update(user_name="Hidden Hilda")
    fill(page, 25, parent=gone)
    html = shown(page)
    assert "Hidden Hilda" not in html
    assert "in reply to a removed comment" in html


def test_an_empty_discussion_invites_and_asks_the_editors_question(page):
    page.comment_prompt = "Who may say no?"
    html = shown(page)
    assert "Nobody has written here yet" in html
    assert "Who may say no?" in html
    assert f"/en/discussion/{page.translation_key}/write/" in html


def test_a_page_that_takes_no_comments_shows_no_empty_discussion(page):
    page.allow_comments = False
    assert shown(page).strip() == ""
    fill(page, 1)
    assert "closed" in shown(page)


def test_the_discussion_is_the_same_for_every_reader_and_holds_no_token(page, joanna):
    posted(signed_in(joanna), page, "Words.")
    html = shown(page)
    assert "csrf" not in html.lower()
    assert "<form" not in html
    client = signed_in(joanna)
    mine, theirs = client.get(page.url).content, signed_in(joanna).get(page.url).content
    assert mine == theirs


def test_text_is_escaped_and_links_are_not_followed(page, joanna):
    nasty = '<script>alert(1)</script> https://example.org/a?b=1&c="x javascript:alert(1)\n\nSecond {{ x }}'
    posted(signed_in(joanna), page, nasty)
    html = shown(page)
    assert "<script>alert" not in html
    assert 'href="https://example.org/a?b=1&amp;c=" rel="ugc nofollow noopener"' in html
    assert 'href="javascript' not in html
    assert "<p>Second {{ x }}</p>" in html


def test_nested_lists_are_closed(page):
    import html5lib

    parent = fill(page, 1)[0]
    child = fill(page, 1, parent=parent)[0]
    fill(page, 2, parent=child)
    fill(page, 1)
    parser = html5lib.HTMLParser(strict=True)
    parser.parseFragment(shown(page))
