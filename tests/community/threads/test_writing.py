"""What somebody wrote is never lost, and nothing is written where it does not belong."""

import pytest
from django.test import Client
from django.urls import reverse
from django_comments_xtd.models import XtdComment

from community.models import CommentState, State
from tests.community.conftest import account, aged, fields_of, posted, send, signed_in, write_url
from tests.community.test_reading import fill
from tests.factories import make_pattern

pytestmark = pytest.mark.django_db
MINE = "An hour of work went into this."


def reply(client, page, answers, **fields):
    data = {"text": MINE, "language": "en", "token": aged(page), "website": "", "do": "send", **fields}
    return client.post(f"{write_url(page)}{answers}/", data)


@pytest.mark.parametrize(
    "answers",
    ["0", "-1", "2147483648", "9223372036854775808", "1 or 1=1", "nowhere", "é" * 300, "'"],
)
def test_an_answer_to_nothing_gives_the_text_back_and_writes_no_row(talk, answers):
    answer = reply(talk.client, talk.page, answers)
    assert answer.status_code == 400
    assert MINE in answer.content.decode()
    assert CommentState.objects.count() == 1


def test_an_answer_to_what_is_elsewhere_or_gone_gives_the_text_back(talk):
    elsewhere = fill(make_pattern(), 1)[0]
    gone = [fill(talk.page, 1, state=state)[0] for state in (State.HELD, State.HIDDEN, State.WITHDRAWN, State.ERASED)]
    before = CommentState.objects.count()
    for row in [elsewhere, *gone]:
        answer = reply(talk.client, talk.page, row.public_id)
        assert (answer.status_code, MINE in answer.content.decode()) == (400, True), row.state
    assert CommentState.objects.count() == before


def test_the_text_that_came_back_can_be_sent_as_one_of_its_own(talk):
    html = reply(talk.client, talk.page, "nowhere").content.decode()
    assert f'action="{write_url(talk.page)}"' in html
    done = talk.client.post(
        write_url(talk.page), {"text": MINE, "language": "en", "website": "", "do": "send", "token": aged(talk.page)}
    )
    assert done.status_code == 302


def test_a_used_form_is_refused_kindly_when_it_brings_other_words(talk):
    token = aged(talk.page)
    send(talk.client, talk.page, "The first comment of this form.", token=token)
    answer = send(talk.client, talk.page, MINE, token=token)
    html = answer.content.decode()
    assert (answer.status_code, MINE in html) == (400, True)
    assert "already sent a comment" in html
    fresh = fields_of(html)["token"]
    assert fresh != token
    assert send(talk.client, talk.page, MINE, token=fresh).status_code == 302


def test_a_session_that_ends_while_somebody_writes_costs_no_text(talk):
    client = signed_in(account("ann", name="Ann"))
    token = aged(talk.page)
    client.logout()
    answer = send(client, talk.page, MINE, token=token)
    assert (answer.status_code, MINE in answer.content.decode()) == (400, True)
    assert 'name="name"' in answer.content.decode()  # as a visitor, or after signing in again


def test_a_lost_form_token_costs_no_text(talk):
    client = Client(enforce_csrf_checks=True)
    answer = send(client, talk.page, f"{MINE}</textarea><script>")
    html = answer.content.decode()
    assert answer.status_code == 403
    assert f"{MINE}&lt;/textarea&gt;&lt;script&gt;" in html
    assert f'href="{write_url(talk.page)}"' in html


def test_a_password_never_comes_back(db):
    data = {"login": "a", "password": "my-secret-password"}
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", data)
    assert (answer.status_code, b"my-secret-password" in answer.content) == (403, False)


def test_a_reader_of_headings_hears_who_answers_whom_and_how_deep(talk):
    from tests.community.conftest import shown

    ann = signed_in(account("ann", name="Ann"))
    first = posted(ann, talk.page, "An answer.", parent=talk.row)
    posted(talk.client, talk.page, "An answer to it.", parent=first)
    html = shown(talk.page)
    for heading in [
        "Comment by Joanna",
        "Answer by Ann to Joanna, level 2",
        "Answer by Joanna to Ann, level 3",
    ]:
        assert f'<h3 class="vh">{heading}</h3>' in html
    assert f'<article id="c-{first.public_id}" tabindex="-1">' in html  # where the reader lands after posting


@pytest.mark.parametrize("name", ["reply", "report", "notice"])
def test_a_comment_that_its_author_left_behind_is_of_a_former_member(talk, name):
    XtdComment.objects.filter(pk=talk.row.comment_id).update(user_name="", user=None)
    url = reverse(f"community:{name}", args=[talk.page.translation_key, talk.row.public_id])
    assert "A former member wrote:" in Client().get(url).content.decode()
