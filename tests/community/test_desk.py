"""The moderators' queue in the admin, used by people who are no superusers."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from community import services
from community.models import CommentState, ModerationDecision, Report, State
from tests.factories import translate

from .conftest import account, posted, send, shown, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/"


def held(page, text="Held words.", name="Neighbour"):
    send(Client(), page, text, name=name)
    return CommentState.objects.latest("pk")


def decide(client, *rows, outcome="published", reason="no-fault", **fields):
    versions = services.versions(rows)
    ids = [f"{row.public_id}.{versions[row.pk]}" for row in rows]
    return client.post(QUEUE, {"ids": ids, "outcome": outcome, "reason": reason, **fields}, follow=True)


def report(client, row, reason="rule-1", text=""):
    import time

    from community import tokens

    url = reverse("community:report", args=[row.thread.translation_key, row.public_id])
    token = tokens.make(f"report {row.public_id}", shown_at=time.time() - 20)
    return client.post(url, {"reason": reason, "text": text, "token": token, "website": ""})


def test_a_moderator_who_is_no_superuser_sees_and_decides(page, moderator):
    row = held(page)
    client = signed_in(moderator)
    queue = client.get(QUEUE).content.decode()
    for part in ["Held words.", "Neighbourhood watch", "English", "Neighbour", "written without an account"]:
        assert part in queue
    assert decide(client, row).status_code == 200
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    row.comment.refresh_from_db()
    assert row.comment.is_public
    assert "Held words." in shown(page)
    assert "Nothing is waiting" in client.get(QUEUE).content.decode()


def test_each_decision_is_recorded_with_who_and_why(page, moderator):
    row = held(page)
    decide(signed_in(moderator), row, outcome="hidden", reason="rule-3", explanation="A name.")
    first, second = ModerationDecision.objects.filter(comment=row)
    assert (first.automated, first.old, first.new, first.reason) == (True, "", "held", "visitor")
    assert (second.made_by, second.old, second.new, second.reason) == (moderator, "held", "hidden", "rule-3")
    entry = ModelLogEntry.objects.get(action="community.hidden")
    assert entry.user == moderator
    assert "Held words" not in str(entry.data) + entry.label


def test_a_decision_can_be_neither_changed_nor_deleted(page):
    decision = ModerationDecision.objects.filter(comment=held(page)).get()
    with pytest.raises(TypeError):
        decision.save()
    with pytest.raises(TypeError):
        decision.delete()


def test_several_are_decided_at_once_with_one_reason(page, moderator):
    rows = [held(page, f"Held number {number}.") for number in range(3)]
    decide(signed_in(moderator), *rows[:2], outcome="hidden", reason="rule-7")
    assert [row.state for row in CommentState.objects.order_by("pk")] == ["hidden", "hidden", "held"]


def test_hiding_without_a_reason_is_refused(page, moderator):
    row, client = held(page), signed_in(moderator)
    for reason in ["", "no-fault", "made-up"]:
        assert decide(client, row, outcome="hidden", reason=reason).status_code == 400
    one = f"{QUEUE}{row.public_id}/"
    assert client.post(one, {"outcome": "hidden", "reason": ""}).status_code == 400
    row.refresh_from_db()
    assert row.state == State.HELD


def test_nothing_ticked_is_said(page, moderator):
    held(page)
    answer = decide(signed_in(moderator))
    assert answer.status_code == 400
    assert "Tick at least one" in answer.content.decode()


def test_whoever_decides_second_is_told(page, moderator):
    row = held(page)
    other = account("ann", groups=["Moderators"])
    read_before = services.versions([row])[row.pk]
    decide(signed_in(moderator), row, outcome="hidden", reason="rule-1")
    ids = [f"{row.public_id}.{read_before}"]
    answer = signed_in(other).post(QUEUE, {"ids": ids, "outcome": "published", "reason": ""}, follow=True)
    assert "already decided by Mo de Groot" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == State.HIDDEN


def test_a_bulk_decision_names_what_it_left(page, moderator, joanna):
    first, second = held(page, "One."), held(page, "Two.")
    versions = services.versions([first, second])
    decide(signed_in(account("ann", name="Ann", groups=["Moderators"])), second)
    ids = [*(f"{row.public_id}.{versions[row.pk]}" for row in (first, second)), "zzzzzzzzzz.1-0"]
    answer = signed_in(moderator).post(QUEUE, {"ids": ids, "outcome": "published", "reason": ""}, follow=True)
    html = answer.content.decode()
    assert "1 comment decided." in html
    assert f"(already decided by Ann): {second.public_id}" in html
    assert "(it is not there any more): zzzzzzzzzz" in html


def test_a_forgotten_reason_takes_no_tick_away(page, moderator):
    first, second = held(page, "One."), held(page, "Two.")
    versions = services.versions([first, second])
    value = f"{first.public_id}.{versions[first.pk]}"
    answer = signed_in(moderator).post(QUEUE, {"ids": [value], "outcome": "hidden", "reason": ""})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert f'value="{value}" checked' in html
    assert f'value="{second.public_id}.{versions[second.pk]}" aria-label' in html


def test_nobody_decides_on_an_own_comment_or_report(page, moderator, joanna):
    mine = posted(signed_in(moderator), page, "A moderator speaks.")
    client = signed_in(moderator)
    decide(client, mine, outcome="hidden", reason="rule-7")
    mine.refresh_from_db()
    assert mine.state == State.PUBLISHED
    assert "Not yours to decide" in client.get(f"{QUEUE}{mine.public_id}/").content.decode()
    other = posted(signed_in(joanna), page, "Something else.")
    report(client, other)
    decide(client, other, outcome="hidden", reason="rule-1")
    other.refresh_from_db()
    assert other.state == State.PUBLISHED


def test_approving_a_parent_leaves_held_answers_held(page, moderator, joanna):
    parent = posted(signed_in(joanna), page, "The parent.")
    send(Client(), page, "A held answer.", parent=parent, name="Neighbour")
    answer = CommentState.objects.latest("pk")
    client = signed_in(moderator)
    decide(client, parent, outcome="hidden", reason="rule-7")
    parent.refresh_from_db()
    decide(client, parent)
    parent.comment.comment = "The parent, edited."
    parent.comment.save()  # as the package would
    answer.refresh_from_db()
    answer.comment.refresh_from_db()
    assert answer.state == State.HELD
    assert not answer.comment.is_public
    html = shown(page)
    assert "The parent, edited." in html
    assert "A held answer." not in html


def test_hiding_a_parent_leaves_its_answers_and_says_why(page, moderator, joanna):
    parent = posted(signed_in(joanna), page, "The parent.")
    posted(signed_in(joanna), page, "An answer.", parent=parent)
    decide(signed_in(moderator), parent, outcome="hidden", reason="rule-3")
    html = shown(page)
    assert "The parent." not in html
    assert "An answer." in html
    assert "Rule 3: personal data of others" in html


def test_a_report_puts_a_comment_into_the_queue_and_a_decision_takes_it_out(page, moderator, joanna, client):
    row = posted(signed_in(joanna), page, "Reported words.")
    answer = report(client, row, text="He means my brother.")
    assert "Your report arrived." in client.get(answer.url).content.decode()
    desk = signed_in(moderator)
    assert "Reported words." in desk.get(QUEUE + "?kind=reported").content.decode()
    one = desk.get(f"{QUEUE}{row.public_id}/").content.decode()
    assert "He means my brother." in one
    assert "by a visitor" in one
    decide(desk, row)
    assert Report.objects.get().decision.new == State.PUBLISHED
    assert "Reported words." not in desk.get(QUEUE).content.decode()
    assert "Reported words." in shown(page)
    assert "Reported words." in desk.get(QUEUE + "?kind=decided").content.decode()


def test_a_report_sent_twice_is_one_and_a_held_comment_cannot_be_reported(page, joanna, client):
    import time

    from community import tokens

    row = posted(signed_in(joanna), page, "Reported words.")
    url = reverse("community:report", args=[page.translation_key, row.public_id])
    data = {"reason": "rule-1", "token": tokens.make(f"report {row.public_id}", shown_at=time.time() - 20)}
    assert [client.post(url, data).status_code for _time in range(2)] == [302, 302]
    assert Report.objects.count() == 1
    assert client.post(url, {**data, "reason": ""}).status_code == 400
    CommentState.objects.update(state=State.HELD)
    assert client.get(url).status_code == 404


def test_an_editor_neither_sees_nor_decides(page, editor):
    row, client = held(page), signed_in(editor)
    home = client.get("/admin/").content.decode()
    assert QUEUE not in home
    assert "Held words." not in client.get(QUEUE, follow=True).content.decode()
    assert "Held words." not in client.get(f"{QUEUE}{row.public_id}/", follow=True).content.decode()
    decide(client, row)
    row.refresh_from_db()
    assert row.state == State.HELD


def test_the_admin_home_counts_what_waits(page, moderator):
    held(page)
    html = signed_in(moderator).get("/admin/").content.decode()
    assert "Held: 1" in html
    assert "Reported: 0" in html


def test_no_comment_can_be_added_or_deleted_in_the_admin(moderator):
    from django.contrib.auth.models import Permission

    names = set(Permission.objects.filter(content_type__app_label="community").values_list("codename", flat=True))
    verbs = ("add", "change", "delete", "view")
    lists = {f"{verb}_{model}" for model in ("cannedreply", "watchedword") for verb in verbs}
    groups = {f"{verb}_workinggroup" for verb in ("add", "change", "view")}
    assert names == {"moderate_comment", "change_dutycontact", *lists, *groups}


def test_the_queue_is_filtered_by_language(page, moderator):
    french = translate(page, "fr", title="Surveillance")
    send(Client(), french, "Mots retenus.", language="fr", name="Voisine", url_language="fr")
    held(page)
    html = signed_in(moderator).get(QUEUE + "?language=fr").content.decode()
    assert "Mots retenus." in html
    assert "Held words." not in html


def test_the_queue_takes_as_many_queries_for_many_comments(page, moderator, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(moderator)
    counts = []
    for batch in range(2):
        for number in range(3):
            row = held(page, f"Held {batch} {number}.", name=f"N{batch}{number}")
            CommentState.objects.filter(pk=row.pk).update(digest=f"{batch}{number}")
            from django.core.cache import cache

            cache.clear()
        client.get(QUEUE)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(QUEUE)
        counts.append(len(captured))
    assert counts[0] == counts[1]
