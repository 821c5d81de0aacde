"""The daily mail to moderators: numbers, at most once a day, for what is theirs, and with an off-switch."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from community import services
from community.due_process import alerts
from community.models import CommentState, ModeratorAlert, State

from ..conftest import account, posted, send, signed_in
from ..groups.conftest import join, make_group, make_thread
from .conftest import decide, letters, report, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(page):
    send(Client(), page, "A visitor speaks of canary-held.", name="Neighbour")
    row = CommentState.objects.latest("pk")
    CommentState.objects.filter(pk=row.pk).update(changed_at=timezone.now() - datetime.timedelta(hours=5, minutes=10))
    return row


def at(hour, day=1):
    """Some hours of the site's clock, tomorrow or later."""
    then = timezone.localtime() + datetime.timedelta(days=day)
    return then.replace(hour=hour, minute=0)


def morning(hour=9, day=1):
    alerts.put_alerts(at(hour, day))
    return [letter for letter in letters() if letter.subject == "Waiting for moderators"]


def test_each_moderator_is_told_how_many_wait_and_since_when(held, moderator, page, joanna):
    report(posted(signed_in(joanna), page, "Reported words."))
    sent = morning()
    assert [letter.to for letter in sent] == [["mo@mail.example"]]
    text = whole(sent[0])
    assert "Held: 1 waiting, the oldest for" in text
    assert "Reported: 1 waiting" in text
    assert "/admin/comments/" in text
    for never in ["canary", "Neighbour", "Reported words", "Joanna", "rule-1"]:
        assert never not in text


def test_no_mail_when_nothing_waits_and_none_to_other_members(moderator, joanna, editor):
    assert morning() == []


def test_once_a_day_at_most_and_not_at_night(held, moderator):
    assert morning(hour=3) == []
    assert len(morning()) == 1
    assert morning() == []
    assert morning(hour=23) == []
    assert morning(hour=3, day=2) == []
    assert len(morning(day=2)) == 1


def test_nothing_goes_out_when_it_was_decided_before_the_mail_was_sent(held, moderator):
    assert alerts.put_alerts(at(9)) == 1
    decide(held, moderator, new=State.PUBLISHED, reason="no-fault")
    assert [letter for letter in letters() if letter.subject == "Waiting for moderators"] == []


def test_moderators_of_a_group_hear_of_their_group_alone(held, moderator):
    group = make_group(title="Quiet circle")
    ann, chair = account("ann2", name="Ann"), account("carl", name="Carl")
    join(group, ann)
    join(group, chair, "chair")
    thread = make_thread(group, title="Secret agenda")
    row = posted(signed_in(ann), SimpleNamespace(translation_key=thread.translation_key), "Words.")
    assert [letter.to[0] for letter in morning()] == ["mo@mail.example"]
    services.change(row, State.HELD, reason="phone")
    sent = {letter.to[0]: letter for letter in morning(day=2)}
    assert "Held: 1 waiting" in sent["carl@mail.example"].body
    assert "Held: 1 waiting" in sent["mo@mail.example"].body
    assert "Quiet" not in whole(sent["carl@mail.example"])
    assert set(sent) == {"carl@mail.example", "mo@mail.example"}


def test_whoever_moderates_no_more_gets_nothing_that_was_queued(held, moderator):
    assert alerts.put_alerts(at(9)) == 1
    moderator.groups.clear()
    assert letters() == []


def test_the_switch_is_shown_by_get_and_turned_by_post(held, moderator):
    url = alerts.stop_path(moderator)
    assert url in signed_in(moderator).get("/accounts/").content.decode()
    anybody = Client(enforce_csrf_checks=True)
    assert "at most once a day" in anybody.get(url).content.decode()
    assert not ModeratorAlert.objects.filter(wanted=False).exists()
    assert "You get no mail" in anybody.post(url, {"List-Unsubscribe": "One-Click"}).content.decode()
    assert morning() == []
    assert "at most once a day" in anybody.post(url, {"on": "1"}).content.decode()
    sent = morning()
    assert url in sent[0].extra_headers["List-Unsubscribe"]


def test_the_switch_of_another_account_or_none_cannot_be_turned(moderator, second):
    pk, secret = alerts.stop_path(moderator).rstrip("/").split("/")[-2:]
    foreign = alerts.stop_path(moderator).replace(f"/{pk}/", f"/{second.pk}/")
    assert Client().post(foreign).status_code == 404
    assert Client().post(alerts.stop_path(moderator).replace(secret, secret[::-1])).status_code == 404
    assert not ModeratorAlert.objects.exists()
    gone = alerts.stop_path(second)
    second.delete()
    answer = Client().post(gone)
    assert answer.status_code == 200
    assert "nothing to do" in answer.content.decode()
