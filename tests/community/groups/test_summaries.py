"""What a group publishes: only with the yes of each quoted author."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from community import services
from community.groups import membership, summaries
from community.models import GroupSummary, Quote, State
from community.moderation.redaction import Mask
from community.refusals import Refused
from tests.community.conftest import account, fields_of, posted, signed_in

from .conftest import join, make_group, make_thread
from .test_visibility import place

pytestmark = pytest.mark.django_db
WORDS = "Nobody was told why it closed."


@pytest.fixture
def told(closed):
    """A draft in the private group with one quote that waits for its author."""
    closed.row = posted(closed.client, place(closed.thread), f"We waited. {WORDS} We asked again.")
    closed.summary = GroupSummary.objects.create(
        group=closed.group, title="What we learned", text="Closing needs a reason.", language="en"
    )
    closed.quote = summaries.add_quote(summary=closed.summary, comment=closed.row, words=WORDS)
    closed.url = reverse("groups:summary", args=[closed.summary.public_id])
    return closed


def answer(told, consent, client=None, quote=None):
    """As a browser does: what was read goes along."""
    client, url = client or told.client, reverse("groups:quote", args=[(quote or told.quote).pk])
    return client.post(url, {"consent": consent, **fields_of(client.get(url).content.decode())})


def test_the_chair_writes_quotes_and_publishes_by_the_forms(closed):
    row = posted(closed.client, place(closed.thread), f"We waited. {WORDS}")
    new = reverse("groups:new_summary", args=[closed.group.code])
    text = {"title": "What we learned", "text": "Closing needs a reason.", "language": "en", "website": ""}
    assert closed.client.post(new, text).status_code == 404
    edit = closed.chairs.post(new, text)["Location"]
    wrong = closed.chairs.post(edit, {"do": "quote", "comment": row.public_id, "words": "Never said."})
    assert wrong.status_code == 400
    assert "do not stand in the comment" in wrong.content.decode()
    closed.chairs.post(edit, {"do": "quote", "comment": row.public_id, "words": WORDS})
    early = closed.chairs.post(edit, {"do": "publish"})
    assert early.status_code == 400
    assert GroupSummary.objects.get().published_at is None
    quote = Quote.objects.get()
    answer(closed, "by-role", quote=quote)
    assert closed.chairs.post(edit, {"do": "publish"}).status_code == 302
    assert GroupSummary.objects.get().published_at is not None
    assert closed.client.get(edit).status_code == 404


def test_a_draft_is_for_the_group_and_a_published_one_names_no_private_group(told):
    assert told.client.get(told.url).status_code == 200
    for client in [Client(), signed_in(account("s", name="Sam"))]:
        assert client.get(told.url).status_code == 404
    answer(told, "by-role")
    summaries.publish(summary=told.summary)
    page = Client().get(told.url).content.decode()
    assert WORDS in page
    assert "A member of the group" in page
    for secret in ["Ann", told.group.title, told.group.code, told.thread.title]:
        assert secret not in page
    index = Client().get("/en/working-groups/").content.decode()
    assert "What we learned" in index
    assert told.group.title not in index


def test_a_name_is_shown_only_when_its_owner_says_so(told):
    answer(told, "named")
    summaries.publish(summary=told.summary)
    assert "Ann" in Client().get(told.url).content.decode()
    answer(told, "no")
    page = Client().get(told.url).content.decode()
    assert WORDS not in page
    assert "Ann" not in page


def test_only_the_author_answers_and_a_get_changes_nothing(told):
    url = reverse("groups:quote", args=[told.quote.pk])
    for client in [told.chairs, signed_in(account("s", name="Sam"))]:
        assert client.get(url).status_code == answer(told, "named", client).status_code == 404
    assert Client().post(url, {"consent": "named"}).status_code == 302
    told.client.get(url)
    told.quote.refresh_from_db()
    assert told.quote.consent == "asked"


def test_an_author_who_has_left_the_group_still_decides(told):
    membership.end(membership=told.group.memberships.get(user=told.member), by=told.chair)
    assert WORDS in told.client.get(reverse("groups:quote", args=[told.quote.pk])).content.decode()
    assert answer(told, "no").status_code == 302


def test_another_text_asks_those_who_agreed_again(told):
    answer(told, "named")
    given = {"title": "What we learned", "language": "en"}
    summaries.rewrite(summary=told.summary, text="Closing needs a reason.", **given)
    told.quote.refresh_from_db()
    assert told.quote.consent == "named"
    summaries.rewrite(summary=told.summary, text="The town was at fault.", **given)
    told.quote.refresh_from_db()
    assert told.quote.consent == "asked"
    with pytest.raises(Refused, match="not-agreed"):
        summaries.publish(summary=told.summary)


def test_words_that_are_hidden_or_withdrawn_go_from_the_summary(told):
    answer(told, "named")
    summaries.publish(summary=told.summary)
    services.decide(public_id=told.row.public_id, moderator=told.chair, new=State.HIDDEN, reason="rule-1")
    assert WORDS not in Client().get(told.url).content.decode()
    services.decide(public_id=told.row.public_id, moderator=told.chair, new=State.PUBLISHED, reason="no-fault")
    assert WORDS in Client().get(told.url).content.decode()
    services.withdraw(row=told.row, author=told.member)
    assert WORDS not in Client().get(told.url).content.decode()
    told.quote.refresh_from_db()
    assert (told.quote.text, told.quote.consent) == ("", "no")


def test_nobody_is_quoted_by_name_from_where_names_are_not_shown(closed):
    thread = make_thread(closed.group, "Between us", by_role=True)
    row = posted(closed.client, place(thread), f"We waited. {WORDS}")
    summary = GroupSummary.objects.create(group=closed.group, title="T", text="T", language="en")
    quote = summaries.add_quote(summary=summary, comment=row, words=WORDS)
    assert answer(closed, "named", quote=quote).status_code == 400
    with pytest.raises(Refused, match="by-role"):
        summaries.answer(quote=quote, consent="named", seen=summaries.version(quote))
    assert answer(closed, "by-role", quote=quote).status_code == 302


def test_words_of_another_group_cannot_be_quoted(told):
    other = make_group("other", title="Others")
    join(other, told.chair, "chair")
    theirs = GroupSummary.objects.create(group=other, title="T", text="T", language="en")
    with pytest.raises(Refused, match="gone"):
        summaries.add_quote(summary=theirs, comment=told.row, words=WORDS)
    edit = reverse("groups:edit_summary", args=[theirs.public_id])
    told.chairs.post(edit, {"do": "quote", "comment": told.row.public_id, "words": WORDS})
    told.chairs.post(edit, {"do": f"drop-{told.quote.pk}"})
    assert not theirs.quotes.exists()
    assert told.summary.quotes.exists()


def test_the_mail_that_asks_carries_neither_words_nor_group(told):
    call_command("worker", once=True)
    [letter] = mail.outbox
    assert letter.to == ["ann@mail.example"]
    said = letter.subject + letter.body + str(letter.alternatives)
    assert "/working-groups/mine/" in said
    for secret in [WORDS, told.group.title, told.group.code, told.thread.title]:
        assert secret not in said


def test_words_that_a_moderator_masks_go_from_the_summary_too(told):
    answer(told, "named")
    summaries.publish(summary=told.summary)
    start = f"We waited. {WORDS}".index("Nobody")
    masks = [Mask(start, start + len("Nobody"), "name")]
    services.decide(
        public_id=told.row.public_id, moderator=told.chair, new=State.PUBLISHED, reason="rule-1", masks=masks
    )
    assert WORDS not in Client().get(told.url).content.decode()


def test_a_yes_counts_for_the_text_that_was_read_and_for_no_other(told):
    url = reverse("groups:quote", args=[told.quote.pk])
    read = fields_of(told.client.get(url).content.decode())
    given = {"title": "What we learned", "language": "en"}
    summaries.rewrite(summary=told.summary, text="The town was at fault.", **given)
    page = told.client.post(url, {"consent": "named", **read})
    assert page.status_code == 400
    html = page.content.decode()
    assert "The town was at fault." in html
    assert "The text round your words has been changed" in html
    assert "The title has been changed" not in html
    assert "other words of yours" not in html
    told.quote.refresh_from_db()
    assert told.quote.consent == "asked"
    again = told.client.post(url, {"consent": "named", **fields_of(page.content.decode())})
    assert again.status_code == 302
    summaries.add_quote(summary=told.summary, comment=told.row, words="We asked again.")
    stale = told.client.post(url, {"consent": "named", **read})
    assert stale.status_code == 400
    assert "other words of yours have been chosen" in stale.content.decode()
    assert told.client.post(url, {"consent": "no", **read}).status_code == 302  # a no is never too late


def test_a_form_that_was_tampered_with_is_no_yes(told):
    url = reverse("groups:quote", args=[told.quote.pk])
    for seen in ["", "x", "a-b-c", "a-b-c-d", "-" * 500]:
        page = told.client.post(url, {"consent": "named", "seen": seen})
        assert page.status_code == 400, seen
        assert "Nothing has been saved." in page.content.decode()
    told.quote.refresh_from_db()
    assert told.quote.consent == "asked"


def test_names_that_are_not_shown_any_more_are_said_to_be_so(told):
    url = reverse("groups:quote", args=[told.quote.pk])
    read = fields_of(told.client.get(url).content.decode())
    told.thread.by_role = True
    told.thread.save()
    page = told.client.post(url, {"consent": "named", **read})
    assert page.status_code == 400
    told.quote.refresh_from_db()
    assert told.quote.consent == "asked"


LONG = "The mayor told us that Closing a street takes more than one letter to each house"


def test_words_of_members_are_not_published_as_text_without_their_yes(told):
    row = posted(told.client, place(told.thread), f"I heard it. {LONG}.")
    edit = reverse("groups:edit_summary", args=[told.summary.public_id])
    summaries.remove_quote(quote=told.quote)
    given = {"title": "What we learned", "language": "en"}
    pasted = "We learned that closing a street, takes more than one LETTER to each house."
    summaries.rewrite(summary=told.summary, text=pasted, **given)
    refused = told.chairs.post(edit, {"do": "publish"})
    assert refused.status_code == 400
    assert "“that closing a street takes more than one …”" in refused.content.decode()
    assert not GroupSummary.objects.get(pk=told.summary.pk).published_at
    # With the author's yes to this text, or without so many of the words.
    quote = summaries.add_quote(summary=told.summary, comment=row, words="takes more than one letter")
    answer(told, "by-role", quote=quote)
    assert told.chairs.post(edit, {"do": "publish"}).status_code == 302
    summaries.take_back(summary=told.summary)
    summaries.remove_quote(quote=quote)
    assert told.chairs.post(edit, {"do": "publish"}).status_code == 400
    summaries.rewrite(summary=told.summary, text="One letter to each house is too little.", **given)
    assert told.chairs.post(edit, {"do": "publish"}).status_code == 302


def test_who_publishes_may_repeat_what_he_wrote_in_the_group(told):
    posted(told.chairs, place(told.thread), f"My draft. {LONG}.")
    summaries.remove_quote(quote=told.quote)
    summaries.rewrite(summary=told.summary, title="What we learned", text=LONG, language="en")
    with pytest.raises(Refused, match="unasked"):
        summaries.publish(summary=told.summary)
    summaries.publish(summary=told.summary, by=told.chair)
