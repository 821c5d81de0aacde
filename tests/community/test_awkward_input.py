"""What no browser sends: NUL, digits of other kinds, numbers without end. An answer each time, on every database."""

from unicodedata import category

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from community import services, text
from community.forms import WordsField
from community.groups import membership
from community.models import GroupSummary, Membership, Subscription, WorkingGroup
from community.notices import tokens
from portal.groups import ensure_groups

from .conftest import account, signed_in

pytestmark = pytest.mark.django_db
NUL = "\0"


@pytest.mark.parametrize("query", ["c=%00", "c=%C2%B2", "talk=" + "9" * 5000, "talk=%C2%B2", "sort=%00&comments=%00"])
def test_a_page_is_read_whatever_its_address_asks_of_the_discussion(talk, query):
    for client in (Client(), talk.client):
        assert client.get(f"{talk.page.url}?{query}").status_code == 200


def test_a_line_end_counts_once_as_in_a_browser_and_spaces_are_no_text():
    field = WordsField(rows=2, max_length=3)
    assert field.clean("a\r\nb") == "a\nb"
    for value in ("", " \u200b\r\n", "a\0", "abcd"):
        with pytest.raises(ValidationError):
            field.clean(value)
    assert WordsField(rows=2, required=False).clean(" \u200b") == ""


def test_of_what_controls_and_of_halves_of_characters_only_tabs_and_line_ends_are_kept():
    awkward = [char for char in map(chr, range(0x11_0000)) if category(char) in {"Cc", "Cs"} and char != "\r"]
    assert text.clean(f"a{''.join(awkward)}b") == "a\t\nb"


def test_an_address_with_nul_names_no_comment(talk):
    answer = Client().post("/en/discussion/notice/", {"address": "https://a.example/?c=%00"})
    assert answer.status_code == 400


def test_a_link_of_a_mail_with_nul_in_its_form_ends_nothing(joanna):
    row = Subscription.objects.get(user=joanna)
    answer = Client().post(f"/en/notices/stop/{tokens.of_row(row)}/", {"do": "one", "one": NUL})
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.frequency == "daily"


def test_the_desk_takes_only_numbers_of_comments(talk, moderator):
    client = signed_in(moderator)
    assert client.get("/admin/comments/next/?after=%00").status_code == 302
    for query in ("q=%00", "kind=%00", "language=%00&why=%00", "p=%00", "n=%00"):
        assert client.get(f"/admin/comments/?{query}").status_code == 200
    decided = {"outcome": "published", "reason": "no-fault", "ids": [NUL, f"{NUL}.1", "²"]}
    assert client.post("/admin/comments/", decided).status_code == 302
    services.decide(public_id=talk.row.public_id, moderator=moderator, new="hidden", reason="rule-1")


def test_the_desk_of_groups_takes_only_numbers(joanna):
    ensure_groups()
    group = WorkingGroup.objects.create(code="cities")
    Membership.objects.create(group=group, user=joanna, role="chair")
    membership.settle_desk(joanna)
    client = signed_in(joanna)
    decided = {"outcome": "accepted", "text": "Welcome.", "ids": ["².new", f"{NUL}.new", "9" * 30]}
    assert client.post("/admin/working-groups/applications/", decided).status_code == 302
    for pk in ("²", NUL, "9" * 30):
        answer = client.post("/admin/working-groups/cities/members/", {"do": f"remove-{pk}"}, follow=True)
        assert answer.status_code == 404, pk
    summary = GroupSummary.objects.create(group=group, title="T", text="T", language="en")
    url = f"/en/working-groups/summaries/{summary.public_id}/edit/"
    assert client.post(url, {"do": "quote", "comment": NUL, "words": NUL}).status_code == 400


def test_the_page_of_one_comment_does_nothing_that_it_does_not_know(talk):
    url = f"/en/discussion/{talk.page.translation_key}/comment/{talk.row.public_id}/"
    other = signed_in(account("sam", name="Sam"))
    for what in (NUL, "undo-", "undo-x", "²"):
        assert other.post(url, {"do": what}).status_code == 400
