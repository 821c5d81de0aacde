"""Trust is earned where one writes: in public, or in one group, and opens nothing elsewhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.models import CommentState, Sanction, State
from community.screening import Draft
from community.screening.trust import trusted_writer

from .conftest import account
from .groups.conftest import join, make_group, make_thread
from .moderation.conftest import hidden, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_are_held(settings):
    settings.COMMUNITY_FIRST_COMMENTS_HELD = 2


@pytest.fixture
def groups(joanna):
    """Two closed groups of which she is a member, each with a discussion."""
    threads = [make_thread(make_group(code)) for code in ("first", "second")]
    for thread in threads:
        join(thread.group, joanna)
    return threads


def said(page, user, number, thread=None, **fields):
    rows = [written(page, user, f"Comment {number} {each} {thread and thread.pk}.") for each in range(number)]
    CommentState.objects.filter(pk__in=[row.pk for row in rows]).update(
        **({"thread": thread} if thread else {}), **fields
    )
    return rows


def held_for(page, user, thread=None):
    user = User.objects.get(pk=user.pk)
    draft = Draft(
        page=None if thread else page,
        thread=thread,
        user=user,
        name="Joanna",
        text="New.",
        language="en",
        nonce="x",
    )
    return [finding.code for finding in trusted_writer(draft)]


def test_what_was_accepted_in_public_opens_no_group(page, joanna, groups):
    said(page, joanna, 2)
    assert held_for(page, joanna) == []
    assert held_for(page, joanna, groups[0]) == ["newcomer"]


def test_what_was_accepted_in_a_group_opens_neither_the_public_nor_another_group(page, joanna, groups):
    said(page, joanna, 3, groups[0])
    assert held_for(page, joanna, groups[0]) == []
    assert held_for(page, joanna, groups[1]) == ["newcomer"]
    assert held_for(page, joanna) == ["newcomer"]


def test_one_here_and_one_there_are_not_two(page, joanna, groups):
    said(page, joanna, 1)
    said(page, joanna, 1, groups[0])
    assert held_for(page, joanna) == held_for(page, joanna, groups[0]) == ["newcomer"]


def test_neither_held_nor_withdrawn_comments_nor_those_of_others_count(page, joanna, groups):
    said(page, joanna, 2, state=State.HELD)
    said(page, joanna, 2, groups[0], state=State.WITHDRAWN)
    said(page, account("rita", name="Rita"), 3, groups[0])
    assert held_for(page, joanna) == held_for(page, joanna, groups[0]) == ["newcomer"]


def test_a_fault_in_a_group_is_not_told_outside_and_the_other_way_round(page, joanna, moderator, groups):
    """Else the queue of the site would say that something was hidden in a group nobody there may know of."""
    said(page, joanna, 2)
    (bad, *_fine) = said(page, joanna, 3, groups[0])
    CommentState.objects.filter(pk=bad.pk).update(state=State.HIDDEN)
    assert held_for(page, joanna, groups[0]) == ["faults"]
    assert held_for(page, joanna) == []
    hidden(said(page, joanna, 1)[0], moderator)
    assert held_for(page, joanna) == ["faults"]
    long_ago = timezone.now() - timedelta(days=91)
    CommentState.objects.filter(state=State.HIDDEN).update(changed_at=long_ago)
    assert held_for(page, joanna) == held_for(page, joanna, groups[0]) == []


def test_a_thread_of_a_page_is_public_once_it_has_a_row(page, joanna):
    rows = said(page, joanna, 2)
    assert held_for(page, joanna, rows[0].thread) == []


def test_a_sanction_counts_everywhere(page, joanna, moderator, groups):
    said(page, joanna, 3)
    said(page, joanna, 2, groups[0])
    cause = hidden(said(page, joanna, 1)[0], moderator)
    Sanction.objects.create(user=joanna, kind="warning", cause=cause, made_by=moderator)
    assert held_for(page, joanna, groups[0]) == ["faults"]


def test_it_asks_once_in_however_many_groups_somebody_writes(page, joanna, groups):
    counts = []
    for thread in groups:
        said(page, joanna, 2, thread)
        with CaptureQueriesContext(connection) as queries:
            assert held_for(page, joanna, thread) == []
        counts.append(len(queries))
    assert counts[0] == counts[1]
