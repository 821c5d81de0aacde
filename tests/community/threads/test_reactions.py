"""Useful, have practised it, concern."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from community import services
from community.models import CommentState, DiscussionThread, Reaction, State
from community.threads import reacting
from portal import stamps
from tests.community.conftest import account, shown, signed_in
from tests.factories import make_pattern, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(db):
    return account("ann", name="Ann Canary")


def url_of(row):
    return reverse("community:comment", args=[row.thread.translation_key, row.public_id])


def react(client, row, do="useful", **fields):
    return client.post(url_of(row), {"do": do, **fields})


def counts(row):
    row = CommentState.objects.get(pk=row.pk)
    return row.useful, row.practised, row.concern


def test_a_member_reacts_without_javascript_and_takes_it_back(talk, ann):
    client = signed_in(ann)
    html = client.get(url_of(talk.row)).content.decode()
    assert 'value="useful" data-react="useful" aria-pressed="false"' in html
    done = react(client, talk.row)
    assert done.url == f"{talk.page.url}?c={talk.row.public_id}#c-{talk.row.public_id}"
    react(client, talk.row, "practised")
    assert counts(talk.row) == (1, 1, 0)
    assert "Useful <b>1</b>" in shown(talk.page)
    assert (
        'value="undo-useful" data-react="useful" aria-pressed="true"' in client.get(url_of(talk.row)).content.decode()
    )
    react(client, talk.row, "undo-useful")
    react(client, talk.row, "undo-useful")
    assert counts(talk.row) == (0, 1, 0)


def test_sent_twice_it_counts_once(talk, ann):
    client = signed_in(ann)
    for _time in range(3):
        assert react(client, talk.row).status_code == 302
    assert counts(talk.row) == (1, 0, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(comment=talk.row, user=ann, kind="useful")


def test_nobody_is_told_who_it_was(talk, ann, editor):
    react(signed_in(ann), talk.row)
    for client in [Client(), talk.client, signed_in(editor)]:
        for url in [talk.page.url, url_of(talk.row), f"/en/discussion/{talk.page.translation_key}/feed/"]:
            assert "Ann Canary" not in client.get(url).content.decode()


def test_visitors_are_led_to_the_sign_in_and_authors_do_not_count_themselves(talk, client):
    assert "Sign in" in client.get(url_of(talk.row)).content.decode()
    assert "/accounts/login/" in react(client, talk.row).url
    assert react(talk.client, talk.row).status_code == 400
    assert counts(talk.row) == (0, 0, 0)


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.WITHDRAWN, State.ERASED])
def test_what_is_not_shown_is_not_reacted_to(talk, ann, state):
    CommentState.objects.filter(pk=talk.row.pk).update(state=state)
    assert signed_in(ann).get(url_of(talk.row)).status_code == 404
    assert react(signed_in(ann), talk.row).status_code == 404
    with pytest.raises(services.Refused, match="gone"):
        reacting.react(row=talk.row, user=ann, kind="useful")


def test_another_discussion_does_not_show_it(talk, ann):
    other = make_pattern()
    assert (
        signed_in(ann).get(reverse("community:comment", args=[other.translation_key, talk.row.public_id])).status_code
        == 404
    )


def test_nothing_is_counted_in_a_closed_discussion(talk, ann):
    DiscussionThread.objects.update(state="closed")
    assert react(signed_in(ann), talk.row).status_code == 400
    assert counts(talk.row) == (0, 0, 0)


def test_a_closed_discussion_shows_what_was_said_and_no_buttons(talk, ann):
    react(signed_in(ann), talk.row)
    DiscussionThread.objects.update(state=DiscussionThread.Condition.CLOSED)
    html = shown(talk.page)
    assert "useful <b>1</b></li>" in html.lower()
    assert "data-react" not in html
    assert "#react" not in html


@pytest.mark.parametrize("do", ["", "like", "undo-", "undo-like", "concern"])
def test_anything_else_changes_nothing(talk, ann, do):
    assert react(signed_in(ann), talk.row, do).status_code == 400
    assert not Reaction.objects.exists()


def test_get_changes_nothing(talk, ann):
    signed_in(ann).get(url_of(talk.row), {"do": "useful"})
    assert not Reaction.objects.exists()


def test_a_concern_wants_a_reason_and_keeps_it_private(talk, ann, client):
    answer = react(signed_in(ann), talk.row, "concern", text="")
    assert answer.status_code == 400
    assert not Reaction.objects.exists()
    react(signed_in(ann), talk.row, "concern", text="canary-concern: this invites profiling.")
    assert counts(talk.row) == (0, 0, 1)
    for reader in [client, talk.client, signed_in(account("bea", name="Bea"))]:
        for url in [talk.page.url, url_of(talk.row)]:
            assert "canary-concern" not in reader.get(url).content.decode()
    assert "canary-concern" in signed_in(ann).get(url_of(talk.row)).content.decode()


@pytest.mark.parametrize("words", ["Ask anna@example.org", "Ring 06 12 34 56 78", "x" * 501, " \u200b"])
def test_a_concern_is_checked_like_every_text_and_comes_back(talk, ann, words):
    answer = react(signed_in(ann), talk.row, "concern", text=words)
    assert answer.status_code == 400
    assert words.strip() in answer.content.decode()
    assert not Reaction.objects.exists()


def test_editors_of_the_page_see_concerns_and_see_to_them(talk, ann, editor):
    french = translate(talk.page, "fr", title="Surveillance")
    react(signed_in(ann), talk.row, "concern", text="This invites profiling.")
    client = signed_in(editor)
    home = client.get("/admin/").content.decode()
    assert "1 reader has a concern" in home
    listed = client.get("/admin/reports/concerns/").content.decode()
    for part in ["This invites profiling.", "Ann Canary", "Neighbourhood watch"]:
        assert part in listed
    for page in [talk.page, french]:
        assert "1 concern of a reader" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    about = client.get(f"/admin/reports/concerns/?about={make_pattern().translation_key}").content.decode()
    assert "This invites profiling." not in about
    assert client.get("/admin/reports/concerns/?about=x").status_code == 200
    concern = Reaction.objects.get()
    assert client.get(f"/admin/reports/concerns/{concern.pk}/handled/").status_code == 405
    client.post(f"/admin/reports/concerns/{concern.pk}/handled/")
    concern.refresh_from_db()
    assert concern.handled_by == editor
    assert "1 reader has a concern" not in client.get("/admin/").content.decode()


def test_concerns_are_for_those_who_edit_the_page(talk, ann, moderator):
    react(signed_in(ann), talk.row, "concern", text="This invites profiling.")
    concern = Reaction.objects.get()
    for client in [Client(), signed_in(ann), signed_in(moderator)]:
        assert "profiling" not in client.get("/admin/reports/concerns/", follow=True).content.decode()
        client.post(f"/admin/reports/concerns/{concern.pk}/handled/")
    concern.refresh_from_db()
    assert concern.handled_at is None


def test_a_concern_about_what_is_hidden_meanwhile_is_out_of_sight(talk, ann, editor, moderator):
    react(signed_in(ann), talk.row, "concern", text="This invites profiling.")
    services.decide(public_id=talk.row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")
    assert "profiling" not in signed_in(editor).get("/admin/reports/concerns/").content.decode()


def test_the_list_of_concerns_takes_the_same_queries_for_many(talk, editor, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, taken = signed_in(editor), []
    for name in "abcd":
        reacting.react(row=talk.row, user=account(name, name=f"Name {name}"), kind="concern", text="Why?")
        client.get("/admin/reports/concerns/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/reports/concerns/")
        taken.append(len(captured))
    assert taken[0] == taken[-1]


def test_an_account_that_goes_takes_its_reactions_and_the_numbers_follow(talk, ann):
    react(signed_in(ann), talk.row)
    react(signed_in(ann), talk.row, "concern", text="canary-concern")
    key = stamps.subject(talk.page.translation_key)
    before = stamps.read([key])[key]
    ann.delete()
    assert counts(talk.row) == (0, 0, 0)
    assert not Reaction.objects.exists()
    assert stamps.read([key])[key] > before


def group_talk(joanna, visibility, *, by_role=False):
    from community.models import WorkingGroup
    from tests.community.test_reading import fill

    group = WorkingGroup.objects.create(code=visibility, visibility=visibility)
    thread = DiscussionThread.objects.create(
        kind="group", group=group, title="Among us", language="en", by_role=by_role
    )
    row = fill(make_pattern(), 1)[0]
    CommentState.objects.filter(pk=row.pk).update(thread=thread)
    return CommentState.objects.select_related("thread").get(pk=row.pk)


def test_in_a_working_group_there_are_no_editors_to_send_a_concern_to(talk, ann):
    row = group_talk(talk.author, "public")
    client = signed_in(ann)
    html = client.get(url_of(row)).content.decode()
    assert 'value="useful"' in html
    assert 'value="concern"' not in html
    assert react(client, row, "concern", text="Why?").status_code == 400
    assert react(client, row, "useful").status_code == 302
    read = client.get(row.thread.get_absolute_url()).content.decode()
    assert 'data-react="useful"' in read
    assert 'data-react="concern"' not in read


def test_who_only_reads_a_group_does_not_react_there(talk, ann):
    row = group_talk(talk.author, "readable")
    answer = react(signed_in(ann), row)
    assert answer.status_code == 400
    assert "This discussion has been closed." in answer.content.decode()
    assert counts(row) == (0, 0, 0)
    row.thread.group.memberships.create(user=ann)
    assert react(signed_in(ann), row).status_code == 302


def test_a_thread_names_its_feed_only_where_everybody_may_read_it(talk, ann, admin_user):
    admin = signed_in(admin_user)
    for visibility, by_role in [("public", False), ("private", False), ("readable", True)]:
        row = group_talk(talk.author, visibility, by_role=by_role)
        html = admin.get(row.thread.get_absolute_url()).content.decode()
        assert ("/feed/" in html) == (visibility == "public"), visibility
    feed = f"/en/discussion/{talk.page.translation_key}/feed/"
    assert feed in admin.get(talk.page.url).content.decode()
    talk.page.view_restrictions.create(restriction_type="login")
    assert feed not in admin.get(talk.page.url).content.decode()


def test_nobody_outside_learns_of_a_comment_in_a_private_group(talk, ann):
    row = group_talk(talk.author, "private")
    assert signed_in(ann).get(url_of(row)).status_code == 404
    assert react(signed_in(ann), row).status_code == 404
    assert react(Client(), row).status_code == 404
