"""Roles, end dates, leaving, the roster and the desk of those who manage a group."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community import names, services
from community.groups import archive, membership
from community.models import CommentState, Membership, ModeratorNote, Sanction, State, WorkingGroup
from community.moderation import authors, erasing, sanctions
from community.refusals import Refused
from community.threads import running
from portal.groups import GROUP_MODERATORS, ensure_groups
from tests.community.conftest import account, posted, send, signed_in
from tests.factories import make_pattern

from .conftest import join, make_group, make_thread
from .test_visibility import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db):
    ensure_groups()
    return account("coco", name="Coco", groups=["Coordinators"])


def test_whoever_is_removed_is_out_with_the_next_request(closed):
    write = f"/en/discussion/{closed.thread.translation_key}/write/"
    form = closed.client.get(write)
    assert form.status_code == 200
    membership.end(membership=closed.group.memberships.get(user=closed.member), by=closed.chair)
    assert send(closed.client, place(closed.thread), "Sent after the end.").status_code == 404
    assert CommentState.objects.count() == 0
    for url in [write, closed.thread.get_absolute_url(), closed.group.get_absolute_url()]:
        assert closed.client.get(url).status_code == 404


def test_a_membership_ends_by_its_date(closed):
    mine = closed.group.memberships.get(user=closed.member)
    end = timezone.now() + datetime.timedelta(hours=1)
    membership.change(membership=mine, by=closed.chair, role="member", until=end, practitioner="", is_verified=False)
    assert closed.client.get(closed.group.get_absolute_url()).status_code == 200
    Membership.objects.filter(pk=mine.pk).update(until=timezone.now())
    assert closed.client.get(closed.group.get_absolute_url()).status_code == 404


def test_the_last_chair_stays(closed):
    url = reverse("groups:membership", args=[closed.group.code])
    answer = closed.chairs.post(url, {"do": "leave"})
    assert answer.status_code == 400
    assert "You are the last chair" in answer.content.decode()
    chair = closed.group.memberships.get(user=closed.chair)
    for change in [{"role": "member", "until": None}, {"role": "chair", "until": timezone.now()}]:
        with pytest.raises(Refused, match="last-chair"):
            membership.change(membership=chair, by=closed.chair, practitioner="", is_verified=False, **change)
    second = join(closed.group, account("dora", name="Dora"), "chair")
    assert closed.chairs.post(url, {"do": "leave"}).status_code == 302
    with pytest.raises(Refused, match="last-chair"):
        membership.end(membership=second, by=closed.chair)


def test_the_roster_shows_what_each_member_agreed_to_and_no_address(closed):
    page = closed.client.get(closed.group.get_absolute_url()).content.decode()
    assert "2 members are not listed by name" in page
    mine = closed.group.memberships.get(user=closed.member)
    mine.organisation, mine.country, mine.practitioner, mine.is_verified = "Town of Lund", "SE", "municipality", True
    mine.save()
    url = reverse("groups:membership", args=[closed.group.code])
    closed.client.post(url, {"do": "save", "name": "on"})
    page = closed.chairs.get(closed.group.get_absolute_url()).content.decode()
    assert "Ann</b>, member" in page
    assert "verified practitioner: municipality" in page
    assert "1 member is not listed by name" in page
    assert "Lund" not in page
    assert "Sweden" not in page
    closed.client.post(url, {"do": "save", "name": "on", "organisation": "on", "country": "on"})
    page = closed.chairs.get(closed.group.get_absolute_url()).content.decode()
    assert "Town of Lund" in page
    assert "Sweden" in page
    assert "mail.example" not in page
    assert "ann@" not in page


def test_moderating_a_group_opens_the_admin_and_nothing_but_its_desk(closed, page, talk):
    membership.settle_desk(closed.chair)
    inside = posted(closed.client, place(closed.thread), "Words inside.")
    services.decide(public_id=inside.public_id, moderator=closed.chair, new=State.HIDDEN, reason="rule-1")
    queue = closed.chairs.get("/admin/comments/?kind=decided").content.decode()
    assert inside.public_id in queue
    assert talk.row.public_id not in queue
    assert closed.chairs.get(f"/admin/comments/{inside.public_id}/").status_code == 200
    assert closed.chairs.get(f"/admin/comments/{talk.row.public_id}/", follow=True).status_code == 404
    assert closed.chairs.get("/admin/").status_code == 200
    assert closed.chairs.get("/admin/snippets/community/workinggroup/").status_code == 302
    membership.change(
        membership=closed.group.memberships.get(user=closed.member),
        by=closed.chair,
        role="moderator",
        until=None,
        practitioner="",
        is_verified=False,
    )
    assert closed.member.groups.filter(name=GROUP_MODERATORS).exists()
    membership.end(membership=closed.group.memberships.get(user=closed.member), by=closed.chair)
    assert not closed.member.groups.filter(name=GROUP_MODERATORS).exists()


def test_moderators_of_the_site_find_nothing_of_a_private_group_in_the_admin(closed, moderator):
    inside = posted(closed.client, place(closed.thread), "Words inside.")
    membership.settle_desk(closed.chair)
    running.pin(row=inside, moderator=closed.chair)
    services.decide(public_id=inside.public_id, moderator=closed.chair, new=State.HIDDEN, reason="rule-7")
    erasing.erase(public_id=inside.public_id, moderator=closed.chair, reason="rule-7")
    client = signed_in(moderator)
    for url in ["/admin/", "/admin/comments/", "/admin/comments/?kind=decided", "/admin/reports/site-history/"]:
        page = client.get(url, follow=True).content.decode()
        assert inside.public_id not in page
        assert "Carl" not in page
        assert closed.group.code not in page
        assert "What to do" not in page
    assert client.get(f"/admin/comments/{inside.public_id}/", follow=True).status_code == 404
    assert inside.public_id in closed.chairs.get("/admin/comments/log/").content.decode()  # where it does stand
    assert client.get("/admin/working-groups/").status_code == 302
    assert client.get(f"/admin/working-groups/{closed.group.code}/members/").status_code == 302


def members_url(group):
    return reverse("community_members", args=[group.code])


def test_a_chair_admits_by_name_verifies_and_removes(closed):
    membership.settle_desk(closed.chair)
    account("dora", name="Dora")
    url = members_url(closed.group)
    bad = closed.chairs.post(url, {"do": "admit", "name": "Nobody Here", "role": "member"})
    assert bad.status_code == 400
    assert "No account has this name." in bad.content.decode()
    assert closed.chairs.post(url, {"do": "admit", "name": "dora", "role": "member"}).status_code == 302
    dora = closed.group.memberships.get(user__member__display_name="Dora")
    given = {f"m{dora.pk}-role": "moderator", f"m{dora.pk}-practitioner": "police", f"m{dora.pk}-is_verified": "on"}
    closed.chairs.post(url, {"do": f"save-{dora.pk}", **given})
    dora.refresh_from_db()
    assert (dora.role, dora.practitioner, dora.is_verified) == ("moderator", "police", True)
    closed.chairs.post(url, {"do": f"remove-{dora.pk}"})
    dora.refresh_from_db()
    assert not dora.is_current
    page = closed.chairs.get(url).content.decode()
    assert "Dora" not in page
    assert "mail.example" not in page


def test_a_chair_of_another_group_reaches_nothing(closed):
    other = make_group("other", title="Others")
    elsewhere = account("e", name="Emil")
    join(other, elsewhere, "chair")
    membership.settle_desk(elsewhere)
    client = signed_in(elsewhere)
    assert client.get(members_url(other)).status_code == 200
    for code in [closed.group.code, "nowhere"]:
        url = reverse("community_members", args=[code])
        assert client.get(url, follow=True).status_code == 404
        assert client.post(url, {"do": "admit", "name": "Emil"}, follow=True).status_code == 404
    assert closed.group.title not in client.get("/admin/working-groups/").content.decode()


def test_a_coordinator_makes_groups_but_reads_no_private_thread(closed, coordinator):
    client = signed_in(coordinator)
    assert client.get("/admin/snippets/community/workinggroup/").status_code == 200
    assert client.get(members_url(closed.group)).status_code == 200
    assert client.get(closed.thread.get_absolute_url()).status_code == 404
    texts = {
        "texts-TOTAL_FORMS": 2,
        "texts-INITIAL_FORMS": 0,
        "texts-MIN_NUM_FORMS": 1,
        "texts-MAX_NUM_FORMS": 1000,
        "texts-0-language": "en",
        "texts-0-title": "Night shift",
        "texts-0-purpose": "To compare.",
        "texts-1-language": "nl",
        "texts-1-title": "Nachtdienst",
        "texts-1-purpose": "Vergelijken.",
    }
    url = "/admin/snippets/community/workinggroup/add/"
    facts = {"code": "night", "visibility": "private", "takes_applications": "on", "call": ""}
    refused = client.post(url, {**texts, **facts})
    assert refused.status_code == 200
    assert "nobody outside may know of" in refused.content.decode()
    twice = client.post(url, {**texts, **facts, "takes_applications": "", "texts-1-language": "en"})
    assert twice.status_code == 200
    assert not WorkingGroup.objects.filter(code="night").exists()
    reserved = client.post(url, {**texts, **facts, "takes_applications": "", "code": "mine"})
    assert reserved.status_code == 200
    made = client.post(url, {**texts, **facts, "takes_applications": "", "visibility": "readable"})
    assert made.status_code == 302
    assert "Nachtdienst" in Client().get("/nl/working-groups/night/").content.decode()
    assert "Night shift" in Client().get("/fr/working-groups/night/").content.decode()


def test_a_change_of_a_group_shows_at_once(closed):
    group = make_group("open-one", "readable", "Readable")
    url = group.get_absolute_url()
    assert Client().get(url).status_code == 200
    group.visibility = "private"
    group.save()
    assert Client().get(url).status_code == 404
    assert "Readable" not in Client().get("/en/working-groups/").content.decode()


def test_the_chatham_house_rule_hides_names_from_all_but_moderators(closed):
    membership.settle_desk(closed.chair)
    thread = make_thread(closed.group, "Between us", by_role=True)
    row = posted(closed.client, place(thread), "Said freely.")
    names.give_name(user=closed.member, name="Ann Renamed")
    url = thread.get_absolute_url()
    for client in [closed.client, closed.chairs]:
        page = client.get(url).content.decode()
        assert "Said freely." in page
        assert "A member" in page
        assert "Ann" not in page
    decision = closed.chairs.get(f"/admin/comments/{row.public_id}/").content.decode()
    assert "Ann Renamed" in decision


def test_a_kind_is_shown_from_three_verified_members_on(closed):
    thread = make_thread(closed.group, "Between us", by_role=True)
    closed.group.memberships.filter(user=closed.member).update(practitioner="police", is_verified=True)
    first = posted(closed.client, place(thread), "Said one.")
    for name in ["dora", "emil"]:
        join(closed.group, account(name, name=name.title()), practitioner="police", is_verified=True)
    second = posted(closed.client, place(thread), "Said two.")
    first.comment.refresh_from_db()
    assert first.comment.user_name == "A member"
    assert second.comment.user_name == "A member (police)"


def test_a_member_opens_a_discussion_and_an_outsider_cannot(closed):
    url = reverse("groups:new_thread", args=[closed.group.code])
    assert signed_in(account("s", name="Sam")).post(url, {"title": "Mine", "language": "en"}).status_code == 404
    bad = closed.client.post(url, {"title": "Write to jan@voorbeeld.nl", "language": "en"})
    assert bad.status_code == 400
    assert "jan@voorbeeld.nl" in bad.content.decode()
    answer = closed.client.post(url, {"title": "What works", "language": "en", "by_role": "on"})
    assert answer.status_code == 302
    assert closed.group.threads.get(title="What works").by_role


def test_an_archived_group_is_read_only_and_says_how_long_it_is_kept(closed):
    today = timezone.localdate()
    kept = today + datetime.timedelta(days=200)
    WorkingGroup.objects.filter(pk=closed.group.pk).update(archived_on=today, kept_until=kept)
    page = closed.client.get(closed.group.get_absolute_url()).content.decode()
    assert "Archived" in page
    assert "are kept until" in page
    assert str(kept.year) in page
    assert closed.client.get(closed.thread.get_absolute_url()).status_code == 200
    assert send(closed.client, place(closed.thread), "Too late.").status_code == 400
    assert closed.client.get(reverse("groups:new_thread", args=[closed.group.code])).status_code == 404
    assert CommentState.objects.count() == 0
    assert User.objects.filter(groups=Group.objects.filter(name=GROUP_MODERATORS).first()).count() == 0


def test_the_site_counts_and_hides_nothing_of_an_author_in_a_private_group(closed, page, moderator):
    outside = posted(closed.client, page, "Words outside.")
    inside = posted(closed.client, place(closed.thread), "Words inside.")
    ModeratorNote.objects.create(comment=inside, made_by=closed.chair, text="A note inside.")
    client = signed_in(moderator)
    html = client.get(f"/admin/comments/{outside.public_id}/").content.decode()
    assert "1 published, 0 hidden" in html
    assert "A note inside." not in html
    outcome = authors.hide_all(author=closed.member, moderator=moderator, reason="rule-1")
    assert (outcome.done, outcome.left) == ([outside.public_id], {})
    inside.refresh_from_db()
    assert inside.state == State.PUBLISHED


def test_a_group_moderator_hides_in_the_group_and_has_no_hand_on_accounts(closed, page):
    outside = posted(closed.client, page, "Words outside.")
    inside = posted(closed.client, place(closed.thread), "Words inside.")
    made = services.decide(public_id=inside.public_id, moderator=closed.chair, new=State.HIDDEN, reason="rule-1")
    with pytest.raises(Refused, match="forbidden"):
        sanctions.impose(decision=made, moderator=closed.chair, kind=Sanction.Kind.SUSPENSION)
    outcome = authors.hide_all(author=closed.member, moderator=closed.chair, reason="rule-1")
    assert (outcome.done, outcome.left) == ([], {})
    outside.refresh_from_db()
    assert outside.state == State.PUBLISHED


def test_a_suspended_account_is_out_of_its_groups(closed, page, moderator):
    row = posted(closed.client, page, "Words outside.")
    made = services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-5")
    sanctions.impose(decision=made, moderator=moderator, kind=Sanction.Kind.SUSPENSION)
    assert closed.client.get(closed.group.get_absolute_url()).status_code == 404
    assert closed.client.get(closed.thread.get_absolute_url()).status_code == 404


def test_an_archive_loses_its_words_on_its_day_and_not_before(closed):
    row = posted(closed.client, place(closed.thread), "Words inside.")
    now = timezone.now()
    today = timezone.localdate()
    WorkingGroup.objects.filter(pk=closed.group.pk).update(archived_on=today, kept_until=today)
    assert archive.purge_threads(now) == 0
    later = now + datetime.timedelta(days=2)
    assert archive.purge_threads(later) == 1
    row.refresh_from_db()
    row.comment.refresh_from_db()
    closed.thread.refresh_from_db()
    assert (row.state, row.comment.comment, closed.thread.title) == (State.ERASED, "", "")
    assert not closed.group.memberships.exists()
    assert archive.purge_threads(later) == 0


def test_memberships_that_ended_a_year_ago_are_forgotten(closed):
    long_ago = timezone.now() - datetime.timedelta(days=366)
    closed.group.memberships.filter(user=closed.member).update(until=long_ago)
    assert archive.purge_memberships(timezone.now()) == 1
    assert closed.group.memberships.count() == 1


def test_whoever_runs_a_group_is_shown_no_page_that_is_not_public(closed, page):
    """Wagtail’s chooser of pages lists drafts and closed pages to everybody who may open the admin."""
    membership.settle_desk(closed.chair)
    draft = make_pattern(title="Canary of a draft", number=9)
    draft.unpublish()
    assert closed.chairs.get("/admin/working-groups/").status_code == 200
    above = draft.get_parent().pk
    for url in [
        "choose-page/",
        f"choose-page/{above}/",
        "choose-page/search/?q=canary",
        f"choose-page-of-type/{above}/",
    ]:
        said = closed.chairs.get(f"/admin/{url}", follow=True).content.decode()
        assert "Canary" not in said, url
    editor = signed_in(account("eddy", name="Eddy", groups=["Editors"]))
    assert "Canary of a draft" in editor.get(f"/admin/choose-page/{above}/").content.decode()


def test_saving_a_form_brings_nobody_back_who_has_left_meanwhile(closed):
    mine = closed.group.memberships.get(user=closed.member)
    membership.end(membership=Membership.objects.get(pk=mine.pk), by=closed.member)
    with pytest.raises(Refused, match="gone"):
        membership.change(
            membership=mine, by=closed.chair, role="member", until=None, practitioner="", is_verified=False
        )
    assert closed.client.get(closed.group.get_absolute_url()).status_code == 404


def test_nobody_reacts_in_an_archived_group(closed):
    row = posted(closed.client, place(closed.thread), "Something said before the group was archived.")
    WorkingGroup.objects.filter(pk=closed.group.pk).update(archived_on=timezone.localdate())
    url = reverse("community:comment", args=[closed.thread.translation_key, row.public_id])
    assert closed.chairs.post(url, {"do": "useful"}).status_code == 400
    row.refresh_from_db()
    assert row.useful == 0


def test_who_is_silenced_opens_no_discussion(closed, moderator):
    public = make_group("open", visibility="public", title="Open to all")
    join(public, closed.member)
    row = posted(closed.client, place(make_thread(public)), "Words in the open.")
    made = services.decide(public_id=row.public_id, moderator=moderator, new=State.HIDDEN, reason="rule-5")
    sanctions.impose(decision=made, moderator=moderator, kind=Sanction.Kind.SILENCE, days=7)
    url = reverse("groups:new_thread", args=["open"])
    given = {"title": "Said in a title instead", "language": "en", "website": "", "do": "insist"}
    assert closed.client.post(url, given).status_code == 404
    assert not public.threads.filter(title__startswith="Said").exists()
