"""The checks before a comment is kept."""

import pytest
from django.test import Client

from community import screening
from community.models import CommentState, State
from community.screening import Draft, Verdict

from .conftest import aged, posted, send, signed_in

pytestmark = pytest.mark.django_db


def test_a_refused_comment_shows_the_very_words_and_keeps_the_text(page, joanna):
    answer = send(signed_in(joanna), page, "Write to me@mail.example or NL91ABNA0417164300.")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "<mark>me@mail.example<sup>1</sup></mark>" in html
    assert "<mark>NL91ABNA0417164300<sup>2</sup></mark>" in html
    assert "Write to me@mail.example or" in html
    assert "decides</button>" not in html
    assert not CommentState.objects.exists()


def test_a_writer_may_insist_on_a_number_and_then_a_moderator_decides(page, joanna):
    client, text = signed_in(joanna), "The city line is 070 353 30 00."
    warned = send(client, page, text)
    assert warned.status_code == 400
    assert 'value="insist"' in warned.content.decode()
    row = posted(client, page, text, do="insist")
    assert (row.state, row.held_for) == (State.HELD, ["phone"])
    assert send(client, page, "And me@mail.example.", do="insist").status_code == 400


def test_personal_data_in_the_name_is_refused(page, client):
    for name in ["jan@voorbeeld.nl", "Jan 06-12345678", "www.jan.nl"]:
        assert send(client, page, "Words.", name=name).status_code == 400


def test_more_than_two_links_are_held(page, joanna):
    client = signed_in(joanna)
    two = posted(client, page, "https://a.example and www.b.example")
    three = posted(client, page, "https://a.example http://b.example https://c.example")
    assert (two.state, three.state) == (State.PUBLISHED, State.HELD)


def test_a_filled_trap_and_a_form_sent_at_once_are_refused(page, joanna):
    client = signed_in(joanna)
    assert send(client, page, "Buy.", website="https://spam.example").status_code == 400
    assert send(client, page, "Quick.", token=aged(page, 0.2)).status_code == 400
    assert not CommentState.objects.exists()


def test_the_same_words_are_refused(page, joanna):
    client = signed_in(joanna)
    posted(client, page, "The very same words.")
    answer = send(client, page, "the VERY same, words!")
    assert answer.status_code == 400
    assert "already been sent" in answer.content.decode()


def test_accounts_and_visitors_are_slowed_down(page, joanna):
    client = signed_in(joanna)
    for number in range(5):
        posted(client, page, f"Comment number {number} of mine.")
    answer = send(client, page, "One too many of mine.")
    assert answer.status_code == 400
    assert "10 minutes" in answer.content.decode()
    for number in range(3):
        posted(Client(), page, f"Visitor comment number {number}.", name="Visitor")
    assert send(Client(), page, "One too many.", name="Visitor").status_code == 400


def test_a_check_that_breaks_holds_the_comment(page, joanna, caplog):
    def broken(draft):
        raise ValueError("boom")

    draft = Draft(page=page, thread=None, user=joanna, name="J", text="Secret words.", language="en", seconds=9)
    findings = screening.screen(draft, (broken, *screening.CHECKS))
    assert [(finding.verdict, finding.code) for finding in findings] == [(Verdict.HOLD, "check-failed")]
    assert "broken broke" in caplog.text
    assert "Secret words" not in caplog.text
