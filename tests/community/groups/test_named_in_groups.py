"""Somebody without an account is named in a group: in the title of a thread, a summary or a message."""

import re

import pytest
from django.db import transaction
from django.utils import timezone

from community.desk import log
from community.groups import membership, messages
from community.models import DiscussionThread, GroupMessage, GroupSummary, ModerationAct, Report
from community.moderation.acts import record
from community.personal import ledger, named
from community.personal.replaying import replay
from tests.community.conftest import account, signed_in
from tests.community.personal.scan import places
from tests.community.personal.test_named import says

from .conftest import join, make_group, make_thread

pytestmark = pytest.mark.django_db
NAMED = "Umbrellabird Tapir"
MASK = "[name removed by a moderator]"


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.ERASURES_FILE = str(tmp_path / "erasures.jsonl")


@pytest.fixture
def groups(db):
    """A private group and one that everybody reads, with the name in all that is no comment."""
    found = {}
    for code, visibility in (("secret", "private"), ("open", "readable")):
        group = make_group(code, visibility, title=code)
        people = [account(f"{code}-{who}", name=f"{who} {code}") for who in ("chair", "member")]
        chair, member = join(group, people[0], "chair"), join(group, people[1])
        make_thread(group, f"What to do about {NAMED}")
        GroupSummary.objects.create(group=group, title=f"Draft on {NAMED}", text=f"{NAMED}!", language="nl")
        GroupSummary.objects.create(
            group=group,
            title="Told",
            text=f"umbrellabird\n tapir in {code}",
            language="en",
            published_at=timezone.now(),
        )
        messages.send(mine=member, to=None, text=f"All of you: {NAMED}.", language="en")
        messages.send(mine=member, to=chair, text=f"Only you: {NAMED}.", language="en")
        found[code] = people[0]
    make_thread(group, "An Umbrellabird Tapirson is another one")
    return found


def superuser():
    return account("root", name="Root", is_superuser=True)


def found_by(user):
    return sorted(place.of.split(".")[0] + ("" if place.words else " unread") for place in named.find(NAMED, user)[1])


def test_each_finds_what_is_open_to_him(groups, moderator):
    of_a_group = ["message", "summary", "summary", "title"]
    assert found_by(groups["open"]) == of_a_group
    assert found_by(groups["secret"]) == of_a_group
    assert found_by(moderator) == ["summary", "summary", "summary", "title"]
    assert found_by(superuser()) == [
        *("message", "message", "message unread", "message unread"),
        *("summary", "summary", "summary", "summary", "title", "title"),
    ]


def test_who_does_not_belong_to_a_private_group_learns_nothing_of_it(groups, moderator):
    html = signed_in(moderator).post("/admin/comments/named/", form(do="find")).content.decode()
    assert "umbrellabird\n tapir" in html
    for pk in DiscussionThread.objects.filter(group__code="secret").values_list("pk", flat=True):
        assert f'value="title.{pk}"' not in html
    every = [f"{kind}.{pk}" for kind in ("title", "summary", "message") for pk in range(1, 50)]
    named.mask(words=NAMED, kind="name", public_ids=[], others=every, moderator=moderator)
    assert NAMED in DiscussionThread.objects.get(group__code="secret").title
    assert NAMED in GroupSummary.objects.get(group__code="secret", published_at=None).text
    assert GroupMessage.objects.filter(text__contains=NAMED).count() == 4


def form(**more):
    return {"words": NAMED, "kind": "name", "explanation": "", **more}


def test_a_chair_has_them_masked_in_the_own_group(groups):
    client = signed_in(groups["secret"])
    membership.settle_desk(groups["secret"])
    html = client.post("/admin/comments/named/", form(do="find")).content.decode()
    others = re.findall(r'name="others" value="([^"]+)"', html)
    assert len(others) == 4
    answer = client.post("/admin/comments/named/", form(do="mask", others=others), follow=True)
    assert "Masked in 4 places." in answer.content.decode()
    mine = DiscussionThread.objects.get(group__code="secret")
    assert mine.title == f"What to do about {MASK}"
    draft = GroupSummary.objects.get(group__code="secret", published_at=None)
    assert (NAMED in draft.title, NAMED in draft.text) == (False, False)
    assert "moderator" in draft.text  # in its language
    assert NAMED in DiscussionThread.objects.get(group__code="open", title__contains="What").title
    elsewhere = GroupSummary.objects.get(group__code="open", published_at__isnull=False)
    named.mask(words=NAMED, kind="name", public_ids=[], others=[f"summary.{elsewhere.pk}"], moderator=groups["secret"])
    elsewhere.refresh_from_db()
    assert "tapir" in elsewhere.text


def test_the_log_says_who_masked_in_how_many_texts_to_whom_it_may_be_said(groups, moderator):
    chair, runs_the_site = groups["secret"], superuser()
    others = [place.of for place in named.find(NAMED, chair)[1]]
    named.mask(words=NAMED, kind="name", public_ids=[], others=others, moderator=chair)
    record(ModerationAct.Kind.EXPORTED, by=chair, lines=5)
    record(ModerationAct.Kind.EXPORTED, by=runs_the_site, lines=7)

    def read_by(user):
        return {(entry.what, entry.details) for entry in log.entries(list(log.keys(user, {})))}

    its_own = {
        ("masked words about a person in texts of working groups", "passages: 4"),
        ("downloaded the log", "lines: 5"),
    }
    assert read_by(chair) == its_own
    assert read_by(moderator) == {("downloaded the log", "lines: 7")}, "nothing of a private group"
    assert read_by(runs_the_site) == its_own | {("downloaded the log", "lines: 7")}


def test_whoever_runs_the_site_leaves_it_nowhere(groups):
    user = superuser()
    others = [place.of for place in named.find(NAMED, user)[1]]
    done = named.mask(words=NAMED, kind="name", public_ids=[], others=others, moderator=user)
    assert done.others == len(others) == 10
    left = places("umbrellabird tapir", "umbrellabird\n tapir")
    assert [place for place in left if "tapirson" not in place] == []


def test_a_restored_backup_has_them_masked_again(groups, django_capture_on_commit_callbacks):
    user = superuser()
    others = [place.of for place in named.find(NAMED, user)[1]]
    point = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        named.mask(words=NAMED, kind="name", public_ids=[], others=others, moderator=user)
    transaction.savepoint_rollback(point)
    changed = GroupSummary.objects.filter(group__code="open", published_at=None)
    changed.update(title=f"{NAMED}, another text by now")
    assert replay() == {"passage": 11}  # the titles and texts of summaries are one by one
    left = places("umbrellabird tapir", "umbrellabird\n tapir")
    assert {place.partition(".")[0] for place in left if "tapirson" not in place} == {"community_groupsummary"}
    assert changed.get().title == f"{NAMED}, another text by now"
    assert not replay()


def test_the_ledger_holds_none_of_the_words(groups):
    user = superuser()
    named.mask(
        words=NAMED,
        kind="name",
        public_ids=[],
        others=[place.of for place in named.find(NAMED, user)[1]],
        moderator=user,
    )
    assert "mbrellabird" not in ledger._path().read_text()


def test_what_hangs_on_a_comment_is_masked_again_too(groups, moderator, page, django_capture_on_commit_callbacks):
    row = says(page, groups["open"], f"It was {NAMED}.")
    Report.objects.create(comment=row, reason="about-me", text=f"I am {NAMED}.", nonce="r1")
    point = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        named.mask(words=NAMED, kind="name", public_ids=[row.public_id], moderator=moderator)
    transaction.savepoint_rollback(point)
    assert replay() == {"words": 1, "passage": 1}
    assert Report.objects.get().text == f"I am {MASK}."
