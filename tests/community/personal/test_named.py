"""Somebody who has no account is named, and asks to be taken out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from community.models import CommentRevision, CommentState, ModeratorNote, Report, State
from community.personal import named
from search.models import Document, Word
from tests.community.conftest import account, posted, shown, signed_in

from .scan import places

pytestmark = pytest.mark.django_db
NAMED = "Umbrellabird Tapir"


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.ERASURES_FILE = str(tmp_path / "erasures.jsonl")


def says(page, user, text):
    """As if it had passed the checks before anybody knew what it was about."""
    from django_comments_xtd.models import XtdComment

    first = [
        "The lamps in the park were mended.",
        "Meetings are on Mondays at the school.",
        "Bikes are counted weekly.",
    ]
    row = posted(signed_in(user), page, first[CommentState.objects.count()])
    XtdComment.objects.filter(pk=row.comment_id).update(comment=text)
    row = CommentState.objects.get(pk=row.pk)
    row.save()
    return row


@pytest.fixture
def talk_of(page, joanna):
    other = account("silvia", name="Silvia M.")
    first = says(page, joanna, f"It was {NAMED} who did it. umbrellabird  TAPIR again, and Umbrellabird Tapirson not.")
    hidden = says(page, other, f"I know {NAMED} from school.")
    CommentState.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    clean = says(page, other, "Nothing about anybody here.")
    CommentRevision.objects.create(comment=clean, text=f"{NAMED}!", language="en", replaced_at=timezone.now())
    Report.objects.create(comment=first, reason="about-me", text=f"I am {NAMED}.", nonce="r1")
    ModeratorNote.objects.create(comment=first, text=f"{NAMED} called us.")
    return [first, hidden, clean]


def form(**more):
    return {"words": NAMED, "kind": "name", "explanation": "", **more}


def test_a_moderator_finds_every_place_and_masks_it(page, talk_of, moderator):
    client = signed_in(moderator)
    html = client.post("/admin/comments/named/", form(do="find")).content.decode()
    assert all(row.public_id in html for row in talk_of)
    ids = [row.public_id for row in talk_of]
    assert client.post("/admin/comments/named/", form(do="mask", ids=ids)).status_code == 302
    left = [place for place in places("umbrellabird tapir", "umbrellabird  tapir") if "tapirson not" not in place]
    assert {place.partition(".")[0] for place in left} == {"community_redaction"}  # sealed for 30 days
    assert "[name removed by a moderator]" in shown(page)
    assert "Umbrellabird Tapirson not" in shown(page)  # another name
    assert CommentState.objects.get(pk=talk_of[1].pk).state == State.HIDDEN
    assert not Document.objects.filter(body__icontains="school").exists()
    assert Report.objects.get().decision.reason == "asked"


def test_after_thirty_days_nothing_is_left_and_the_words_are_in_no_log(page, talk_of, moderator):
    from datetime import timedelta

    from community.personal.retention import purge

    ids = [row.public_id for row in talk_of]
    named.mask(words=NAMED, kind="name", public_ids=ids, moderator=moderator)
    purge(now=timezone.now() + timedelta(days=31))
    left = [place for place in places("umbrellabird tapir", "umbrellabird  tapir") if "tapirson not" not in place]
    assert not left
    assert not Word.objects.filter(word="tapir").exists()
    assert "mbrellabird" not in Path(settings.ERASURES_FILE).read_text()


def test_a_restored_backup_has_them_masked_again(page, talk_of, moderator, django_capture_on_commit_callbacks):
    from community.personal.replaying import replay

    point = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        named.mask(words=NAMED, kind="name", public_ids=[talk_of[0].public_id], moderator=moderator)
    transaction.savepoint_rollback(point)
    assert NAMED in shown(page)
    assert replay() == {"words": 1, "passage": 2}  # with a report and a note on the comment
    assert f"It was {NAMED}" not in shown(page)
    assert not replay()


def test_words_are_in_no_address_and_a_get_finds_nothing(talk_of, moderator):
    client = signed_in(moderator)
    html = client.get("/admin/comments/named/", {"words": NAMED, "do": "mask"}).content.decode()
    assert talk_of[0].public_id not in html
    assert NAMED not in html


@pytest.mark.parametrize("wrong", [{"words": ""}, {"words": "ab"}, {"explanation": f"It was about {NAMED}."}])
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_done(talk_of, moderator, wrong):
    ids = [row.public_id for row in talk_of]
    answer = signed_in(moderator).post("/admin/comments/named/", {**form(do="mask", ids=ids), **wrong})
    assert answer.status_code == 400
    assert "desk-error" in answer.content.decode()
    assert NAMED in CommentState.objects.get(pk=talk_of[0].pk).comment.comment


def test_nobody_but_a_moderator_gets_there(talk_of, joanna, editor):
    for user in (joanna, editor):
        answer = signed_in(user).post("/admin/comments/named/", form(do="mask", ids=[talk_of[0].public_id]))
        assert answer.status_code in {302, 403}
    assert NAMED in CommentState.objects.get(pk=talk_of[0].pk).comment.comment


def test_what_a_moderator_wrote_another_one_masks(page, moderator):
    mine = says(page, moderator, f"I met {NAMED}.")
    done = named.mask(words=NAMED, kind="name", public_ids=[mine.public_id], moderator=moderator)
    assert done.refused == [mine]
    assert NAMED in CommentState.objects.get(pk=mine.pk).comment.comment


def test_without_a_tick_nothing_is_masked(talk_of, moderator):
    answer = signed_in(moderator).post("/admin/comments/named/", form(do="mask"))
    assert "Tick something first" in answer.content.decode()
    assert NAMED in CommentState.objects.get(pk=talk_of[0].pk).comment.comment


@pytest.mark.parametrize("written", ["Umbrellabird\nTapir", "Umbrellabird  Tapir", "UMBRELLABIRD \t tapir"])
def test_words_are_found_however_they_are_spaced(page, joanna, moderator, written):
    said = says(page, joanna, f"It was {written} alone.")
    beside = says(page, joanna, "Nothing about anybody here.")
    Report.objects.create(comment=beside, reason="about-me", text=f"I am {written}.", nonce="r2")
    says(page, joanna, "The Tapir is no Umbrellabird, nor is an Umbrellabird Tapirson.")
    found, _others, are_more = named.find("Umbrellabird Tapir", moderator)
    assert ({place.row.pk for place in found}, are_more) == ({said.pk, beside.pk}, False)


def test_what_is_left_over_is_said_and_comes_once_the_first_are_masked(page, talk_of, moderator, monkeypatch):
    monkeypatch.setattr(named, "MOST", 2)
    client, more = signed_in(moderator), "There are more. Mask these first, then look again."
    first = client.post("/admin/comments/named/", form(do="find")).content.decode()
    shown_ids = [row.public_id for row in talk_of if f'value="{row.public_id}"' in first]
    assert (len(shown_ids), more in first) == (2, True)
    client.post("/admin/comments/named/", form(do="mask", ids=shown_ids))
    second = client.post("/admin/comments/named/", form(do="find")).content.decode()
    assert ([row.public_id in second for row in talk_of if row.public_id not in shown_ids], more in second) == (
        [True],
        False,
    )
