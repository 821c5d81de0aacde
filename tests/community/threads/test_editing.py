"""Changing one's own comment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community import services, text, tokens
from community.models import CommentRevision, CommentState, DiscussionThread, ModerationDecision, State
from community.threads import editing
from portal import searchable
from tests.community.conftest import account, fields_of, posted, send, shown, signed_in
from tests.community.evidence.conftest import published, reported
from tests.community.groups.conftest import join, make_group, make_thread
from tests.community.groups.test_visibility import place

pytestmark = pytest.mark.django_db
GOOD = "We opened two groups, not one."


def edit_url(row):
    return reverse("community:edit", args=[row.public_id])


def edit(client, row, words, *, do="send", **fields):
    data = {"text": words, "language": "en", "token": tokens.make(f"edit {row.public_id}"), "website": "", "do": do}
    return client.post(edit_url(row), data | fields)


def aged(row, minutes):
    CommentState.objects.filter(pk=row.pk).update(posted_at=timezone.now() - timedelta(minutes=minutes))


def fresh(row):
    return CommentState.objects.select_related("comment").get(pk=row.pk)


def test_an_author_changes_the_words_and_readers_see_that_and_when(talk):
    form = talk.client.get(edit_url(talk.row)).content.decode()
    assert "We opened a group before anyone" in form
    assert fields_of(form)["token"]
    done = edit(talk.client, talk.row, GOOD, language="nl")
    assert done.url == f"{talk.page.url}?c={talk.row.public_id}#c-{talk.row.public_id}"
    html = shown(talk.page)
    assert GOOD in html
    assert "We opened a group before" not in html
    assert 'lang="nl" dir="auto"' in html
    assert "<span>edited <time datetime=" in html
    row = fresh(talk.row)
    assert (row.state, row.language, row.digest) == (State.PUBLISHED, "nl", text.digest(GOOD))
    revision = CommentRevision.objects.get(comment=row)
    assert (revision.text[:15], revision.language, revision.replaced_at) == ("We opened a gro", "en", row.edited_at)


def test_saving_without_a_change_leaves_no_mark(talk):
    edit(talk.client, talk.row, talk.row.comment.comment)
    assert "edited" not in shown(talk.page)
    assert not CommentRevision.objects.exists()


def test_a_preview_of_a_change_changes_nothing(talk):
    answer = edit(talk.client, talk.row, GOOD, do="preview")
    assert answer.status_code == 200
    assert GOOD in answer.content.decode()
    assert GOOD not in shown(talk.page)


def test_earlier_words_are_for_moderators_alone(talk, moderator, editor, client):
    edit(talk.client, talk.row, GOOD)
    assert (
        "before anyone was named" in signed_in(moderator).get(f"/admin/comments/{talk.row.public_id}/").content.decode()
    )
    for reader in [client, signed_in(editor), talk.client]:
        for url in [talk.page.url, edit_url(talk.row), f"/en/discussion/{talk.page.translation_key}/feed/"]:
            assert "before anyone was named" not in reader.get(url, follow=True).content.decode(), url


def test_the_window_ends_after_a_quarter_of_an_hour_and_the_text_is_kept(talk):
    aged(talk.row, 14)
    assert talk.client.get(edit_url(talk.row)).status_code == 200
    aged(talk.row, 15)
    assert talk.client.get(edit_url(talk.row)).status_code == 403
    answer = edit(talk.client, talk.row, GOOD)
    assert answer.status_code == 400
    assert GOOD in answer.content.decode()
    assert "We opened a group before" in shown(talk.page)


def test_the_first_answer_ends_it_and_a_held_one_does_not_tell_of_itself(talk):
    send(Client(), talk.page, "A visitor answers.", parent=talk.row, name="Visitor")
    assert talk.client.get(edit_url(talk.row)).status_code == 200
    posted(signed_in(account("ann", name="Ann")), talk.page, "A member answers.", parent=talk.row)
    answer = edit(talk.client, talk.row, GOOD)
    assert (answer.status_code, GOOD in answer.content.decode()) == (400, True)
    assert "We opened a group before" in shown(talk.page)


def test_a_late_change_in_a_working_group_keeps_the_text_too(joanna):
    group, client = make_group(), signed_in(joanna)
    join(group, joanna)
    thread = make_thread(group)
    row = posted(client, place(thread), "Words inside.")
    aged(row, 15)
    assert client.get(edit_url(row)).status_code == 403
    answer = edit(client, row, GOOD)
    assert answer.status_code == 400
    said = answer.content.decode()
    assert GOOD in said
    assert f'href="{thread.get_absolute_url()}#talk"' in said


def test_one_change_too_many_is_told_as_that_and_keeps_the_text(talk):
    for number in range(editing.MOST_CHANGES):
        assert edit(talk.client, talk.row, f"We opened two groups, and then {number} more.").status_code == 302
    answer = edit(talk.client, talk.row, GOOD)
    assert answer.status_code == 400
    assert "A comment can be changed 10 times" in answer.content.decode()
    assert "15 minutes" not in answer.content.decode()
    assert GOOD in answer.content.decode()


def test_in_a_closed_discussion_that_is_the_reason_given(talk):
    DiscussionThread.objects.update(state=DiscussionThread.Condition.CLOSED)
    said = talk.client.get(edit_url(talk.row)).content.decode()
    assert "This discussion is closed." in said
    assert "15 minutes" not in said


def test_nobody_else_can_change_it(talk, moderator, client):
    assert edit(client, talk.row, GOOD).status_code == 403
    for other in [account("ann", name="Ann"), moderator]:
        assert signed_in(other).get(edit_url(talk.row)).status_code == 404
        assert edit(signed_in(other), talk.row, GOOD).status_code == 404
    assert fresh(talk.row).edited_at is None


@pytest.mark.parametrize("state", [State.HIDDEN, State.WITHDRAWN, State.ERASED])
def test_what_is_gone_cannot_be_changed(talk, state):
    CommentState.objects.filter(pk=talk.row.pk).update(state=state)
    assert edit(talk.client, talk.row, GOOD).status_code in {400, 404}
    assert GOOD not in fresh(talk.row).comment.comment


def test_nothing_is_changed_in_a_closed_discussion(talk):
    DiscussionThread.objects.update(state="closed")
    assert edit(talk.client, talk.row, GOOD).status_code == 400
    assert fresh(talk.row).edited_at is None


@pytest.mark.parametrize("words", ["Mail me: someone@example.org", "NL91 ABNA 0417 1643 00", "", " \u200b "])
def test_a_change_goes_through_the_checks_and_a_refused_one_changes_nothing(talk, words):
    answer = edit(talk.client, talk.row, words)
    assert answer.status_code == 400
    assert fresh(talk.row).comment.comment.startswith("We opened a group")
    assert not CommentRevision.objects.exists()


def test_a_doubtful_change_is_held_and_no_version_stays_public(talk):
    doubtful = "Call the moderator: 06 12 34 56 78."
    warned = edit(talk.client, talk.row, doubtful)
    assert warned.status_code == 400
    assert "We opened a group before" in shown(talk.page)  # not sent yet
    done = edit(talk.client, talk.row, doubtful, do="insist")
    assert done.url.endswith("/held/")
    html = shown(talk.page)
    assert "34 56" not in html
    assert "We opened a group" not in html
    row = fresh(talk.row)
    assert row.state == State.HELD
    assert not row.comment.is_public
    decision = ModerationDecision.objects.filter(comment=row).latest("pk")
    assert (decision.automated, decision.old, decision.new) == (True, "published", "held")


def test_a_held_comment_stays_held_whatever_its_author_makes_of_it(page, joanna):
    client = signed_in(joanna)
    send(client, page, "Ring 06 12 34 56 78.", do="insist")
    row = CommentState.objects.get()
    assert row.state == State.HELD
    edit(client, row, "Nothing to ring.")
    assert (fresh(row).state, fresh(row).comment.comment) == (State.HELD, "Nothing to ring.")
    assert shown(page).count("Nothing to ring") == 0


def test_a_moderator_does_not_decide_on_words_he_has_not_read(page, joanna, moderator):
    client = signed_in(joanna)
    send(client, page, "Ring 06 12 34 56 78.", do="insist")
    seen = CommentState.objects.get()
    read = services.versions([seen])[seen.pk]
    edit(client, seen, "Something else altogether.")
    with pytest.raises(services.Refused, match="decided-before"):
        services.decide(
            public_id=seen.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault", seen=read
        )
    now = fresh(seen)
    services.decide(
        public_id=now.public_id,
        moderator=moderator,
        new=State.PUBLISHED,
        reason="no-fault",
        seen=services.versions([now])[now.pk],
    )


def test_approved_and_changed_goes_through_the_checks_again(page, joanna, moderator):
    client = signed_in(joanna)
    send(client, page, "Ring 06 12 34 56 78.", do="insist")
    row = CommentState.objects.get()
    services.decide(public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")
    edit(client, row, "Ring 06 87 65 43 21.", do="insist")
    assert fresh(row).state == State.HELD


def test_withdrawing_and_erasing_take_the_earlier_words_too(talk):
    edit(talk.client, talk.row, GOOD)
    services.withdraw(row=talk.row, author=talk.author)
    assert not CommentRevision.objects.exists()
    other = posted(talk.client, talk.page, "Second thoughts.")
    edit(talk.client, other, "Third thoughts.")
    talk.author.delete()
    assert not CommentRevision.objects.exists()


def test_search_is_told_of_the_new_words(talk):
    told = []

    def listen(sender, instances, **kwargs):
        told.extend(row.pk for row in instances)

    searchable.changed.connect(listen)
    try:
        edit(talk.client, talk.row, GOOD)
    finally:
        searchable.changed.disconnect(listen)
    assert talk.row.pk in told


def test_an_account_that_is_not_signed_in_any_more_gets_its_words_and_the_form_again_after_signing_in(talk):
    answer = edit(Client(), talk.row, GOOD).content.decode()
    assert GOOD in answer
    assert f'href="{edit_url(talk.row)}"' in answer
    assert f"next={edit_url(talk.row)}" in Client().get(edit_url(talk.row)).url


def test_a_held_parent_that_is_changed_publishes_none_of_its_held_answers(talk, moderator):
    """Nor does one that is approved or anonymised."""
    send(Client(), talk.page, "A held answer.", parent=talk.row, name="Visitor")
    answer = CommentState.objects.latest("pk")
    edit(talk.client, talk.row, "Ring 06 12 34 56 78.", do="insist")
    services.decide(public_id=talk.row.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")
    services.erase_author(user=talk.author)
    assert (fresh(answer).state, fresh(answer).comment.is_public) == (State.HELD, False)
    assert "A held answer." not in shown(talk.page)


def test_the_list_of_ones_own_leads_to_the_form_while_it_can_be_changed(talk, page, moderator):
    def offered(row):
        return f'/discussion/edit/{row.public_id}/">' in talk.client.get("/accounts/").content.decode()

    def queries():
        with CaptureQueriesContext(connection) as seen:
            talk.client.get("/accounts/")
        return len(seen)

    report = published(reported(talk.client, page), moderator)
    CommentState.objects.filter(pk=report.pk).update(posted_at=timezone.now() - timedelta(days=90))
    assert offered(talk.row)
    assert offered(report)
    few = queries()
    for number in range(3):
        posted(talk.client, page, f"One more thing that we saw there, and it was {number}.")
    assert queries() == few
    posted(signed_in(account("ann", name="Ann")), page, "An answer.", parent=talk.row)
    assert not offered(talk.row)
    late = posted(talk.client, page, "Something else.")
    CommentState.objects.filter(pk=late.pk).update(posted_at=timezone.now() - timedelta(minutes=16))
    assert not offered(late)
    DiscussionThread.objects.update(state="closed")
    assert not offered(report)
