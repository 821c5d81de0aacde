"""What moderators and coordinators type goes through the guard, too: authors, applicants or everybody read it."""

import pytest

from community.models import CannedReply, ModeratorNote, WorkingGroup
from community.personal.admin_views import NamedForm

from .conftest import account, signed_in

pytestmark = pytest.mark.django_db
CERTAIN = "Write to me@mail.example today."
ACCOUNT = "The number is NL91 ABNA 0417 1643 00."


def test_a_note_of_a_moderator_holds_no_account_number(talk, moderator):
    client, url = signed_in(moderator), f"/admin/comments/{talk.row.public_id}/note/"
    refused = client.post(url, {"text": ACCOUNT}, follow=True)
    assert "account number" in refused.content.decode()
    assert not ModeratorNote.objects.exists()
    client.post(url, {"text": "The author gave me@mail.example in an earlier text."})
    assert ModeratorNote.objects.exists()


def test_a_comment_is_handed_over_without_an_account_number(talk, moderator):
    other = account("second", name="Second x", groups=["Moderators"])
    url = f"/admin/comments/{talk.row.public_id}/hand-over/"
    refused = signed_in(moderator).post(url, {"to": other.pk, "text": ACCOUNT}, follow=True)
    assert "account number" in refused.content.decode()
    assert not ModeratorNote.objects.exists()


def test_what_is_mailed_to_authors_about_a_named_person_holds_no_address():
    form = NamedForm({"words": "Umbrellabird", "kind": "name", "explanation": CERTAIN})
    assert "<mark>me@mail.example</mark>" in form.errors["explanation"][0]
    assert NamedForm({"words": "Umbrellabird", "kind": "name", "explanation": "You named somebody."}).is_valid()


def test_a_ready_text_holds_no_address(root):
    data = {"reason": "rule-3", "language": "en", "title": "Personal data", "text": CERTAIN}
    url = "/admin/snippets/community/cannedreply/add/"
    refused = root.post(url, data)
    assert (refused.status_code, "me@mail.example" in refused.content.decode()) == (200, True)
    assert "This looks like an e-mail address. <mark>me@mail.example</mark>" in refused.content.decode()
    assert not CannedReply.objects.filter(title="Personal data").exists()
    assert root.post(url, {**data, "text": "It gave personal data."}).status_code == 302


@pytest.mark.parametrize("field", ["title", "purpose"])
def test_title_and_purpose_of_a_group_lead_to_nobody(root, field):
    texts = {
        "texts-TOTAL_FORMS": 1,
        "texts-INITIAL_FORMS": 0,
        "texts-MIN_NUM_FORMS": 1,
        "texts-MAX_NUM_FORMS": 1000,
        "texts-0-language": "en",
        "texts-0-title": "Night shift",
        "texts-0-purpose": "To compare.",
    }
    facts = {"code": "night", "visibility": "readable", "takes_applications": "", "call": ""}
    url = "/admin/snippets/community/workinggroup/add/"
    refused = root.post(url, {**texts, **facts, f"texts-0-{field}": "Ring 06-12345678 after six."})
    assert refused.status_code == 200
    assert "This looks like a telephone number." in refused.content.decode()
    assert not WorkingGroup.objects.exists()
    assert root.post(url, {**texts, **facts}).status_code == 302


@pytest.fixture
def root(db):
    return signed_in(account("root", name="Root x", is_staff=True, is_superuser=True))
