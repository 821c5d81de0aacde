"""What a digest tells, whom, and when: composed when it is sent, from what its reader may see then."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone

from community import services, tokens
from community.models import (
    CommentState,
    DiscussionThread,
    Frequency,
    Membership,
    ModerationDecision,
    Scope,
    State,
    Subscription,
    WorkingGroup,
)
from community.notices import schedule
from portal import outbox
from portal.models import OutboxRow
from tests.community.conftest import account, posted, send, signed_in
from tests.community.notices.conftest import follows, next_digests, sent, text_of, to, visitor
from tests.factories import make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


def answer(talk, text="A useful answer.", who="bob"):
    user = User.objects.filter(username=who).first() or account(who, name=who.title())
    return posted(signed_in(user), talk.page, text, parent=talk.row)


def published_in(row, days):
    ModerationDecision._base_manager.filter(comment=row).update(made_at=timezone.now() + timedelta(days=days))


# Answers


def test_a_member_is_told_daily_of_answers_by_default(talk):
    answer(talk)
    answer(talk, "My own answer.", "joanna")
    (letter,) = next_digests()
    text = text_of(letter)
    assert letter.to == ["joanna@mail.example"]
    assert "Bob on “Neighbourhood watch”" in text
    assert "A useful answer." in text
    assert "My own answer." not in text
    assert "bob@" not in text


def test_nothing_is_told_twice(talk):
    answer(talk)
    assert len(next_digests(8)) == 1
    assert next_digests(16) == []
    row = answer(talk, "Another answer.")
    published_in(row, days=17)
    (letter,) = next_digests(24)
    assert "Another answer." in letter.body
    assert "A useful answer." not in letter.body


def test_a_digest_without_news_is_not_sent_and_loses_nothing(talk):
    assert next_digests(8) == []
    published_in(answer(talk), days=9)
    (letter,) = next_digests(16)
    assert "A useful answer." in letter.body


def test_a_member_chooses_never_and_gets_nothing(talk):
    follows(talk.author, Scope.REPLIES, frequency=Frequency.NONE)
    answer(talk)
    assert next_digests() == []


def test_who_is_mentioned_is_told(talk, ann):
    from community.models import Mention

    row = answer(talk)
    Mention.objects.create(comment=row, user=ann)
    assert "A useful answer." in to(next_digests(), "ann@mail.example")[0].body


@pytest.mark.parametrize("change", ["hidden", "withdrawn", "page", "restricted", "erased"])
def test_what_is_gone_between_queue_and_sending_is_left_out(talk, moderator, change):
    row = answer(talk, "canary words")
    schedule.queue_digests(timezone.now() + timedelta(days=8))
    if change == "hidden":
        services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-3")
    elif change == "withdrawn":
        services.withdraw(row=row, author=row.comment.user)
    elif change == "page":
        talk.page.unpublish()
    elif change == "restricted":
        group = Group.objects.create(name="Few")
        talk.page.view_restrictions.create(restriction_type="groups").groups.add(group)
    else:
        row.comment.user.delete()
    letters = sent()
    assert not any("canary" in text_of(letter) for letter in letters)
    assert to(letters, "joanna@mail.example") == []


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("words", ["Ring me on 06-12345678.", "It is better now."])
def test_what_its_author_changes_before_the_mail_goes_is_told_as_it_is_then(talk, words, at_once):
    """Changed words are checked anew: those that are held are in no mail, nor are the ones of before."""
    if at_once:
        Subscription.objects.filter(scope=Scope.REPLIES).update(frequency=Frequency.INSTANT)
    row = answer(talk, "canary words of before")
    if at_once:
        outbox.drain("community.notices")
    else:
        schedule.queue_digests(timezone.now() + timedelta(days=8))
    data = {"text": words, "language": "en", "website": "", "do": "insist"}
    data["token"] = tokens.make(f"edit {row.public_id}", shown_at=time.time() - 30)
    edited = signed_in(row.comment.user).post(f"/en/discussion/edit/{row.public_id}/", data)
    assert edited.status_code == 302
    found = to(sent(), "joanna@mail.example")
    assert not any("canary" in text_of(letter) for letter in found)
    assert [words in text_of(letter) for letter in found] == ([True] if "better" in words else [])


def test_a_name_that_is_taken_out_before_the_mail_goes_is_not_told(talk, ann):
    posted(signed_in(ann), talk.page, "I am here too.")
    row = answer(talk, "What does @Ann say?")
    schedule.queue_digests(timezone.now() + timedelta(days=8))
    data = {"text": "What do others say?", "language": "en", "website": "", "do": "send"}
    data["token"] = tokens.make(f"edit {row.public_id}", shown_at=time.time() - 30)
    assert signed_in(row.comment.user).post(f"/en/discussion/edit/{row.public_id}/", data).status_code == 302
    letters = sent()
    assert to(letters, "ann@mail.example") == []
    assert to(letters, "joanna@mail.example")


def test_held_words_are_never_told_and_are_news_once_they_are_published(talk, moderator):
    send(Client(), talk.page, "Held for a while.", parent=talk.row, name="Visitor")
    row = CommentState.objects.latest("pk")
    assert row.state == State.HELD
    assert next_digests(8) == []
    services.decide(public_id=row.public_id, moderator=moderator, new=State.PUBLISHED, reason="rule-3")
    published_in(row, days=9)
    (letter,) = next_digests(16)
    assert "Held for a while." in letter.body


# Discussions and groups


def test_a_followed_discussion_is_one_line_with_a_number(talk, ann):
    follows(ann, Scope.THREAD, talk.page.translation_key)
    answer(talk, "First.")
    answer(talk, "Second.")
    (letter,) = to(next_digests(), "ann@mail.example")
    assert "“Neighbourhood watch”: 2 new comments" in letter.body
    assert "First." not in letter.body


def test_an_answer_is_not_told_again_as_part_of_its_discussion(talk):
    follows(talk.author, Scope.THREAD, talk.page.translation_key)
    answer(talk)
    (letter,) = to(next_digests(), "joanna@mail.example")
    assert "Discussions you follow" not in letter.body
    assert letter.body.count("Neighbourhood watch") == 1


@pytest.fixture
def closed(ann):
    """A thread of a private group with what somebody wrote there, and a member who follows it."""
    group = WorkingGroup.objects.create(code="night-shift", visibility="private")
    group.texts.create(language="en", title="canary group", purpose="canary purpose")
    thread = DiscussionThread.objects.create(kind="group", group=group, title="canary title", language="en")
    bob = account("bob", name="Bobcanary")
    for user in (ann, bob):
        Membership.objects.create(group=group, user=user)
    return group, thread, bob


def say(thread, user, text="canary words"):
    from django.contrib.contenttypes.models import ContentType
    from django_comments_xtd.models import XtdComment

    comment = XtdComment.objects.create(
        content_type=ContentType.objects.get_for_model(DiscussionThread),
        object_pk=str(thread.pk),
        site_id=1,
        user=user,
        user_name=user.member.display_name,
        comment=text,
        submit_date=timezone.now(),
    )
    row = CommentState.objects.create(
        comment=comment,
        thread=thread,
        path=f"{comment.pk:010d}",
        language="en",
        state=State.PUBLISHED,
        posted_at=timezone.now(),
    )
    ModerationDecision.objects.create(comment=row, automated=True, new=State.PUBLISHED)
    return row


@pytest.mark.parametrize("frequency", [Frequency.DAILY, Frequency.INSTANT])
def test_a_private_group_is_told_of_by_a_link_alone(closed, ann, frequency):
    group, thread, bob = closed
    follows(ann, Scope.GROUP, group.code, frequency)
    say(thread, bob)
    (letter,) = to([*sent(), *next_digests()], "ann@mail.example")
    assert f"http://testserver/en/working-groups/night-shift/threads/{thread.translation_key}/" in letter.body
    assert "canary" not in text_of(letter)


@pytest.mark.parametrize("frequency", [Frequency.DAILY, Frequency.INSTANT])
def test_who_has_left_the_group_is_told_nothing_not_even_of_what_was_queued(closed, ann, frequency):
    group, thread, bob = closed
    follows(ann, Scope.GROUP, group.code, frequency)
    follows(ann, Scope.THREAD, thread.translation_key, frequency)
    say(thread, bob)
    schedule.queue_digests(timezone.now() + timedelta(days=8))
    for name in [row.key for row in OutboxRow.objects.filter(topic="community.notices")]:
        assert name.startswith("comment:")
    outbox.drain("community.notices")
    Membership.objects.filter(user=ann).update(until=timezone.now() - timedelta(seconds=1))
    assert to(sent(), "ann@mail.example") == []


def test_of_a_thread_by_role_no_author_is_told(closed, ann):
    group, _thread, bob = closed
    group.visibility = "readable"
    group.save()
    thread = DiscussionThread.objects.create(kind="group", group=group, title="Open talk", language="en", by_role=True)
    row = say(thread, bob, "Said under the rule.")
    from community.models import Mention

    Mention.objects.create(comment=row, user=ann)
    (letter,) = to(next_digests(), "ann@mail.example")
    assert "Said under the rule." in letter.body
    assert "Bobcanary" not in text_of(letter)


# Pages


def test_a_section_a_country_and_the_site_tell_of_their_pages(page, ann):
    readers = {
        "patterns@mail.example": (Scope.SECTION, "patterns"),
        "italy@mail.example": (Scope.COUNTRY, "IT"),
        "site@mail.example": (Scope.SITE, ""),
    }
    for email, followed in readers.items():
        visitor(email, *followed)
    make_practice(title="Radio of the quarter", country="IT")
    make_practice(title="Draft of the quarter", country="IT", live=False)
    make_pattern(title="Street stewards")
    letters = next_digests()
    told = {address: to(letters, address)[0].body for address in readers}
    assert "Street stewards" in told["patterns@mail.example"]
    assert "Radio" not in told["patterns@mail.example"]
    assert "Radio of the quarter (New page)" in told["italy@mail.example"]
    assert "Street stewards" not in told["italy@mail.example"]
    assert "Street stewards" in told["site@mail.example"]
    assert "Radio" in told["site@mail.example"]
    assert not any("Draft" in text for text in told.values())


def test_a_change_is_told_when_editors_note_it_and_a_mere_saving_is_not(page):
    later = timezone.now() + timedelta(seconds=1)
    visitor("site@mail.example", Scope.SITE, told_until=later)
    type(page).objects.filter(pk=page.pk).update(last_published_at=later + timedelta(hours=1))
    assert next_digests(8) == []
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.change_notes = [("change", {"date": tomorrow, "kind": "correction", "text": "A date put right."})]
    page.save()
    type(page).objects.filter(pk=page.pk).update(last_published_at=later + timedelta(hours=1))
    (letter,) = next_digests(16)
    assert "Neighbourhood watch (Correction)" in letter.body
    assert "A date put right." in letter.body


def test_a_page_that_not_everybody_may_read_has_no_name_in_a_mail(page, ann):
    follows(ann, Scope.SITE)
    visitor("site@mail.example", Scope.SITE)
    secret = make_pattern(title="canary pattern")
    secret.view_restrictions.create(restriction_type="login")
    (letter,) = next_digests()
    assert letter.to == ["ann@mail.example"]
    assert "Something new where not everybody may read" in letter.body
    assert "canary pattern" not in text_of(letter)


def test_each_subject_is_told_once_in_the_language_of_the_reader(page):
    visitor("fr@mail.example", Scope.SITE, language="fr")
    visitor("nl@mail.example", Scope.SITE, language="nl")
    made = make_pattern(title="Street stewards")
    translate(made, "fr", title="Gardiens de rue", summary="Ils veillent.")
    letters = next_digests()
    french, dutch = (to(letters, f"{language}@mail.example")[0] for language in ("fr", "nl"))
    assert "Gardiens de rue" in french.body
    assert "Street stewards" not in french.body
    assert "http://testserver/fr/" in french.body
    assert "Street stewards" in dutch.body
    assert "http://testserver/nl/" in dutch.body


def test_a_language_and_one_page_can_be_followed(page, ann):
    follows(ann, Scope.LANGUAGE, "fr")
    french = translate(page, "fr", title="Surveillance")
    make_pattern(title="English alone")
    (letter,) = next_digests()
    assert "Surveillance" in letter.body
    assert "English alone" not in letter.body
    Subscription.objects.all().delete()
    yesterday = timezone.now() - timedelta(days=1)
    follows(ann, Scope.SUBJECT, french.translation_key, told_until=yesterday, queued_until=yesterday)
    (letter,) = next_digests(9)
    assert "Neighbourhood watch" in letter.body
    assert "English alone" not in letter.body


# At once


def test_a_comment_is_told_at_once_and_once(talk, ann):
    follows(ann, Scope.THREAD, talk.page.translation_key, Frequency.INSTANT)
    follows(talk.author, Scope.REPLIES, frequency=Frequency.INSTANT)
    sent()
    row = answer(talk)
    letters = sent()
    assert sorted(letter.to[0] for letter in letters) == ["ann@mail.example", "joanna@mail.example"]
    assert all(f"c={row.public_id}" in letter.body for letter in letters)
    outbox.put("community.notices", f"comment:{row.pk}")
    assert sent() == []
    assert next_digests() == []


def test_a_comment_that_is_hidden_before_the_mail_goes_is_not_told_at_once(talk, ann, moderator):
    follows(ann, Scope.THREAD, talk.page.translation_key, Frequency.INSTANT)
    sent()
    row = answer(talk)
    outbox.drain("community.notices")
    services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-3")
    assert to(sent(), "ann@mail.example") == []


def test_a_page_is_told_at_once_for_each_noted_change_and_not_for_each_saving(page, ann):
    follows(ann, Scope.SECTION, "patterns", Frequency.INSTANT)
    sent()
    made = make_pattern(title="Street stewards")
    assert [letter.to for letter in sent()] == [["ann@mail.example"]]
    made.save_revision().publish()
    assert sent() == []
    made.change_notes = [("change", {"date": date.today(), "kind": "content", "text": "A new part."})]
    made.save_revision().publish()
    assert len(sent()) == 1


# When


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 1, 15, 5, 59, tzinfo=UTC), datetime(2026, 1, 14, 7, tzinfo=BRUSSELS)),
        (datetime(2026, 1, 15, 6, 0, tzinfo=UTC), datetime(2026, 1, 15, 7, tzinfo=BRUSSELS)),
        (datetime(2026, 7, 15, 5, 0, tzinfo=UTC), datetime(2026, 7, 15, 7, tzinfo=BRUSSELS)),
        (datetime(2026, 3, 29, 5, 0, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=BRUSSELS)),  # clocks go forward
        (datetime(2026, 10, 25, 5, 30, tzinfo=UTC), datetime(2026, 10, 24, 7, tzinfo=BRUSSELS)),  # clocks go back
        (datetime(2026, 10, 25, 6, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=BRUSSELS)),
    ],
)
def test_digests_are_due_at_seven_by_the_clock_on_the_wall(now, expected):
    assert schedule.last_hour(now, weekly=False) == expected


def test_days_of_23_and_25_hours_have_one_digest_each():
    for start in (datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)):
        steps = [start + timedelta(minutes=10 * step) for step in range(6 * 24 * 4)]
        hours = {schedule.last_hour(step, weekly=False) for step in steps}
        assert len(hours) == 5  # four days and the one before
        assert {hour.astimezone(BRUSSELS).hour for hour in hours} == {7}


def test_weekly_digests_are_due_on_monday():
    monday = datetime(2026, 11, 23, 7, tzinfo=BRUSSELS)
    for days in range(7):
        assert schedule.last_hour(monday + timedelta(days=days, hours=1), weekly=True) == monday
    assert schedule.last_hour(monday - timedelta(minutes=1), weekly=True) == monday - timedelta(days=7)


def test_a_weekly_reader_waits_for_the_week_and_a_daily_one_does_not(page):
    visitor("weekly@mail.example", Scope.SITE, frequency="weekly")
    visitor("daily@mail.example", Scope.SITE, frequency="daily")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    Subscription.objects.update(queued_until=long_ago, told_until=long_ago)
    tuesday = datetime(2026, 1, 6, 12, tzinfo=UTC)
    schedule.queue_digests(tuesday)
    keys = sorted(OutboxRow.objects.filter(topic="community.mail").values_list("key", flat=True))
    monday = int(datetime(2026, 1, 5, 7, tzinfo=BRUSSELS).timestamp())
    assert [key.rpartition(":")[2] for key in keys] != []
    assert sum(key.endswith(f":{monday}") for key in keys) == 1
    assert sum(key.endswith(f":{monday + 24 * 3600}") for key in keys) == 1
    schedule.queue_digests(tuesday + timedelta(hours=1))
    assert OutboxRow.objects.filter(topic="community.mail").count() == 2


def test_two_digests_that_wait_for_a_server_tell_everything_once(talk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer(talk, "First.")
    next_digests(2)
    published_in(answer(talk, "Second."), days=3)
    next_digests(4)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutboxRow.objects.update(next_try=timezone.now(), leased_until=None)
    outbox.drain()
    together = "".join(letter.body for letter in mail.outbox)
    assert together.count("First.") == together.count("Second.") == 1


def test_composing_takes_the_same_queries_for_any_number_of_comments(talk, django_assert_max_num_queries):
    from community.notices import contents

    rows = list(Subscription.objects.filter(user=talk.author))
    until = timezone.now() + timedelta(days=1)
    counts = []
    said = iter(
        ["Ropes", "Late buses", "My street has lamps", "Tea helps", "Who pays", "Snow fell", "Read", "Ask them"]
    )
    for _round in range(2):
        for _number in range(4):
            answer(talk, next(said), f"writer{_round}{_number}")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            parts = contents.news(rows, until, talk.author)
        counts.append(len(queries))
        assert len(parts[0].items) == 4 * (_round + 1)
    assert counts[0] == counts[1] <= 12
