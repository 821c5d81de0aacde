"""Appeals of authors and reporters: once, in time, decided by another person, with an answer, and fully undone."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from community import services
from community.desk import kinds
from community.due_process import access, answering, appealing
from community.models import (
    Appeal,
    CommentState,
    ModerationDecision,
    Reaction,
    Report,
    Sanction,
    State,
)
from community.moderation import branches, redaction, sanctions
from community.refusals import Refused

from ..conftest import account, posted, shown, signed_in
from ..groups.conftest import join, make_group, make_thread
from .conftest import decide, letter_to, letters, notice, posted_earlier, report, token_for, url_of, whole, words

pytestmark = pytest.mark.django_db
JOANNA = "joanna@mail.example"
APPEALS = "/admin/comments/appeals/"


def appeal(decision, client, text="I named nobody.", **fields):
    data = {"text": text, "token": token_for(f"appeal {decision.pk}"), "website": "", **fields}
    return client.post(url_of("author_appeal", decision.pk), data)


def appeal_as_reporter(made, client=None, text="It names my brother.", **fields):
    from community.due_process import links

    data = {"text": text, "token": token_for(f"appeal {made.number}"), "website": "", **fields}
    return (client or Client()).post(links.status_path(made, "reporter_appeal"), data)


def answer(found, moderator, outcome="upheld", text="We looked again: no person can be told from it.", **fields):
    return signed_in(moderator).post(f"{APPEALS}{found.pk}/", {"outcome": outcome, "text": text, **fields}, follow=True)


@pytest.fixture
def hidden(row, moderator):
    return decide(row, moderator)


@pytest.fixture
def kept(row, moderator):
    """A notice of a comment that a moderator kept; the report."""
    notice(row)
    decide(row, moderator, new=State.PUBLISHED, reason="no-fault")
    letters()
    return Report.objects.get()


def test_an_author_appeals_and_another_moderator_takes_the_decision_back(hidden, row, joanna, second, page):
    client = signed_in(joanna)
    assert appeal(hidden, client).status_code == 302
    found = Appeal.objects.get()
    assert (found.side, found.made_by, found.decision) == ("author", joanna, hidden)
    waiting = words(client.get(url_of("statement", hidden.pk)))
    assert "waits for another moderator" in waiting
    desk = signed_in(second)
    assert "I named nobody." in desk.get(APPEALS).content.decode()
    one = desk.get(f"{APPEALS}{found.pk}/").content.decode()
    for part in ["I named nobody.", "The baker of the third street", "Mo de Groot"]:
        assert part in one, part
    letters()
    assert answer(found, second).status_code == 200
    row.refresh_from_db()
    found.refresh_from_db()
    assert row.state == State.PUBLISHED
    assert (found.outcome, found.answered_by, found.reversal.undoes) == ("upheld", second, hidden)
    assert "The baker of the third street" in shown(page)
    letter = letter_to(JOANNA)
    assert letter.subject == "Your appeal was upheld"
    assert "no person can be told from it" in letter.body
    assert "Ann de Wit" not in whole(letter)
    read = words(client.get(url_of("statement", hidden.pk)))
    assert "no person can be told from it" in read
    assert "This decision has been taken back." in read


def test_a_rejected_appeal_is_answered_with_reasons_and_changes_nothing(hidden, row, joanna, second):
    client = signed_in(joanna)
    appeal(hidden, client)
    letters()
    answer(Appeal.objects.get(), second, "rejected", "The trade and the street name him.")
    row.refresh_from_db()
    assert row.state == State.HIDDEN
    letter = letter_to(JOANNA)
    assert letter.subject == "Your appeal was rejected"
    assert "The trade and the street name him." in letter.body
    assert "court" in letter.body
    assert not ModerationDecision.objects.exclude(undoes=None).exists()


def test_an_answer_without_reasons_is_refused_and_nothing_typed_is_lost(hidden, row, joanna, second):
    appeal(hidden, signed_in(joanna))
    found = Appeal.objects.get()
    for text in ["", "   ", "\u200b"]:
        assert answer(found, second, text=text).status_code == 400
    assert answer(found, second, "", "Typed words.").status_code == 400
    assert "Typed words." in answer(found, second, "made-up", "Typed words.").content.decode()
    with pytest.raises(Refused):
        answering.answer(appeal=found, moderator=second, outcome="upheld", text=" ")
    row.refresh_from_db()
    assert row.state == State.HIDDEN
    assert not Appeal.objects.exclude(outcome="").exists()


def test_nobody_answers_an_appeal_in_an_own_case(hidden, row, moderator, joanna, second):
    """Not who decided, who wrote, or who reported; and none of it by the service alone."""
    joanna.groups.set(moderator.groups.all())
    reporter = account("rep", name="Rep", groups=["Moderators"])
    report(row, signed_in(reporter))
    Report.objects.create(comment=row, reporter=reporter, reason="rule-1", nonce="own", decision=hidden)
    appeal(hidden, signed_in(joanna))
    found = Appeal.objects.get()
    for who in [moderator, joanna, reporter]:
        html = answer(found, who).content.decode()
        assert "Not yours to decide" in html, who
        with pytest.raises(Refused):
            answering.answer(appeal=found, moderator=who, outcome="rejected", text="No.")
    assert not Appeal.objects.exclude(outcome="").exists()
    answer(found, second, "rejected")
    assert Appeal.objects.get().outcome == "rejected"


def test_whoever_made_the_first_of_two_decisions_does_not_answer_the_appeal_against_the_second(
    kept, row, moderator, second, joanna
):
    third = account("third", name="Third", groups=["Moderators"])
    appeal_as_reporter(kept)
    answer(Appeal.objects.get(), second, reason="rule-1")  # hides
    hide = ModerationDecision.objects.latest("pk")
    appeal(hide, signed_in(joanna))
    found = Appeal.objects.get(side="author")
    assert answering.refusal(second, found) == "own-decision"
    answer(found, third)
    back = ModerationDecision.objects.latest("pk")
    assert back.undoes == hide
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    # the reporter appealed already, and reads how it went on
    assert appeal_as_reporter(kept).status_code == 403
    from community.due_process import links

    assert "Decided: the comment stays" in words(Client().get(links.status_path(kept)))


def test_each_side_appeals_once(hidden, row, joanna, second):
    client = signed_in(joanna)
    appeal(hidden, client)
    again = appeal(hidden, client, text="And another thing.")
    assert again.status_code == 403
    assert "You have appealed already." in words(again)
    assert "And another thing." in again.content.decode()
    answer(Appeal.objects.get(), second, "rejected")
    assert appeal(hidden, client).status_code == 403
    assert Appeal.objects.count() == 1


def test_the_same_appeal_sent_twice_is_one(hidden, joanna):
    token = token_for(f"appeal {hidden.pk}")
    client = signed_in(joanna)
    assert [appeal(hidden, client, token=token).status_code for _time in range(2)] == [302, 302]
    assert Appeal.objects.count() == 1


def test_the_constraint_stops_two_at_the_same_moment(hidden, joanna):
    appealing.of_author(decision=hidden, author=joanna, text="One.", nonce="one")
    late = Appeal(decision=hidden, side="author", made_by=joanna, text="Two.", nonce="two")
    with pytest.raises(Refused) as refused:
        appealing._keep(late, lambda: "")
    assert refused.value.code == "appealed-before"


@pytest.mark.parametrize(("days", "status"), [(184, 302), (185, 403)])
def test_an_appeal_is_taken_for_six_months(hidden, joanna, days, status):
    made = timezone.now() - datetime.timedelta(days=days)
    ModerationDecision._base_manager.filter(pk=hidden.pk).update(made_at=made)
    client = signed_in(joanna)
    assert appeal(hidden, client).status_code == status
    assert ("author_appeal" in str(client.get(url_of("statement", hidden.pk)).content)) is False
    if status == 403:
        assert "/appeal/" not in client.get(url_of("statement", hidden.pk)).content.decode()


def test_a_stranger_and_the_reporter_cannot_appeal_against_what_was_hidden(hidden, row, rita):
    assert appeal(hidden, signed_in(rita)).status_code == 404
    assert appeal(hidden, Client()).status_code == 403  # what was written comes back
    made = Report.objects.create(comment=row, reporter=rita, reason="rule-1", nonce="r", decision=hidden)
    refused = appeal_as_reporter(made)
    assert refused.status_code == 403
    assert "nothing here to appeal against" in words(refused)
    assert not Appeal.objects.exists()


def test_an_author_cannot_appeal_against_a_hold_or_what_was_kept_or_taken_back(page, row, moderator, joanna):
    held = services.change(row, State.HELD, reason="phone")
    client = signed_in(joanna)
    assert appeal(held, client).status_code == 403
    kept = decide(row, moderator, new=State.PUBLISHED, reason="no-fault")
    assert appeal(kept, client).status_code == 404
    hide = decide(row, moderator)
    decide(row, moderator, new=State.PUBLISHED, reason="no-fault")
    assert "taken back already" in words(appeal(hide, client))
    assert not Appeal.objects.exists()


def test_a_reporter_appeals_by_the_link_alone_and_the_comment_is_hidden(kept, row, second, joanna, page):
    assert appeal_as_reporter(kept).status_code == 302
    found = Appeal.objects.get()
    assert (found.side, found.report, found.made_by) == ("reporter", kept, None)
    refused = answer(found, second)  # without the rule
    assert refused.status_code == 400
    answer(found, second, reason="rule-1", explanation="A trade and a street are enough.")
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.HIDDEN, "rule-1")
    sent = {letter.to[0]: letter for letter in letters()}
    assert set(sent) == {"nora@mail.example", JOANNA}
    assert "The comment is hidden." in sent["nora@mail.example"].body
    assert "A trade and a street are enough." not in whole(sent["nora@mail.example"])
    assert "A trade and a street are enough." in sent[JOANNA].body
    assert "no person can be told" not in whole(sent[JOANNA])
    assert "Nora" not in whole(sent[JOANNA])
    assert "names my brother" not in whole(sent[JOANNA])


def test_a_rejected_appeal_of_a_reporter_leaves_the_comment_and_tells_the_author_nothing(kept, row, second):
    appeal_as_reporter(kept)
    answer(Appeal.objects.get(), second, "rejected")
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    assert [letter.to for letter in letters()] == [["nora@mail.example"]]


def test_other_reporters_of_what_was_kept_are_told_when_it_is_hidden_after_all(kept, row, rita, second):
    Report.objects.create(comment=row, reporter=rita, reason="rule-1", nonce="r", decision=kept.decision, language="en")
    appeal_as_reporter(kept)
    answer(Appeal.objects.get(), second, reason="rule-1")
    sent = {letter.to[0]: letter.body for letter in letters()}
    assert "After a second look the comment was hidden." in sent["rita@mail.example"]


def test_upheld_undoes_all_that_followed_and_nothing_else(page, row, moderator, second, joanna, rita):
    answers = [posted(signed_in(rita), page, f"Answer {number}.", parent=row) for number in range(2)]
    held = posted(signed_in(rita), page, "Call 020 123 4567.", parent=row, do="insist")
    apart = posted(signed_in(rita), page, "Answer on its own fault.", parent=row)
    elsewhere = posted(signed_in(joanna), page, "Another comment of the author.")
    Reaction.objects.create(comment=row, user=rita, kind="useful")
    CommentState.objects.filter(pk=row.pk).update(useful=1)
    before = decide(elsewhere, moderator, reason="rule-7")
    other_silence = sanctions.impose(decision=before, moderator=moderator, kind=Sanction.Kind.SILENCE, days=3)
    decide(apart, moderator, reason="rule-5")
    count_before = CommentState.objects.published().count()

    batch = uuid.uuid4()
    decision = decide(row, moderator, batch=batch)
    branches.hide_answers(decision=decision, moderator=moderator, batch=batch)
    silence = sanctions.impose(decision=decision, moderator=moderator, kind=Sanction.Kind.SILENCE, days=7)
    assert not CommentState.objects.published().filter(thread=row.thread, path__startswith=row.path).exists()
    appeal(decision, signed_in(joanna))
    answer(Appeal.objects.get(), second)

    states = {each.pk: each.state for each in CommentState.objects.all()}
    assert states[row.pk] == State.PUBLISHED
    assert [states[each.pk] for each in answers] == [State.PUBLISHED] * 2
    assert states[held.pk] == State.HELD  # as it was
    assert states[apart.pk] == State.HIDDEN  # decided by itself
    assert states[elsewhere.pk] == State.HIDDEN
    for each in [silence, other_silence]:
        each.refresh_from_db()
    assert silence.lifted_by.undoes == decision
    assert other_silence.lifted_by is None
    assert CommentState.objects.published().count() == count_before
    row.refresh_from_db()
    assert row.useful == 1
    assert "Answer 0." in shown(page)
    assert "Answer on its own fault." not in shown(page)


def test_upheld_puts_masked_words_back_while_they_are_sealed(row, moderator, second, joanna, page):
    mask = redaction.everywhere("The baker of the third street did it.", "baker", "name")
    decision = decide(row, moderator, new=State.PUBLISHED, reason="rule-3", masks=mask)
    assert "baker" not in shown(page)
    appeal(decision, signed_in(joanna))
    answer(Appeal.objects.get(), second)
    assert "The baker of the third street did it." in shown(page)


def test_upheld_still_ends_the_silence_when_the_words_are_gone_for_good(row, moderator, second, joanna, page):
    mask = redaction.everywhere("The baker of the third street did it.", "baker", "name")
    decision = decide(row, moderator, new=State.PUBLISHED, reason="rule-3", masks=mask)
    silence = sanctions.impose(decision=decision, moderator=moderator, kind=Sanction.Kind.SILENCE, days=7)
    redaction.forget(row)
    appeal(decision, signed_in(joanna))
    answer(Appeal.objects.get(), second)
    silence.refresh_from_db()
    assert silence.lifted_by is not None
    assert "baker" not in shown(page)


def test_upheld_after_the_comment_was_withdrawn_lifts_the_silence_and_brings_no_words_back(
    row, moderator, second, joanna, page
):
    decision = decide(row, moderator)
    silence = sanctions.impose(decision=decision, moderator=moderator, kind=Sanction.Kind.SILENCE, days=7)
    services.withdraw(row=row, author=joanna)
    appeal(decision, signed_in(joanna))
    answer(Appeal.objects.get(), second)
    row.refresh_from_db()
    silence.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert silence.lifted_by is not None
    assert "baker" not in shown(page)


def test_what_was_hidden_again_on_another_ground_since_stays_hidden(row, moderator, second, joanna):
    first = decide(row, moderator, reason="rule-3")
    appeal(first, signed_in(joanna))
    services.change(row, State.PUBLISHED, made_by=moderator, reason="no-fault")
    decide(row, moderator, reason="law")
    answer(Appeal.objects.get(), second)
    row.refresh_from_db()
    assert row.state == State.HIDDEN


def test_two_moderators_who_answer_at_once_give_one_answer(hidden, joanna, second):
    appeal(hidden, signed_in(joanna))
    found = Appeal.objects.get()
    answer(found, second, "rejected", "The first answer.")
    third = account("third", name="Third", groups=["Moderators"])
    with pytest.raises(Refused) as refused:
        answering.answer(appeal=found, moderator=third, outcome="upheld", text="The second answer.")
    assert refused.value.code == "decided-before"
    assert Appeal.objects.get().answer == "The first answer."


def test_the_desk_counts_the_appeals_that_wait(hidden, joanna, second):
    def counted():
        return next(kind.summary(second).total for kind in kinds.for_user(second) if kind.code == "appeals")

    assert counted() == 0
    appeal(hidden, signed_in(joanna))
    assert counted() == 1
    assert APPEALS in signed_in(second).get("/admin/comments/").content.decode()
    answer(Appeal.objects.get(), second, "rejected")
    assert counted() == 0
    assert "The trade" not in signed_in(second).get(APPEALS).content.decode()
    assert "I named nobody." in signed_in(second).get(APPEALS + "?show=answered").content.decode()


def test_editors_and_moderators_of_other_groups_neither_see_nor_answer(hidden, joanna, editor, second):
    from types import SimpleNamespace

    group = make_group(title="Quiet circle")
    ann, chair = account("ann2", name="Ann"), account("carl", name="Carl")
    join(group, ann)
    join(group, chair, "chair")
    thread = make_thread(group, title="Secret agenda")
    inside = posted(signed_in(ann), SimpleNamespace(translation_key=thread.translation_key), "Words of the circle.")
    in_group = decide(inside, chair)
    appeal(hidden, signed_in(joanna))
    appeal(in_group, signed_in(ann))
    outer, inner = Appeal.objects.get(decision=hidden), Appeal.objects.get(decision=in_group)
    assert set(access.appeals_for(chair)) == {inner}
    assert inner not in access.appeals_for(second)
    for who, found in [(second, inner), (chair, outer)]:
        assert signed_in(who).get(f"{APPEALS}{found.pk}/").status_code in {302, 404}
        with pytest.raises(Refused):
            answering.answer(appeal=found, moderator=who, outcome="rejected", text="No.")
    html = signed_in(editor).get(APPEALS, follow=True).content.decode()
    assert "I named nobody." not in html
    assert "Words of the circle" not in signed_in(second).get(APPEALS).content.decode()


def test_the_list_of_appeals_takes_as_many_queries_for_many(page, moderator, second, joanna):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, desk, counts = signed_in(joanna), signed_in(second), []
    for batch in range(2):
        for number in range(3):
            decision = decide(posted_earlier(client, page, f"Comment {batch} {number}."), moderator)
            appealing.of_author(decision=decision, author=joanna, text="Why?", nonce=f"{batch}{number}")
        desk.get(APPEALS)
        with CaptureQueriesContext(connection) as captured:
            desk.get(APPEALS)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_get_changes_nothing(hidden, joanna, second, row):
    client = signed_in(joanna)
    assert client.get(url_of("author_appeal", hidden.pk)).status_code == 200
    assert not Appeal.objects.exists()
    appeal(hidden, client)
    found = Appeal.objects.get()
    signed_in(second).get(f"{APPEALS}{found.pk}/?outcome=upheld&text=x")
    found.refresh_from_db()
    assert found.outcome == ""
