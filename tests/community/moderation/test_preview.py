"""Before a decision is sent: what its author would read. And the queue, narrowed to one group."""

import pytest
from django.core import mail

from community.groups import membership
from community.models import Claim, CommentState, ModerationDecision, Redaction, Sanction, State
from portal.models import OutboxRow
from tests.community.conftest import account, posted, signed_in
from tests.community.groups.conftest import join, make_group, make_thread
from tests.community.groups.test_visibility import place

from .conftest import reported, written
from .test_desk import QUEUE, decide, one, page_of

pytestmark = pytest.mark.django_db


def test_the_preview_is_the_statement_in_the_authors_language_and_changes_nothing(page, joanna, moderator):
    joanna.member.language = "nl"
    joanna.member.save()
    row, client = written(page, joanna, "Ask Piet Jansen."), signed_in(moderator)
    reported(row, None, "rule-3")
    before = (ModerationDecision.objects.count(), OutboxRow.objects.count(), len(mail.outbox))
    given = {"outcome": "hidden", "reason": "rule-3", "explanation": "Over <b>Piet</b>.", "sanction": "silence-7"}
    answer = decide(client, row, **given, preview="1")
    html = answer.content.decode().partition('id="preview"')[2].partition("</section>")[0]
    assert answer.status_code == 200
    assert "verborgen" in html
    assert "Over &lt;b&gt;Piet&lt;/b&gt;." in html
    assert 'lang="nl"' in html
    assert 'value="silence-7" selected' in answer.content.decode()  # what was chosen stays
    assert (ModerationDecision.objects.count(), OutboxRow.objects.count(), len(mail.outbox)) == before
    assert CommentState.objects.get().state == State.PUBLISHED
    assert not Sanction.objects.exists()
    assert not Redaction.objects.exists()
    assert not Claim.objects.exists()
    decide(client, row, **given)
    assert CommentState.objects.get().state == State.HIDDEN


def test_where_nothing_is_taken_or_nobody_is_told_the_preview_says_so(page, joanna, moderator):
    client = signed_in(moderator)
    kept = written(page, joanna, "Fine words.", held_for="links")
    html = decide(client, kept, outcome="published", reason="no-fault", preview="1").content.decode()
    assert "nothing is taken from the author" in html
    guest = written(page, None, "A visitor wrote.", held_for="visitor")
    html = decide(client, guest, outcome="hidden", reason="rule-1", preview="1").content.decode()
    assert "written without an account" in html


def test_a_preview_meets_the_same_refusals(page, joanna, moderator):
    row, client = written(page, joanna, "Words."), signed_in(moderator)
    assert decide(client, row, outcome="hidden", reason="", preview="1").status_code == 400
    assert decide(client, row, outcome="hidden", reason="rule-1", seen="0-x", preview="1").status_code == 400
    own = written(page, moderator, "My own.")
    assert decide(client, own, outcome="hidden", reason="rule-1", preview="1").status_code == 400


def test_the_queue_is_narrowed_to_one_group(page, joanna, moderator):
    group = make_group("nights", "readable", "Night shifts")
    closed = make_group("closed", "private", "Closed circle")
    ann = account("ann", name="Ann")
    for each in (group, closed):
        join(each, ann)
    inside = posted(signed_in(ann), place(make_thread(group)), "Said at night.")
    hidden = posted(signed_in(ann), place(make_thread(closed)), "Said in secret.")
    outside = written(page, joanna, "Said by day.", held_for="links")
    for row in (inside, hidden):
        reported(row, None, "rule-5")
    client = signed_in(moderator)
    for query, there, gone in [("group=nights", inside, outside), ("group=-", outside, inside)]:
        html = page_of(client, f"{QUEUE}?{query}")
        assert one(there) in html
        assert one(gone) not in html
    html = page_of(client, f"{QUEUE}?group=closed")  # as for a group that does not exist
    assert "Closed circle" not in html
    assert one(hidden) not in html
    assert page_of(client, QUEUE).count("Night shifts")


def test_who_moderates_no_group_chooses_none(page, moderator):
    group = make_group("closed", "private", "Closed circle")
    chair = account("carl", name="Carl")
    join(group, chair, "chair")
    membership.settle_desk(chair)
    assert 'name="group"' not in page_of(signed_in(moderator), QUEUE)
    html = page_of(signed_in(chair), QUEUE)
    assert "Closed circle" in html
