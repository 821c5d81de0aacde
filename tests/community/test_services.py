"""What happens to comments when accounts and pages go, and when many write at once."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sites.models import Site
from django.test import Client

from community import services
from community.checks import site_is_named
from community.models import CommentState, DiscussionThread, ModerationDecision, State
from community.screening import Draft
from portal import stamps
from tests.factories import make_pattern, translate

from .conftest import account, posted, send, shown, signed_in, together, write_url

pytestmark = pytest.mark.django_db


def test_deleting_a_translation_keeps_the_thread_and_the_last_page_hides_it(talk):
    french = translate(talk.page, "fr", title="Surveillance")
    talk.page.delete()
    assert DiscussionThread.objects.get().state == "open"
    assert "We opened a group" in shown(french)
    french.delete()
    assert DiscussionThread.objects.get().state == "hidden"
    assert CommentState.objects.count() == 1
    assert talk.client.get(write_url(talk.page)).status_code == 404
    assert talk.client.get(write_url(talk.page, talk.row)).status_code == 404
    assert "A page that is not there any more" in talk.client.get("/accounts/").content.decode()


def test_deleting_the_section_above_hides_the_threads_below(talk):
    talk.page.get_parent().delete()
    assert DiscussionThread.objects.get().state == "hidden"


def test_deleting_an_account_takes_words_and_name_and_leaves_the_places(talk):
    other = account("ann", name="Ann")
    posted(signed_in(other), talk.page, "Ann answers.", parent=talk.row)
    talk.author.delete()
    html = shown(talk.page)
    assert "We opened a group" not in html
    assert "Joanna" not in html
    assert "Ann answers." in html
    assert "Erased together with the account" in html
    row = CommentState.objects.get(pk=talk.row.pk)
    assert (row.state, row.comment.comment, row.comment.user_name, row.comment.user) == (State.ERASED, "", "", None)
    assert ModerationDecision.objects.filter(comment=row, new=State.ERASED).exists()


def test_deleting_a_moderator_keeps_the_decisions(talk, moderator):
    services.decide(public_id=talk.row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")
    moderator.delete()
    decision = ModerationDecision.objects.get(new=State.HIDDEN)
    assert (decision.made_by, decision.automated) == (None, False)


def test_no_address_and_no_mail_address_is_stored(page, joanna):
    posted(signed_in(joanna), page, "A member writes.")
    send(Client(REMOTE_ADDR="198.51.100.7"), page, "A visitor writes.", name="Visitor")
    for row in CommentState.objects.select_related("comment"):
        assert row.comment.ip_address is None
        assert row.comment.user_email == ""
        assert row.comment.user_url == ""


def test_what_readers_see_moves_the_stamp_of_the_subject(page, joanna, moderator):
    key = stamps.subject(page.translation_key)

    def version():
        return stamps.read([key])[key]

    seen = [version()]
    row = posted(signed_in(joanna), page, "Words.")
    seen.append(version())
    services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-1")
    seen.append(version())
    services.withdraw(row=row, author=joanna)
    seen.append(version())
    DiscussionThread.objects.update(state="open")
    services.hide_thread(translation_key=page.translation_key)
    seen.append(version())
    assert seen == sorted(set(seen))


def test_a_moderator_cannot_decide_on_what_is_withdrawn(talk, moderator):
    services.withdraw(row=talk.row, author=talk.author)
    with pytest.raises(services.Refused, match="gone"):
        services.decide(public_id=talk.row.public_id, moderator=moderator, new=State.PUBLISHED, reason="no-fault")


def test_only_moderators_decide_even_past_the_admin(talk, editor):
    with pytest.raises(services.Refused, match="forbidden"):
        services.decide(public_id=talk.row.public_id, moderator=editor, new=State.HIDDEN, reason="rule-1")


def test_a_thread_closed_while_somebody_writes_takes_nothing(page, joanna):
    DiscussionThread.objects.create(translation_key=page.translation_key, state="closed")
    draft = Draft(page=page, thread=None, user=joanna, name="J", text="Late.", language="en", nonce="n")
    with pytest.raises(services.Refused, match="closed"):
        services.post_comment(draft=draft, findings=[])


def test_the_site_record_follows_the_settings(settings):
    assert Site.objects.get().domain == "127.0.0.1:8000"
    assert site_is_named(None, databases=["default"]) == []
    Site.objects.update(domain="example.com")
    assert [warning.id for warning in site_is_named(None, databases=["default"])] == ["community.W001"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
class TestManyAtOnce:
    """On PostgreSQL with real threads."""

    def test_twenty_answers_at_once_are_all_kept_in_order(self):
        page = make_pattern()
        author = account("joanna", name="Joanna")
        parent = posted(signed_in(author), page, "The parent.")

        def answer(number):
            draft = Draft(
                page=page,
                thread=None,
                user=author,
                name="Joanna",
                text=f"Answer {number}.",
                language="en",
                parent=parent,
                nonce=f"n{number}",
            )
            return lambda: services.post_comment(draft=draft, findings=[])

        rows = together(*[answer(number) for number in range(20)])
        assert all(isinstance(row, CommentState) for row in rows)
        stored = list(CommentState.objects.exclude(pk=parent.pk).order_by("path"))
        assert len({row.path for row in stored}) == 20
        assert [row.pk for row in stored] == sorted(row.pk for row in stored)

    def test_one_form_sent_at_once_posts_once(self):
        page = make_pattern()
        author = account("joanna", name="Joanna")
        draft = Draft(page=page, thread=None, user=author, name="J", text="Once.", language="en", nonce="same")
        together(*[lambda: services.post_comment(draft=draft, findings=[])] * 8)
        assert CommentState.objects.count() == 1

    def test_of_approving_and_hiding_at_once_one_wins(self):
        page = make_pattern()
        send(Client(), page, "Held.", name="Visitor")
        row = CommentState.objects.get()
        read = services.versions([row])[row.pk]
        from django.contrib.auth.models import Permission

        permission = Permission.objects.get(codename="moderate_comment")
        users = [User.objects.create_user(name) for name in ["one", "two"]]
        for user in users:
            user.user_permissions.add(permission)
        outcomes = [(users[0], State.PUBLISHED, "no-fault"), (users[1], State.HIDDEN, "rule-1")]

        def decision(user, new, reason):
            return lambda: services.decide(public_id=row.public_id, moderator=user, new=new, reason=reason, seen=read)

        results = together(*[decision(*outcome) for outcome in outcomes])
        assert sum(isinstance(result, services.Refused) for result in results) == 1
        assert ModerationDecision.objects.filter(comment=row, automated=False).count() == 1
