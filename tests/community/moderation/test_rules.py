"""The rules of a fair desk, kept by the services whatever form asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community import services
from community.models import (
    Claim,
    CommentState,
    LegalHold,
    ModerationAct,
    ModerationDecision,
    ModeratorNote,
    Redaction,
    Report,
    Sanction,
    State,
)
from community.moderation import authors, claims, holding, redaction, reports, reversal, sanctions
from community.moderation.conflicts import conflict
from community.refusals import Refused, said
from tests.community.conftest import account, shown, signed_in

from .conftest import hidden, kept, old_account, reported, text_of, written

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


# Conflict of interest, reason, order


def test_nobody_decides_on_an_own_comment_an_own_report_or_the_appeal_against_an_own_decision(page, moderator, second):
    mine = written(page, moderator)
    for new in [State.HIDDEN, State.PUBLISHED]:
        with refused("own-comment"):
            services.decide(public_id=mine.public_id, moderator=moderator, new=new, reason="rule-1")
    other = written(page, second, "Other words.")
    report = reported(other, moderator)
    with refused("own-report"):
        hidden(other, moderator)
    assert conflict(moderator, report=report) == "own-report"
    third = written(page, name="Visitor", text="Third words.", held_for="visitor")
    decision = hidden(third, moderator)
    assert conflict(moderator, decision=decision) == "own-decision"
    assert conflict(second, decision=decision) == ""
    kept(other, account("third", groups=["Moderators"]))
    assert conflict(moderator, comment=other) == "own-report"  # a report that is closed is still his


def test_no_decision_without_a_reason_and_none_by_somebody_without_the_right(page, joanna, moderator, editor):
    row = written(page, joanna)
    with refused("no-reason"):
        hidden(row, moderator, reason="")
    for user in [editor, joanna]:
        with refused("forbidden"):
            hidden(row, user)
    assert ModerationDecision.objects.count() == 1


def test_whoever_comes_second_is_told_by_whom_it_was_decided_even_where_the_state_is_the_same(
    page, joanna, moderator, second
):
    row = written(page, joanna)
    seen = services.versions([row])[row.pk]
    kept(row, moderator)
    with refused("decided-before") as refusal:
        hidden(row, second, seen=seen)
    assert said(refusal.value) == "already decided by Mo de Groot"
    row.refresh_from_db()
    assert row.state == State.PUBLISHED


def test_a_changed_text_is_another_version(page, joanna, moderator):
    from community.threads.editing import edit_comment

    row = written(page, joanna)
    seen = services.versions([row])[row.pk]
    edit_comment(row=row, new_text="Quite other words.", language="en", findings=[])
    with refused("decided-before"):
        kept(row, moderator, seen=seen)


# Claims


def test_a_claim_keeps_others_out_until_its_time_is_over(page, joanna, moderator, second):
    row = written(page, joanna)
    claims.take(row=row, user=moderator)
    claims.take(row=row, user=moderator)  # keeps it for longer, and is one line of the log
    assert ModerationAct.objects.filter(kind="claimed").count() == 1
    for change in (lambda: claims.take(row=row, user=second), lambda: hidden(row, second)):
        with refused("claimed") as refusal:
            change()
        assert "Mo de Groot" in said(refusal.value)
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    hidden(row, second)
    assert not Claim.objects.exists()


def test_a_comment_is_handed_over_only_to_somebody_who_can_decide(page, joanna, moderator, second, editor):
    row = written(page, second)
    for nobody in [second, editor, moderator, joanna]:
        with refused("not-theirs"):
            claims.hand_over(row=row, user=moderator, to=nobody, note="Please.")
    third = account("third", groups=["Moderators"])
    claims.hand_over(row=row, user=moderator, to=third, note="You read Dutch.")
    assert Claim.objects.get().holder == third
    assert ModeratorNote.objects.get().handed_to == third


def test_the_author_hands_over_what_he_may_not_decide(page, moderator, second):
    row = written(page, moderator)
    claims.hand_over(row=row, user=moderator, to=second, note="It is mine.")
    assert Claim.objects.get().holder == second


# Redaction


TEXT = "Ring Piet on 06 12345678, or Piet again, on 06 12345678."


def masked_comment(page, author, moderator, language="en"):
    row = written(page, author, TEXT, language=language)
    masks = redaction.everywhere(TEXT, "06 12345678", "phone") + redaction.everywhere(TEXT, "Piet", "name")
    return row, kept(row, moderator, reason="rule-3", masks=masks)


def test_masked_words_are_gone_for_readers_and_search_each_time_they_stand_there(page, joanna, moderator):
    row, decision = masked_comment(page, joanna, moderator)
    instead = "[telephone number removed by a moderator]"
    expected = f"Ring [name removed by a moderator] on {instead}, or [name removed by a moderator] again, on {instead}."
    assert text_of(row) == expected
    html = shown(page)
    assert "Piet" not in html
    assert "12345678" not in html
    assert instead in html
    sealed = Redaction.objects.get()
    assert (sealed.original, sealed.decision) == (TEXT, decision)
    assert "Piet" not in str(sealed.spans)
    from django.test import Client

    assert "12345678" not in Client().get("/en/search/?q=Ring").content.decode()


def test_readers_see_why_in_the_language_of_the_comment(page, joanna, moderator):
    from django.utils import translation

    row, _decision = masked_comment(page, joanna, moderator, language="nl")
    with translation.override("nl"):
        assert str(redaction.KINDS["phone"][1]) in text_of(row)


def test_places_outside_the_text_are_refused_and_change_nothing(page, joanna, moderator):
    row = written(page, joanna, "Short.")
    for mask in [(0, 99, "phone"), (3, 3, "phone"), (-1, 2, "phone"), (0, 2, "made-up")]:
        with refused("no-such-words"):
            kept(row, moderator, reason="rule-3", masks=[redaction.Mask(*mask)])
    assert text_of(row) == "Short."
    assert not Redaction.objects.exists()


def test_places_that_overlap_are_one():
    masks = [redaction.Mask(5, 9, "phone"), redaction.Mask(0, 6, "name"), redaction.Mask(9, 10, "other")]
    assert redaction.merged(masks) == [redaction.Mask(0, 9, "name"), redaction.Mask(9, 10, "other")]


def test_a_reversal_puts_the_words_back_while_they_are_sealed_and_not_later(page, joanna, moderator):
    row, decision = masked_comment(page, joanna, moderator)
    reversal.reverse(decision=decision, moderator=moderator, reason="taken-back")
    assert text_of(row) == TEXT
    row.refresh_from_db()
    again = kept(row, moderator, reason="rule-3", masks=[redaction.Mask(0, 4, "other")])
    Redaction.objects.update(original="", purged_at=timezone.now())
    with refused("purged"):
        reversal.reverse(decision=again, moderator=moderator, reason="taken-back")


def test_withdrawing_or_erasing_takes_the_sealed_original_along(page, joanna, moderator):
    row, _decision = masked_comment(page, joanna, moderator)
    services.withdraw(row=row, author=joanna)
    assert Redaction.objects.get().original == ""


# Reviewed and kept; reports of many


def test_what_was_read_and_kept_is_not_reported_again_on_that_ground_unless_it_changes(page, joanna, moderator):
    row = written(page, joanna)
    reported(row, old_account("one"))
    kept(row, moderator)
    assert Report.objects.get().decision.reason == "no-fault"
    with refused("kept-before"):
        reported(row, old_account("two"))
    for reason in ["rule-5", "law", "about-me"]:
        reported(row, old_account(f"by-{reason}"), reason)
    row.refresh_from_db()
    kept(row, moderator)
    reported(row, old_account("three"), "law")  # the law asks for each of these to be read
    CommentState.objects.filter(pk=row.pk).update(edited_at=timezone.now())
    reported(row, old_account("four"))


def test_several_people_have_a_comment_held_and_it_is_read_by_a_person_then(page, joanna, moderator):
    row = written(page, joanna)
    for number in range(2):
        reported(row, old_account(f"n{number}"))
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    reported(row, old_account("n3"))
    row.refresh_from_db()
    assert (row.state, row.held_for) == (State.HELD, ["reports"])
    made = row.decisions.last()
    assert (made.automated, made.old, made.new, made.reason) == (True, "published", "held", "reports")
    assert "Words." not in shown(page)
    kept(row, moderator)
    assert "Words." in shown(page)


def test_brigading_holds_nothing(page, joanna, moderator):
    row = written(page, joanna)
    for number in range(10):
        reported(row, account(f"new{number}"), "law")  # made today
    loud = old_account("loud")
    for _time in range(50):
        reported(row, loud, "law")
    for _time in range(10):
        reported(row, None, "law")  # visitors cannot be told apart
    reported(row, joanna, "law")  # the author himself
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    assert reports.weight(row) == 1.0


def test_who_was_right_before_weighs_more_and_who_was_wrong_less(page, joanna, moderator):
    right, wrong = old_account("right"), old_account("wrong")
    for number in range(3):
        bad, good = written(page, joanna, f"Bad {number}."), written(page, joanna, f"Good {number}.")
        reported(bad, right)
        reported(good, wrong)
        hidden(bad, moderator)
        kept(good, moderator)
    row = written(page, joanna, "The one.")
    reported(row, wrong)
    assert reports.weight(row) == pytest.approx(0.25)
    reported(row, right)
    assert reports.weight(row) == pytest.approx(2.25)


# Sanctions


def test_a_sanction_hangs_on_its_decision_and_is_lifted_by_its_reversal_alone(page, joanna, moderator, second):
    first, other = written(page, joanna, "First."), written(page, joanna, "Other.")
    cause, unrelated = hidden(first, moderator), hidden(other, moderator)
    sanctions.impose(decision=cause, moderator=moderator, kind=Sanction.Kind.SILENCE, days=7)
    assert sanctions.blocking(joanna)
    reversal.reverse(decision=unrelated, moderator=second, reason="taken-back")
    assert sanctions.blocking(joanna)
    back = kept(first, second)  # published again by an ordinary decision: a reversal as well
    assert Sanction.objects.get().lifted_by == back
    assert sanctions.blocking(joanna) is None
    assert back.undoes == cause


def test_who_is_silenced_cannot_write_or_react_and_can_when_it_is_over(page, joanna, moderator, second):
    from community.threads.reacting import react
    from tests.community.conftest import send, signed_in

    liked = written(page, second, "Something useful.")
    cause = hidden(written(page, joanna), moderator)
    sanctions.impose(decision=cause, moderator=moderator, kind=Sanction.Kind.SILENCE, days=1)
    answer = send(signed_in(joanna), page, "I write anyway.")
    assert answer.status_code == 400
    assert "You cannot write here until" in answer.content.decode()
    assert "I write anyway." in answer.content.decode()  # the text is not lost
    with refused("silenced"):
        react(row=liked, user=joanna, kind="useful")
    Sanction.objects.update(until=timezone.now())
    react(row=liked, user=joanna, kind="useful")


def test_a_sanction_needs_an_account_a_fault_an_end_and_somebody_who_may(page, joanna, moderator, second):
    visitor = hidden(written(page, held_for="visitor"), moderator)
    fine = kept(written(page, joanna, "Fine."), moderator)
    cause = hidden(written(page, joanna, "Bad."), moderator)
    silence = Sanction.Kind.SILENCE
    for decision, days, code in [
        (visitor, 1, "no-account"),
        (fine, 1, "no-fault"),
        (cause, None, "no-end"),
        (cause, 400, "no-end"),
    ]:
        with refused(code):
            sanctions.impose(decision=decision, moderator=moderator, kind=silence, days=days)
    with refused("forbidden"):
        sanctions.impose(decision=cause, moderator=joanna, kind=silence, days=1)
    sanctions.impose(decision=cause, moderator=moderator, kind=Sanction.Kind.WARNING)
    assert sanctions.blocking(joanna) is None
    with refused("decided-before"):
        sanctions.impose(decision=cause, moderator=second, kind=Sanction.Kind.SUSPENSION)


def test_a_suspended_account_signs_in_and_has_no_closed_groups(page, joanna, moderator):
    from community.models import Membership
    from tests.community.conftest import signed_in

    cause = hidden(written(page, joanna), moderator)
    sanctions.impose(decision=cause, moderator=moderator, kind=Sanction.Kind.SUSPENSION)
    assert signed_in(joanna).get("/accounts/").status_code == 200
    assert "sanction" in str(Membership.objects.of(joanna).query)


# Hide all, and back


def test_all_of_an_author_is_hidden_in_one_go_and_undone_as_it_was(page, joanna, moderator, second):
    public, held = written(page, joanna, "Public."), written(page, joanna, "Held.", held_for="links")
    before = written(page, joanna, "Hidden before.")
    hidden(before, second)
    other = written(page, second, "Somebody else.")
    reported(public, old_account("reporter"))
    outcome = authors.hide_all(author=joanna, moderator=moderator, reason="rule-7")
    assert sorted(outcome.done) == sorted([public.public_id, held.public_id])
    assert "Public." not in shown(page)
    since = CommentState.objects.get(pk=held.pk)
    kept(since, second)  # decided on meanwhile: stays as it is
    undone = authors.undo(batch=outcome.batch, moderator=moderator, reason="taken-back")
    assert undone.done == [public.public_id]
    assert list(undone.left) == [held.public_id]
    states = dict(CommentState.objects.values_list("pk", "state"))
    assert states == {public.pk: "published", held.pk: "published", before.pk: "hidden", other.pk: "published"}
    assert Report.objects.get().decision is None  # open again
    assert authors.undo(batch=outcome.batch, moderator=moderator, reason="taken-back").done == []


def test_a_moderator_cannot_hide_all_of_himself(page, moderator):
    row = written(page, moderator)
    outcome = authors.hide_all(author=moderator, moderator=moderator, reason="rule-7")
    assert outcome.left[row.public_id].code == "own-comment"


# Reversal


def test_only_the_last_decision_is_reversed_and_only_while_the_comment_is_there(page, joanna, moderator):
    row = written(page, joanna, "Held.", held_for="links")
    first = kept(row, moderator)
    second_decision = hidden(row, moderator)
    with refused("decided-before"):
        reversal.reverse(decision=first, moderator=moderator, reason="taken-back")
    reversal.reverse(decision=second_decision, moderator=moderator, reason="taken-back")
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    with refused("decided-before"):
        reversal.reverse(decision=second_decision, moderator=moderator, reason="taken-back")
    services.withdraw(row=row, author=joanna)
    with refused("gone"):
        reversal.reverse(decision=second_decision, moderator=moderator, reason="taken-back")


# Legal hold


def test_a_legal_hold_keeps_a_copy_through_erasure_and_ends_by_two_people(page, joanna, moderator, second):
    row = written(page, joanna, "Evidence.")
    until = timezone.now() + timedelta(days=30)
    hold = holding.place(row=row, moderator=moderator, authority="Court", reference="12/26", expires_at=until)
    services.erase_author(user=joanna)
    hold.refresh_from_db()
    assert hold.sealed["text"] == "Evidence."
    assert text_of(row) == ""
    with refused("not-asked"):
        holding.release(hold=hold, moderator=second)
    holding.ask_release(hold=hold, moderator=moderator)
    with refused("same-person"):
        holding.release(hold=hold, moderator=moderator)
    with refused("forbidden"):
        holding.release(hold=hold, moderator=joanna)
    holding.release(hold=hold, moderator=second)
    hold.refresh_from_db()
    assert hold.sealed == {}
    assert not LegalHold.objects.in_force().exists()
    with refused("gone"):
        holding.release(hold=hold, moderator=second)


def test_whoever_wrote_what_is_held_has_no_part_in_ending_the_hold(page, moderator, second):
    """Else the author would destroy what is kept as evidence."""
    row = written(page, moderator, "Evidence.")
    until = timezone.now() + timedelta(days=30)
    hold = holding.place(row=row, moderator=second, authority="Court", reference="12/26", expires_at=until)
    with refused("own-comment"):
        holding.ask_release(hold=hold, moderator=moderator)
    holding.ask_release(hold=hold, moderator=second)
    with refused("own-comment"):
        holding.release(hold=hold, moderator=moderator)
    hold.refresh_from_db()
    assert hold.sealed["text"] == "Evidence."
    assert "end the hold" not in signed_in(moderator).get(f"/admin/comments/{row.public_id}/").content.decode()


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_a_legal_hold_has_an_end_within_a_year(page, joanna, moderator, days):
    until = timezone.now() + timedelta(days=days)
    with refused("no-end"):
        holding.place(row=written(page, joanna), moderator=moderator, authority="C", reference="1", expires_at=until)


# The log


def test_nobody_changes_or_deletes_a_line_of_the_log_in_any_way(page, joanna, moderator):
    row = written(page, joanna)
    hidden(row, moderator)
    claims.take(row=written(page, joanna, "Other."), user=moderator)
    for model in [ModerationDecision, ModerationAct]:
        line = model.objects.last()
        for change in [
            line.save,
            line.delete,
            model.objects.all().delete,
            lambda m=model: m.objects.update(made_by=None),
            lambda m=model, one=line: m.objects.bulk_update([one], ["made_by"]),
            lambda m=model: row.decisions.all().delete() if m is ModerationDecision else row.acts.all().delete(),
        ]:
            with pytest.raises(TypeError):
                change()
    moderator.delete()
    assert ModerationDecision.objects.filter(new=State.HIDDEN, made_by=None, automated=False).count() == 1
