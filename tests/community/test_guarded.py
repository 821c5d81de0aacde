"""The guard in forms whose texts are no comments."""

import re

import pytest
from django.urls import reverse

from community.models import Adoption, GroupSummary, Reaction, Report

from .conftest import account, signed_in
from .due_process.conftest import notice, report
from .groups.conftest import join as join_group
from .groups.conftest import make_group

pytestmark = pytest.mark.django_db
DOUBTFUL, CERTAIN = "Ring 06-12345678 after six.", "Write to me@mail.example today."
ACCOUNT = "His number is NL91 ABNA 0417 1643 00."


def sent_again(client, url, data, answer):
    """As a browser sends the form that came back."""
    html = answer.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+-warned)" value="([^"]*)"', html))
    return client.post(url, {**data, **hidden})


def test_a_concern_shows_the_very_words_and_is_taken_when_it_is_sent_again(talk):
    client = signed_in(account("ann", name="Ann"))
    url = reverse("community:comment", args=[talk.page.translation_key, talk.row.public_id])
    data = {"do": "concern", "text": DOUBTFUL}
    warned = client.post(url, data)
    assert warned.status_code == 400
    assert "This looks like a telephone number. <mark>06-12345678</mark>" in warned.content.decode()
    other = sent_again(client, url, {**data, "text": "Or ring 06-87654321."}, warned)
    assert other.status_code == 400  # other words than those that were shown
    assert not Reaction.objects.exists()
    assert sent_again(client, url, data, warned).status_code == 302
    assert Reaction.objects.get().text == DOUBTFUL


def test_what_is_certain_is_not_taken_however_often_it_is_sent(talk):
    client = signed_in(account("ann", name="Ann"))
    url = reverse("community:comment", args=[talk.page.translation_key, talk.row.public_id])
    data = {"do": "concern", "text": f"{DOUBTFUL} {CERTAIN}"}
    warned = client.post(url, data)
    again = sent_again(client, url, data, warned)
    for answer in (warned, again):
        assert answer.status_code == 400
        assert "<mark>me@mail.example</mark>" in answer.content.decode()
        assert "send it once more" not in answer.content.decode()
    assert not Reaction.objects.exists()


def test_marked_words_are_escaped(talk):
    client = signed_in(account("ann", name="Ann"))
    url = reverse("community:comment", args=[talk.page.translation_key, talk.row.public_id])
    html = client.post(url, {"do": "concern", "text": "See https://facebook.com/kevin.jansen.12/<script>x"})
    assert "<script>x" not in html.content.decode()


def test_the_note_of_an_editor_is_read_by_everybody(talk, editor):
    client = signed_in(editor)
    url = reverse("community_adopt", args=[talk.row.public_id])
    data = {"note": DOUBTFUL, "into": "next", "title": ""}
    warned = client.post(url, data)
    assert warned.status_code == 400
    assert "<mark>06-12345678</mark>" in warned.content.decode()
    assert client.post(url, {**data, "note": CERTAIN}).status_code == 400
    assert not Adoption.objects.exists()
    assert sent_again(client, url, data, warned).status_code == 302
    assert Adoption.objects.get().note == DOUBTFUL


def test_a_notice_may_say_what_it_is_about(talk):
    assert notice(talk.row, text=f"It gives my address. {CERTAIN} {DOUBTFUL}").status_code == 302
    assert CERTAIN in Report.objects.get().text


@pytest.mark.parametrize("field", ["text", "law"])
def test_a_notice_needs_no_account_number(talk, field):
    answer = notice(talk.row, **{field: ACCOUNT})
    assert answer.status_code == 400
    assert "<mark>NL91 ABNA 0417 1643 00</mark>" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_short_report_passes_what_is_doubtful_alone(talk):
    assert report(talk.row, text=CERTAIN).status_code == 400
    assert report(talk.row, text=DOUBTFUL).status_code == 302


def test_a_field_for_machines_stops_a_notice(talk):
    assert notice(talk.row, website="https://example.org").status_code == 400
    assert not Report.objects.exists()


def test_a_summary_says_which_words_it_means(db):
    group, chair = make_group(), account("chair", name="Chair")
    join_group(group, chair, "chair")
    client = signed_in(chair)
    url = reverse("groups:new_summary", args=[group.code])
    data = {"title": "What we learned", "text": DOUBTFUL, "language": "en", "website": ""}
    warned = client.post(url, data)
    assert "<mark>06-12345678</mark>" in warned.content.decode()
    assert not GroupSummary.objects.exists()
    assert sent_again(client, url, data, warned).status_code == 302
    assert GroupSummary.objects.get().text == DOUBTFUL
