"""The checks before a comment is kept."""

import pytest
from django.test import Client

from community import screening
from community.models import CommentState, State
from community.screening import Draft, Verdict, privacy

from .conftest import aged, posted, send, signed_in

pytestmark = pytest.mark.django_db


def found(text, **fields):
    draft = Draft(page=None, thread=None, user=None, name="", text=text, language="en", **fields)
    return {
        finding.code: [text[hit.start : hit.end] for hit in finding.hits] for finding in privacy.no_personal_data(draft)
    }


@pytest.mark.parametrize(
    "text",
    [
        "Write to jan.jansen@voorbeeld.nl please",
        "jan+x@a-b.co.uk.",
        "mailto:jan@voorbeeld.nl",
        "jan (at) voorbeeld (punt) nl",
        "jan[at]voorbeeld.nl",
    ],
)
def test_an_email_address_is_found(text):
    assert "email" in found(text)


@pytest.mark.parametrize(
    "text", ["NL91 ABNA 0417 1643 00 is mine", "de89370400440532013000", "GB29-NWBK-6016-1331-9268-19"]
)
def test_an_account_number_is_found(text):
    assert "iban" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ring 06-12345678 tonight",
        "Ring 06 12 34 56 78, or not",
        "+31 6 1234 5678",
        "+44 (0)20 7946 0958",
        "0032 470 12 34 56",
        "tel:0612345678",
        "010.123.45.67",
        "030/1234567",
        "06\n12345678",
    ],
)
def test_a_telephone_number_is_found(text):
    assert "phone" in found(text)


def test_every_number_of_a_text_is_marked():
    assert found("Call 06-12345678 or 06-87654321.")["phone"] == ["06-12345678", "06-87654321"]


@pytest.mark.parametrize(
    "text",
    [
        "Call 112 in an emergency",
        "Directive 2016/343 and 12-05-2024, 10:30",
        "On 01-02-2024 10:00 we met",
        "ISBN 0-306-40615-2",
        "H2020-FCT-2015 grant 700281",
        "About 1.500 people in 40 groups since 2015",
        "see me @home. Then we talk",
        "GB 2024 was a good year for everybody here",
        "https://example.org/0612345678",
    ],
)
def test_harmless_numbers_pass(text):
    assert found(text) == {}


def test_a_hostile_text_is_read_quickly():
    import time

    started = time.process_time()
    for text in ["a@" * 1500, "1-" * 1500, "a." * 1500, "+" + "0 " * 1500, "NL11" * 750]:
        found(text)
    assert time.process_time() - started < 0.5


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
    client, text = signed_in(joanna), "The city line is 0800 1234 567."
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
