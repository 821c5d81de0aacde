"""The guard in forms whose texts are no comments."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from community.models import Adoption, DiscussionThread, GroupMessage, GroupSummary, Reaction, Report, WatchedWord

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
    assert sent_again(client, url, data, warned).status_code == 400
    assert not Adoption.objects.exists()
    assert client.post(url, {**data, "note": "Open the group after six."}).status_code == 302


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


ACCUSING = "Peter Jansen of Kerkstraat 12 stole the bikes"


@pytest.fixture
def public_group(db):
    group, chair = make_group(visibility="public"), account("chair", name="Chair")
    join_group(group, chair, "chair")
    join_group(group, account("ann", name="Ann"))
    return SimpleNamespace(
        client=signed_in(chair),
        summary=reverse("groups:new_summary", args=[group.code]),
        thread=reverse("groups:new_thread", args=[group.code]),
        to_all=reverse("groups:write_to_all", args=[group.code]),
    )


def forms_of(group, words):
    """Address, fields and the rows that must not come to be, of each form whose words others read at once."""
    yield group.thread, {"title": words, "language": "en", "website": ""}, DiscussionThread
    yield group.summary, {"title": "T", "text": words, "language": "en", "website": ""}, GroupSummary
    yield group.summary, {"title": words, "text": "Text.", "language": "en", "website": ""}, GroupSummary
    yield group.to_all, {"text": words, "language": "en", "website": ""}, GroupMessage


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (ACCUSING, "Kerkstraat 12"),
        (DOUBTFUL, "06-12345678"),
        ("The car with number plate AB-12-CD", "AB-12-CD"),
        ("What the blabla costs", "blabla"),
    ],
)
def test_what_others_read_at_once_is_never_taken_with_what_nobody_could_hold(public_group, words, marked):
    WatchedWord.objects.create(words="blabla", effect="hold")
    for url, data, model in forms_of(public_group, words):
        warned = public_group.client.post(url, data)
        again = sent_again(public_group.client, url, data, warned)
        for answer in (warned, again):
            html = answer.content.decode()
            assert (answer.status_code, f"<mark>{marked}</mark>" in html) == (400, True), url
            assert html.count(words) >= 1  # what was typed stays in the form
            assert "send it once more" not in html
        assert not model.objects.exists()


def test_what_names_nobody_is_taken_at_once(public_group):
    WatchedWord.objects.create(words="bikes", effect="mark")
    for url, data, model in forms_of(public_group, "Why 12 bikes of the Kerkstraat were stolen in 2024"):
        assert public_group.client.post(url, data).status_code == 302, url
        assert model.objects.exists()


def test_a_guard_that_breaks_takes_nothing_that_others_read_at_once(public_group, talk, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the guard is broken")

    monkeypatch.setattr("portal.guard.inspect", broken)
    for url, data, model in forms_of(public_group, "Three ways of lighting a park"):
        answer = public_group.client.post(url, data)
        again = sent_again(public_group.client, url, data, answer)
        for each in (answer, again):
            html = each.content.decode()
            assert (each.status_code, "cannot be checked at the moment" in html) == (400, True), url
            assert "Three ways of lighting a park" in html
        assert not model.objects.exclude(pk=talk.row.thread_id if model is DiscussionThread else 0).exists()
    url = reverse("community:comment", args=[talk.page.translation_key, talk.row.public_id])
    assert public_group.client.post(url, {"do": "concern", "text": "A concern."}).status_code == 400
    assert report(talk.row, text="What only moderators read.").status_code == 302
