"""An account that is erased is gone from every table, whatever it left where."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from community import names
from community.models import (
    CommentState,
    DiscussionThread,
    Erasure,
    GroupSummary,
    LegalHold,
    Member,
    RetiredName,
    State,
    WorkingGroup,
)
from community.personal import erasing, exporting, replaying
from community.personal.person import of_user
from community.refusals import Refused
from portal import outbox, periodic
from search.models import Document, Word
from tests.community.conftest import account, posted, shown, signed_in
from translation.models import Submission

from .conftest import EMAIL, NAME, PASSWORD, WORDS
from .scan import places, sessions_holding

pytestmark = pytest.mark.django_db
A_DAY = timedelta(hours=24, minutes=1)


def said_again(client):
    """The password, as before everything that cannot be taken back."""
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def files_naming(*words):
    paths = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [str(path) for path in paths for word in words if word in path.name.casefold()]


@pytest.mark.parametrize("comments", ["removed", "anonymous"])
def test_nothing_of_an_erased_account_is_left_in_any_table(zebra, comments):
    before = {place.partition(".")[0] for place in places(*WORDS[:4])}
    assert len(before) > 25, before  # else this test would look for nothing
    assert sessions_holding(EMAIL)
    assert files_naming("zebrafinch")
    pk = zebra.user.pk
    erasing.ask(user=zebra.user, comments=comments)
    assert erasing.carry_out_due(timezone.now() + A_DAY) == 1
    outbox.drain()
    assert not places(*WORDS)
    assert not sessions_holding(*WORDS[:4])
    assert not files_naming("zebrafinch")
    assert not Path(settings.ERASURES_FILE).read_text().casefold().count("zebrafinch")
    assert not User.objects.filter(pk=pk).exists()
    assert zebra.client.get("/accounts/").status_code == 302  # signed out everywhere


def test_what_others_wrote_in_a_review_stays_without_the_name(zebra):
    erasing.ask(user=zebra.user, comments="removed")
    erasing.carry_out_due(timezone.now() + A_DAY)
    mine, theirs = Submission.objects.order_by("pk")
    assert (mine.submitted_by, mine.note, mine.reason) == (None, "", "No, […].")
    assert (theirs.decided_by, theirs.note, theirs.reason) == (None, "For […].", "")


def test_no_network_address_and_no_browser_is_ever_kept(zebra):
    assert not places(*WORDS[4:])
    assert not sessions_holding(*WORDS[4:])


def test_removed_comments_leave_their_places_and_those_of_others_stay(zebra):
    answer = posted(signed_in(zebra.others.user), zebra.page, "And how did it end?", parent=zebra.mine)
    erasing.ask(user=zebra.user, comments="removed")
    erasing.carry_out_due(timezone.now() + A_DAY)
    html = shown(zebra.page)
    assert "And how did it end?" in html
    assert "tried in our street" not in html
    assert "quokka" in html
    assert "@[…]" in html
    assert CommentState.objects.get(pk=zebra.mine.pk).state == State.ERASED
    assert CommentState.objects.get(pk=answer.pk).state == State.PUBLISHED
    assert CommentState.objects.get(pk=zebra.others.comment.pk).useful == 0
    assert not Word.objects.filter(word__in=["thylacine", "zebrafinch"]).exists()


def test_comments_that_stay_show_no_name_and_are_still_found(zebra):
    zebra.mine.refresh_from_db()
    erasing.ask(user=zebra.user, comments="anonymous")
    erasing.carry_out_due(timezone.now() + A_DAY)
    html = shown(zebra.page)
    assert "tried in our street" in html
    assert "A former member" in html
    assert "thylacine" not in str(list(CommentState.objects.values_list("comment__comment")))  # it was hidden
    assert Document.objects.filter(body__contains="tried in our street").exists()
    kept = CommentState.objects.get(pk=zebra.mine.pk)
    assert kept.state == State.PUBLISHED
    assert kept.comment.user_id is None


def test_within_a_day_it_is_undone_from_the_mail_without_signing_in(zebra):
    erasing.ask(user=zebra.user, comments="removed")
    mail.outbox.clear()
    outbox.drain()
    (letter,) = mail.outbox
    path = re.search(r"http://\S+?(/accounts/data/keep/\S+)", letter.body).group(1)
    visitor = Client()
    assert "Keep my account" in visitor.get(path).content.decode()
    assert Erasure.objects.exists()  # reading it changed nothing
    assert "Your account stays" in visitor.post(path).content.decode()
    assert erasing.carry_out_due(timezone.now() + A_DAY) == 0
    assert User.objects.filter(pk=zebra.user.pk).exists()
    assert "nothing to do" in visitor.get(path).content.decode()
    assert "nothing to do" in visitor.post(path).content.decode()
    assert "nothing to do" in visitor.get(path[:-3] + "x/").content.decode()


def test_the_link_of_one_erasure_does_not_undo_the_next(zebra):
    from community.personal.letters import undo_path

    first = erasing.ask(user=zebra.user, comments="removed")
    Erasure.objects.update(asked_at=timezone.now() - timedelta(hours=3))
    first.refresh_from_db()
    old = undo_path(first)
    erasing.undo(erasure=first)
    erasing.ask(user=zebra.user, comments="removed")
    Client().post(old)
    assert Erasure.objects.count() == 1


def test_after_it_is_done_the_link_says_so_and_asks_for_nothing(zebra):
    from community.personal.letters import undo_path

    path = undo_path(erasing.ask(user=zebra.user, comments="removed"))
    erasing.carry_out_due(timezone.now() + A_DAY)
    answer = Client().post(path)
    assert answer.status_code == 200
    assert "nothing to do" in answer.content.decode()


def test_the_member_asks_chooses_and_is_told_on_the_pages(zebra):
    client = zebra.client
    said_again(client)
    assert client.post("/accounts/data/erase/", {"comments": "removed"}).status_code == 400
    assert not Erasure.objects.exists()
    assert client.post("/accounts/data/erase/", {"sure": "on"}).status_code == 400
    done = client.post("/accounts/data/erase/", {"comments": "anonymous", "sure": "on"})
    assert done.url == "/accounts/data/"
    html = client.get("/accounts/data/").content.decode()
    assert "Keep my account" in html
    assert Erasure.objects.get().comments == "anonymous"
    assert client.get("/accounts/data/keep/").status_code == 405
    client.post("/accounts/data/keep/")
    assert not Erasure.objects.exists()


def test_a_stale_sign_in_is_asked_for_the_password_first(zebra):
    said_again(zebra.client)
    assert zebra.client.get("/accounts/data/erase/").status_code == 200
    session = zebra.client.session
    for method in session["account_authentication_methods"]:
        method["at"] -= 3600
    session.save()
    for path in ("/accounts/data/erase/", "/accounts/data/export/"):
        answer = zebra.client.post(path, {"comments": "removed", "sure": "on"})
        assert answer.status_code == 302
        assert "/reauthenticate/" in answer.url
    assert not Erasure.objects.exists()


def test_nobody_else_can_ask(joanna):
    for path in ("/accounts/data/", "/accounts/data/erase/"):
        assert Client().get(path).url.startswith("/accounts/login/")
    assert Client().post("/accounts/data/export/").url.startswith("/accounts/login/")


def test_the_worker_carries_it_out_when_its_time_has_come(zebra):
    erasing.ask(user=zebra.user, comments="removed")
    periodic.put_due()
    outbox.drain()
    assert User.objects.filter(email=EMAIL).exists()
    Erasure.objects.update(due_at=timezone.now())
    assert periodic.JOBS["erase_accounts"].run() == 1
    assert not User.objects.filter(email=EMAIL).exists()
    assert "last mail" in mail.outbox[-1].body


def test_the_last_administrator_cannot_lock_everybody_out(db):
    root = account("root", name="Root of all", is_superuser=True)
    answer = Client()
    answer.post("/accounts/login/", {"login": root.email, "password": PASSWORD})
    said_again(answer)
    said = answer.post("/accounts/data/erase/", {"comments": "removed", "sure": "on"})
    assert said.status_code == 400
    assert "last administrator" in said.content.decode()


def test_of_two_administrators_only_one_can_ask_to_be_erased(db):
    first, second = account("one", is_superuser=True), account("two", is_superuser=True)
    erasing.ask(user=first, comments="removed")
    with pytest.raises(Refused, match="last-administrator"):
        erasing.ask(user=second, comments="removed")


def test_a_name_that_is_a_common_word_takes_nothing_out_of_groups_elsewhere(db):
    group = WorkingGroup.objects.create(code="elsewhere", visibility="public")
    summary = GroupSummary.objects.create(
        group=group, title="Closing time", text="Closing needs a reason.", language="en"
    )
    thread = DiscussionThread.objects.create(kind="group", group=group, title="Closing on Friday", language="en")
    account("vandal", name="Closing").delete()
    summary.refresh_from_db()
    thread.refresh_from_db()
    assert (summary.title, summary.text, thread.title) == (
        "Closing time",
        "Closing needs a reason.",
        "Closing on Friday",
    )


def test_an_administrator_who_deletes_an_account_leaves_nothing_either(zebra):
    zebra.user.delete()
    assert not places(*WORDS)


def test_a_legal_hold_keeps_its_copy_and_nothing_else(zebra):
    from community.moderation import holding

    holding.place(
        row=zebra.mine,
        moderator=zebra.others.moderator,
        authority="Court of Elsewhere",
        reference="1/26",
        expires_at=timezone.now() + timedelta(days=30),
    )
    zebra.user.delete()
    assert {place.partition(".")[0] for place in places(*WORDS)} == {"community_legalhold"}
    assert NAME in LegalHold.objects.get().sealed["text"] or LegalHold.objects.get().sealed["name"] == NAME


@pytest.mark.parametrize("again", [NAME, NAME.upper(), "Ζebrafinch  Quaggason", "zebrafinchquaggason"])
def test_the_name_of_an_erased_account_stays_taken_and_is_kept_as_a_digest_only(zebra, again):
    zebra.user.delete()
    assert names.problem(again)
    assert not Member.objects.filter(display_name__icontains="zebra").exists()
    assert len(RetiredName.objects.get().digest) == 64
    assert not names.problem("Zebrafinch Quaggasons")


def test_the_name_stays_taken_when_the_secret_key_is_renewed(zebra, settings):
    zebra.user.delete()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert names.problem(NAME)


def test_an_erased_account_exports_nothing(zebra):
    user = User.objects.get(pk=zebra.user.pk)
    zebra.user.delete()
    assert list(exporting.archive(user))
    assert of_user(user).name == ""


def test_a_restored_backup_is_erased_again(zebra, backup, django_capture_on_commit_callbacks):
    """The account, a withdrawn comment: from the ledger, which lies outside the database."""
    from community.services import withdraw

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(row=zebra.others.comment, author=zebra.others.user)
        erasing.ask(user=zebra.user, comments="removed")
        erasing.carry_out_due(timezone.now() + A_DAY)
    backup.restore()
    assert places(*WORDS[:4])
    call_command("replay_erasures", stdout=io.StringIO())
    assert not places(*WORDS)
    assert CommentState.objects.get(pk=zebra.others.comment.pk).state == State.WITHDRAWN
    assert not replaying.replay()  # twice does no harm
    assert len(Path(settings.ERASURES_FILE).read_text().splitlines()) == 4


def test_a_number_that_belongs_to_somebody_else_by_now_is_left_alone(zebra, backup):
    pk = zebra.user.pk
    zebra.user.delete()
    stranger = account("stranger", name="Strange Stoat")
    User.objects.filter(pk=stranger.pk).update(date_joined=timezone.now())
    lines = Path(settings.ERASURES_FILE).read_text()
    Path(settings.ERASURES_FILE).write_text(lines.replace(f'"id": {pk}', f'"id": {stranger.pk}'))
    assert not replaying.replay()
    assert User.objects.filter(pk=stranger.pk).exists()


def test_a_line_that_was_cut_off_stops_nothing(zebra):
    Path(settings.ERASURES_FILE).write_text('{"what": "acc')
    zebra.user.delete()
    assert len(Path(settings.ERASURES_FILE).read_text().splitlines()) == 2
    assert not replaying.replay()
