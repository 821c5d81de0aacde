"""Erasing for good: the words are in no table and no output, the place, the reason and the record stay."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from community import services
from community.due_process import answering, outcomes, statements
from community.models import (
    Adoption,
    Appeal,
    CannedReply,
    Claim,
    CommentRevision,
    CommentState,
    LegalHold,
    ModerationDecision,
    ModeratorNote,
    PracticeEvidence,
    Quote,
    Reaction,
    Report,
    Sanction,
    State,
    WorkingGroup,
)
from community.moderation import authors, erasing, figures, holding, redaction, reversal
from community.personal import ledger, replaying
from community.personal.retention import purge
from community.refusals import Refused
from community.screening.trust import trusted_writer
from portal import outbox
from search.models import Document, Word
from tests.community.conftest import account, shown, signed_in
from tests.community.personal.scan import places

from .conftest import hidden, kept, reported, text_of, written

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/"
CANARY = "thylacine"
WORDS = (CANARY, "bandicoot", "numbat", "quokka", "potoroo", "bilby", "dunnart", "wombat", "echidna", "possum")


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.ERASURES_FILE = str(tmp_path / "erasures.jsonl")


def erased(row, moderator, **fields):
    return erasing.erase(public_id=row.public_id, moderator=moderator, **{"reason": "rule-1", **fields})


def said_everywhere(page, joanna, moderator):
    """A comment whose words stand in every table that hangs on it."""
    rita = account("rita", name="Rita")
    row = written(page, joanna, f"The {CANARY} of number nine did it, says everybody here.")
    kept(row, moderator, explanation="You wrote numbat, which is fine.")
    Report.objects.create(
        comment=row, reporter=rita, reason="rule-1", text="It says bandicoot.", law="quokka", nonce="n"
    )
    CommentRevision.objects.create(comment=row, text="Earlier potoroo.", language="en", replaced_at=timezone.now())
    ModeratorNote.objects.create(comment=row, made_by=moderator, text="Look at the bilby.")
    Reaction.objects.create(comment=row, user=rita, kind="concern", text="That dunnart again.")
    PracticeEvidence.objects.create(
        comment=row, act="tried", country="NL", organisation="police", outcome="failed", changed="wombat", known_by="x"
    )
    Adoption.objects.create(comment=row, page=page, note="The echidna.", adopted_by=moderator)
    group = WorkingGroup.objects.create(code="efus")
    summary = group.summaries.create(title="What we said", text="This and that.", language="en")
    Quote.objects.create(summary=summary, comment=row, text="So says the possum.", consent="named")
    old = row.decisions.order_by("-pk").first()
    Appeal.objects.create(
        decision=old, side="author", made_by=joanna, text="bilby!", answer="numbat.", language="en", nonce="a",
        outcome="rejected", answered_at=timezone.now(),
    )  # fmt: skip
    masked = redaction.apply(row, [redaction.Mask(4, 4 + len(CANARY), "name")])
    redaction.seal(masked, old)
    CommentState.objects.get(pk=row.pk).save()  # and into the search
    return CommentState.objects.get(pk=row.pk)


def test_the_words_are_in_no_table_afterwards(page, joanna, moderator):
    row = said_everywhere(page, joanna, moderator)
    outbox.drain()
    before = "\n".join(places(*WORDS))
    for word in WORDS:
        assert word in before, word  # else this test would look for nothing
    assert Word.objects.filter(word__startswith="everybody").exists()
    erased(row, moderator, explanation="Please keep to what you know yourself.")
    outbox.drain()
    assert not places(*WORDS, "everybody here")
    assert not Word.objects.filter(word__startswith="everybody").exists()
    assert not Document.objects.filter(body__icontains=CANARY).exists()
    assert not PracticeEvidence.objects.filter(comment=row).exists()


def test_the_words_are_in_no_output_afterwards(page, joanna, moderator, editor):
    row = written(page, joanna, f"The {CANARY} did it.")
    reply = written(page, account("rita", name="Rita"), "And what then?")
    CommentState.objects.filter(pk=reply.pk).update(parent=row, path=row.path_below(reply.comment_id))
    visitor, author, desk = Client(), signed_in(joanna), signed_in(moderator)
    urls = [page.url, reverse("community:site_feed"), reverse("community:feed", args=[page.translation_key])]
    assert all(CANARY in visitor.get(url).content.decode() for url in urls)
    erased(row, moderator)
    outbox.drain()
    urls += ["/en/search/?q=thylacine", "/accounts/", reverse("account_notices")]
    urls += [QUEUE, f"{QUEUE}?kind=decided", f"{QUEUE}log/", f"{QUEUE}{row.public_id}/"]
    for client in (visitor, author, desk, signed_in(editor)):
        for url in urls:
            body = client.get(url, follow=True).content.decode()
            assert "did it" not in body, url
            assert CANARY not in body or "?q=" in url, url
    html = shown(page)
    assert "And what then?" in html
    assert "Erased by a moderator. Rule 1: a suspect or an accusation." in html
    assert "Joanna" not in html
    assert not any(CANARY in letter.body + letter.subject for letter in mail.outbox)


def test_the_author_gets_the_reasons_and_the_reporter_the_outcome(page, joanna, moderator, second):
    row = written(page, joanna, f"The {CANARY} did it.")
    rita = account("rita", name="Rita")
    report = reported(row, rita)
    outbox.drain()
    mail.outbox.clear()
    decision = erased(row, moderator, explanation="No names, please.")
    outbox.drain()
    letters = {letter.to[0]: letter for letter in mail.outbox}
    told = letters["joanna@mail.example"]
    assert told.subject == "Your comment is erased"
    assert "No names, please." in told.body
    assert "a suspect or an accusation" in told.body
    assert "Rita" not in told.body
    assert "rita@mail.example" in letters
    assert outcomes.of(Report.objects.get(pk=report.pk)).headline == "Decided: the comment is erased"
    client = signed_in(joanna)
    assert "Your comment is erased" in client.get("/accounts/").content.decode()
    page_of_reasons = client.get(reverse("community:statement", args=[decision.pk])).content.decode()
    assert "Its words are deleted for good" in page_of_reasons
    assert "cannot be brought back" in page_of_reasons
    entry = ModelLogEntry.objects.filter(action="community.erased").get()
    assert entry.data == {"reason": "rule-1", "old": "published"}


def test_the_author_can_appeal_and_what_followed_ends_but_the_words_stay_gone(page, joanna, moderator, second):
    row = written(page, joanna, f"The {CANARY} did it.")
    client = signed_in(moderator)
    send(client, row, outcome="erased", reason="rule-1", sanction="warning", sure="1")
    sanction = Sanction.objects.get()
    decision = sanction.cause
    appeal = Appeal.objects.create(
        decision=decision, side="author", made_by=joanna, text="It was a film.", language="en", nonce="n"
    )
    with pytest.raises(Refused, match="own-decision"):
        answering.answer(appeal=appeal, moderator=moderator, outcome="upheld", text="Yes.")
    answering.answer(appeal=appeal, moderator=second, outcome="upheld", text="You are right.")
    sanction.refresh_from_db()
    assert sanction.lifted_by is not None
    row.refresh_from_db()
    assert (row.state, text_of(row)) == (State.ERASED, "")
    assert "who was wrong" in statements_of_thread(row)
    outbox.drain()
    assert mail.outbox[-1].subject == "Your appeal was upheld"


def statements_of_thread(row):
    from community.reading import Line

    return Line(CommentState.objects.get(pk=row.pk)).why_gone


def send(client, row, **data):
    seen = services.versions([row])[row.pk]
    return client.post(f"{QUEUE}{row.public_id}/", {"seen": seen, "words_kind": "other", **data}, follow=True)


def test_one_is_erased_after_a_question_that_says_that_it_cannot_be_undone(page, joanna, moderator):
    row, client = written(page, joanna, f"The {CANARY} did it."), signed_in(moderator)
    asked = send(client, row, outcome="erased", reason="rule-1", explanation="Keep to facts.")
    html = asked.content.decode()
    assert "Erase 1 comment for good" in html
    assert "This cannot be undone." in html
    assert CANARY not in html
    assert text_of(row)  # nothing yet
    for wrong in ("", "2", "yes"):
        send(client, row, outcome="erased", reason="rule-1", sure=wrong)
        assert text_of(row), wrong
    assert send(client, row, outcome="erased", reason="no-fault", sure="1").status_code == 400
    assert send(client, row, outcome="erased", reason="rule-1", words="did", sure="1").status_code == 400
    given = dict(hidden_fields(html))
    client.post(f"{QUEUE}{row.public_id}/", {**given, "sure": "1"})
    row.refresh_from_db()
    assert (row.state, text_of(row)) == (State.ERASED, "")
    assert row.decisions.order_by("-pk").first().text == "Keep to facts."
    after = client.get(f"{QUEUE}{row.public_id}/").content.decode()
    assert "Take the last decision back" not in after
    assert "There is nothing to decide any more" in after


def hidden_fields(html):
    import re

    return re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html.split("h-erase")[-1])


def test_looking_at_what_the_author_would_read_erases_nothing_and_writes_no_ledger(page, joanna, moderator, settings):
    from pathlib import Path

    row, client = written(page, joanna, f"The {CANARY} did it."), signed_in(moderator)
    html = send(client, row, outcome="erased", reason="rule-1", preview="1").content.decode()
    assert "Your comment is erased" in html
    assert text_of(row)
    assert not Path(settings.ERASURES_FILE).exists()


def test_many_are_erased_with_one_reason_and_what_cannot_be_is_named(page, joanna, moderator):
    rows = [written(page, joanna, f"The {CANARY} did it {number} times.") for number in range(3)]
    own = written(page, moderator, "Written by the moderator.")
    gone = written(page, joanna, "Taken back.")
    waits = written(page, joanna, "Somebody appeals about this.")
    ids = [f"{row.public_id}.{services.versions([row])[row.pk]}" for row in [*rows, own, gone, waits]]
    services.withdraw(row=gone, author=joanna)
    Appeal.objects.create(
        decision=hidden(waits, moderator), side="author", made_by=joanna, text="x", language="en", nonce="w"
    )
    ids[-1] = f"{waits.public_id}.{services.versions([waits])[waits.pk]}"
    CannedReply.objects.create(title="r", reason="rule-1", language="en", text="Write what you saw yourself.")
    client, data = signed_in(moderator), {"ids": ids, "outcome": "erased", "reason": "rule-1", "ready_text": "on"}
    html = client.post(QUEUE, data).content.decode()
    assert "Erase 6 comments for good" in html
    assert CommentState.objects.filter(state=State.ERASED).count() == 0
    said = client.post(QUEUE, {**data, "sure": "6"}, follow=True).content.decode()
    assert "3 comments decided" in said
    assert f"you wrote it yourself): {own.public_id}" in said
    assert f"an appeal about it waits for an answer): {waits.public_id}" in said
    assert gone.public_id in said
    assert set(CommentState.objects.filter(state=State.ERASED)) == set(rows)
    texts = ModerationDecision.objects.filter(new=State.ERASED).values_list("text", flat=True)
    assert set(texts) == {"Write what you saw yourself."}
    assert not places(CANARY)


def test_a_legal_hold_keeps_its_copy_and_the_desk_says_so(page, joanna, moderator):
    row = written(page, joanna, f"The {CANARY} did it.")
    until = timezone.now() + timedelta(days=30)
    holding.place(row=row, moderator=moderator, authority="Court", reference="12/2026", expires_at=until)
    client = signed_in(moderator)
    ids = f"{row.public_id}.{services.versions([row])[row.pk]}"
    data = {"ids": ids, "outcome": "erased", "reason": "rule-1"}
    assert "A legal hold keeps the sealed copy of 1 of them" in client.post(QUEUE, data).content.decode()
    said = client.post(QUEUE, {**data, "sure": "1"}, follow=True).content.decode()
    assert "A legal hold keeps the sealed copy of 1" in said
    outbox.drain()
    found = places(CANARY)
    assert len(found) == 1
    assert found[0].startswith("community_legalhold.sealed")
    html = client.get(f"{QUEUE}{row.public_id}/").content.decode()
    assert "the sealed copy stays until then" in html
    assert CANARY not in html
    purge(now=timezone.now() + timedelta(days=100))
    assert not places(CANARY)
    assert LegalHold.objects.exists()


def test_it_is_refused_where_a_decision_would_be_and_when_the_words_are_repeated(page, joanna, moderator, second):
    row = written(page, joanna, "The man of number nine stole every bicycle of the street.")
    rita = account("rita", name="Rita")
    for who, code in [(joanna, "forbidden"), (rita, "forbidden")]:
        with pytest.raises(Refused, match=code):
            erased(row, who)
    with pytest.raises(Refused, match="no-reason"):
        erased(row, moderator, reason="")
    with pytest.raises(Refused, match="no-reason"):
        erased(row, moderator, reason="no-fault")
    with pytest.raises(Refused, match="repeats-words"):
        erased(row, moderator, explanation="You say: “The MAN of number nine, stole” and so on.")
    with pytest.raises(Refused, match="decided-before"):
        erased(row, moderator, seen="1-old")
    Claim.objects.create(comment=row, holder=second, since=timezone.now(), until=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refused, match="claimed"):
        erased(row, moderator)
    Claim.objects.all().delete()
    own = written(page, moderator, "Mine.")
    with pytest.raises(Refused, match="own-comment"):
        erased(own, moderator)
    assert text_of(row)
    erased(row, moderator, explanation="Say what you saw, not who did it.")
    with pytest.raises(Refused, match="gone"):
        erased(row, moderator)


def test_a_moderator_of_a_group_erases_there_alone_and_the_site_not_within_it(page, joanna, moderator):
    from tests.community.groups.conftest import join, make_group, make_thread

    group = make_group()
    chair, member = account("carl", name="Carl"), account("vera", name="Vera")
    join(group, chair, "moderator")
    join(group, member)
    thread = make_thread(group)
    inside, outside = written(page, member, f"The {CANARY} is ours."), written(page, joanna, "In public.")
    CommentState.objects.filter(pk=inside.pk).update(thread=thread)
    for row, who in [(outside, chair), (inside, moderator)]:
        with pytest.raises(CommentState.DoesNotExist):
            erased(row, who)
        html = signed_in(who).post(
            QUEUE, {"ids": f"{row.public_id}.1", "outcome": "erased", "reason": "rule-1"}, follow=True
        )
        assert CANARY not in html.content.decode()
    erased(inside, chair)
    assert (text_of(inside), text_of(outside)) == ("", "In public.")


def test_an_erased_comment_comes_back_by_no_way(page, joanna, moderator):
    rows = [written(page, joanna, f"The {CANARY} did it {number} times.") for number in range(2)]
    batch = authors.hide_all(author=joanna, moderator=moderator, reason="rule-7").batch
    decision = erased(rows[0], moderator)
    assert not reversal.can_be_reversed(decision)
    with pytest.raises(Refused, match="gone"):
        reversal.reverse(decision=decision, moderator=moderator, reason="taken-back")
    outcome = authors.undo(batch=batch, moderator=moderator, reason="taken-back")
    assert outcome.done == [rows[1].public_id]
    assert {code.code for code in outcome.left.values()} == {"gone"}
    answer = signed_in(moderator).post(f"{QUEUE}{rows[0].public_id}/take-back/", {"text": "x"}, follow=True)
    assert "it is not there any more" in answer.content.decode()
    assert text_of(rows[0]) == ""


@pytest.mark.parametrize("who", ["chair", "guest"])
def test_an_erasure_that_is_refused_after_all_does_not_happen_at_night(page, joanna, moderator, who):
    """The form of a moderator of a group offers no consequences for the author, but anybody can send the field."""
    from community.groups import membership
    from community.personal.jobs import nightly
    from tests.community.groups.conftest import join, make_group, make_thread

    group, chair = make_group(), account("carl", name="Carl")
    join(group, chair, "chair")
    membership.settle_desk(chair)
    row = written(page, None if who == "guest" else joanna, "Words that stay.")
    if who == "chair":
        CommentState.objects.filter(pk=row.pk).update(thread=make_thread(group))
    seen = services.versions([row])[row.pk]
    data = {"outcome": "erased", "reason": "rule-1", "sanction": "warning", "sure": "1", "seen": seen}
    client = signed_in(chair if who == "chair" else moderator)
    assert client.post(f"{QUEUE}{row.public_id}/", data).status_code == 400
    assert ledger.lines(), "it was about to be erased, else this test proves nothing"
    nightly()
    assert text_of(row) == "Words that stay."
    assert not ModerationDecision.objects.filter(new=State.ERASED).exists()


def test_an_erasure_whose_end_the_process_did_not_live_to_note_counts(page, joanna, moderator):
    """The nightly run notes it, so that a backup which is restored later brings nothing back."""
    from django.db import transaction

    row = written(page, joanna, f"The {CANARY} did it.")
    point = transaction.savepoint()
    erased(row, moderator)
    assert [line["unsure"] for line in ledger.lines()] == [True]
    assert not replaying.replay()
    assert [line["unsure"] for line in ledger.lines()] == [False]
    transaction.savepoint_rollback(point)
    assert replaying.replay() == {"erased": 1}


def test_what_a_backup_brings_back_is_erased_again(page, joanna, moderator, django_capture_on_commit_callbacks):
    from django.db import transaction

    row = said_everywhere(page, joanna, moderator)
    point = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        erased(row, moderator)
    transaction.savepoint_rollback(point)
    assert places(*WORDS)
    assert replaying.replay()["erased"] == 1
    outbox.drain()
    assert not places(*WORDS)
    assert statements_of_thread(row) == "Erased by a moderator. Rule 1: a suspect or an accusation."
    assert replaying.replay()["erased"] == 0


def test_an_erased_comment_counts_against_its_author_and_in_the_figures(page, joanna, moderator, settings):
    settings.COMMUNITY_FIRST_COMMENTS_HELD = 1
    written(page, joanna, "A good one.")
    row = written(page, joanna, f"The {CANARY} did it.")
    assert not list(trusted_writer(draft_of(page, joanna)))
    decision = erased(row, moderator)
    assert [finding.code for finding in trusted_writer(draft_of(page, joanna))] == ["faults"]
    a_year_ago = timezone.now() - timedelta(days=366)
    ModerationDecision._base_manager.filter(pk=decision.pk).update(made_at=a_year_ago)
    found = {str(each.label): each.count for each in figures.figures(figures.year(a_year_ago.year))}
    assert found["Erased for good"] == 1


def draft_of(page, user):
    from community.screening import Draft

    user = User.objects.get(pk=user.pk)
    return Draft(
        page=page, thread=None, user=user, name=user.member.display_name, text="New.", language="en", nonce="x"
    )


def test_what_the_purge_erases_is_no_fault_and_is_told_as_what_it_is(page, joanna, moderator, settings):
    settings.COMMUNITY_FIRST_COMMENTS_HELD = 1
    written(page, joanna, "A good one.")
    row = written(page, joanna, f"The {CANARY} did it.")
    hidden(row, moderator)
    purge(now=timezone.now() + timedelta(days=91))
    assert statements_of_thread(row) == "Erased when its time was over"
    assert not list(trusted_writer(draft_of(page, joanna)))
    assert statements.titles([CommentState.objects.get(pk=row.pk)])  # the reasons of the moderator stay


def test_the_queue_asks_the_database_no_more_often_for_more_to_erase(page, joanna, moderator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(moderator), []
    for number in (2, 4):
        rows = [written(page, joanna, f"Number {number} {each}.") for each in range(number)]
        ids = [f"{row.public_id}.{services.versions([row])[row.pk]}" for row in rows]
        client.post(QUEUE, {"ids": ids, "outcome": "erased", "reason": "rule-1"})
        with CaptureQueriesContext(connection) as queries:
            client.post(QUEUE, {"ids": ids, "outcome": "erased", "reason": "rule-1"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
