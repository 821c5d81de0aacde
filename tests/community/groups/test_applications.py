"""The expression of interest and what becomes of it."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.groups import applying
from community.models import Application, WorkingGroup
from community.personal.registered.groups import _old_applications
from community.refusals import Refused
from library.models import CallPage, NewsIndexPage
from portal.groups import ensure_groups
from tests.community.conftest import account, signed_in
from tests.factories import make_index

from .conftest import join, make_group

pytestmark = pytest.mark.django_db
GIVEN = {
    "organisation": "Town of Lund",
    "role": "Safety officer",
    "practitioner": "municipality",
    "country": "SE",
    "languages": ["en", "nl"],
    "motivation": "We start a neighbourhood app next year.",
    "interests": "",
    "consent": "on",
}


@pytest.fixture
def group(db):
    return make_group("towns", "readable", "Towns that listen", takes_applications=True)


@pytest.fixture
def coordinator(db):
    ensure_groups()
    return account("coco", name="Coco", groups=["Coordinators"])


def make_call(title):
    index = make_index(NewsIndexPage, "news")
    call = CallPage(
        title=title, slug="call", code="call", summary="A call.", who="<p>Towns.</p>", how_to_apply="<p>Ask.</p>"
    )
    index.add_child(instance=call)
    return call


def join_url(group):
    return reverse("groups:join", args=[group.code])


def applied(group, user):
    return applying.apply(group=group, user=user, **{k: v for k, v in GIVEN.items() if k != "consent"})


def sent_mail():
    from django.core.management import call_command

    call_command("worker", once=True)
    return mail.outbox


def test_the_form_needs_an_account_and_is_linked_from_the_call(group):
    call = make_call(title="Who joins us?")
    assert join_url(group) not in Client().get(call.url).content.decode()
    group.call = call
    group.save()
    assert join_url(group) in Client().get(call.url).content.decode()
    page = Client().get(join_url(group)).content.decode()
    assert "You need an account" in page
    assert f"/accounts/signup/?next={join_url(group)}" in page
    lost = Client().post(join_url(group), GIVEN)
    assert (lost.status_code, GIVEN["motivation"] in lost.content.decode()) == (403, True)
    assert not Application.objects.exists()


def test_an_application_is_kept_and_a_second_one_gets_the_same_answer(group, joanna):
    client = signed_in(joanna)
    answers = [client.post(join_url(group), {**GIVEN, "motivation": text}) for text in ("First.", "Second.")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/en/working-groups/mine/")}
    row = Application.objects.get()
    assert (row.motivation, row.languages, row.country, row.state) == ("First.", ["en", "nl"], "SE", "new")
    assert "Towns that listen" in client.get("/en/working-groups/mine/").content.decode()
    assert "Towns that listen" not in signed_in(account("s")).get("/en/working-groups/mine/").content.decode()


def test_mistakes_are_said_beside_the_field_and_nothing_typed_is_lost(group, joanna):
    bad = {**GIVEN, "consent": "", "country": "", "motivation": "Write to jan@voorbeeld.nl."}
    answer = signed_in(joanna).post(join_url(group), bad)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Write to jan@voorbeeld.nl." in page
    assert "Safety officer" in page
    assert {"consent", "country", "motivation"} <= set(answer.context["form"].errors)
    assert not Application.objects.exists()


def test_an_account_without_a_name_chooses_one(group, db):
    nameless = account("n")
    client = signed_in(nameless)
    assert client.post(join_url(group), GIVEN).status_code == 400
    assert client.post(join_url(group), {**GIVEN, "name": "Nel"}).status_code == 302
    assert nameless.member.display_name == "Nel"


def test_nobody_can_ask_for_a_private_or_archived_group(group, closed, joanna):
    WorkingGroup.objects.filter(pk=closed.group.pk).update(takes_applications=True)
    client = signed_in(joanna)
    assert client.get(join_url(closed.group)).status_code == 404
    assert client.post(join_url(closed.group), GIVEN).status_code == 404
    with pytest.raises(Refused, match="not-taken"):
        applied(WorkingGroup.objects.get(pk=closed.group.pk), joanna)
    WorkingGroup.objects.filter(pk=group.pk).update(archived_on=timezone.localdate())
    assert client.get(join_url(group)).status_code == 404
    assert not Application.objects.exists()


def test_acceptance_opens_the_group_and_keeps_nothing_verified(group, joanna, coordinator):
    row = applied(group, joanna)
    url = reverse("community_applications")
    page = signed_in(coordinator).get(url).content.decode()
    assert "Joanna" in page
    assert "mail.example" not in page.replace("coco@mail.example", "")
    assert "Applications" in signed_in(coordinator).get("/admin/").content.decode()
    signed_in(coordinator).post(url, {"outcome": "accepted", "text": "Welcome.", "ids": [f"{row.pk}.new"]})
    mine = group.memberships.get(user=joanna)
    assert (mine.role, mine.practitioner, mine.country, mine.is_verified) == ("member", "municipality", "SE", False)
    assert mine.is_current
    assert not mine.shows_name


def test_every_decision_needs_a_reason_and_the_applicant_is_told_it(group, joanna, coordinator):
    row = applied(group, joanna)
    client, url = signed_in(coordinator), reverse("community_applications")
    for outcome in ["accepted", "declined", "asked"]:
        refused = client.post(url, {"outcome": outcome, "text": " ", "ids": [f"{row.pk}.new"]})
        assert f'value="{row.pk}.new" id="a-{row.pk}" checked' in refused.content.decode()
        assert refused.status_code == 400
        with pytest.raises(Refused, match="no-reason"):
            applying.decide(pk=row.pk, by=coordinator, outcome=outcome)
    client.post(url, {"outcome": "declined", "text": "The group is full.", "ids": [f"{row.pk}.new"]})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("declined", "The group is full.")
    assert "The group is full." in signed_in(joanna).get("/en/working-groups/mine/").content.decode()
    [letter] = sent_mail()
    assert letter.to == ["joanna@mail.example"]
    assert "The group is full." in letter.body
    assert "/working-groups/mine/" in letter.body
    again = applied(group, joanna)
    assert again.pk != row.pk


def test_a_question_is_answered_and_the_way_goes_on(group, joanna, coordinator):
    row = applied(group, joanna)
    applying.decide(pk=row.pk, by=coordinator, outcome="asked", text="Which app?")
    client, url = signed_in(joanna), reverse("groups:application", args=[row.pk])
    assert "Which app?" in client.get(url).content.decode()
    assert client.post(url, {"do": "answer", "answer": ""}).status_code == 400
    assert client.post(url, {"do": "answer", "answer": "Ours."}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answer) == ("new", "Ours.")
    assert signed_in(account("s")).get(url).status_code == 404


def test_who_withdraws_leaves_nothing_behind(group, joanna, coordinator):
    row = applied(group, joanna)
    url = reverse("groups:application", args=[row.pk])
    signed_in(joanna).post(url, {"do": "withdraw"})
    row.refresh_from_db()
    assert (row.state, row.motivation, row.organisation) == ("withdrawn", "", "")
    with pytest.raises(Refused, match="decided-before"):
        applying.decide(pk=row.pk, by=coordinator, outcome="accepted", text="Welcome.")


def test_chairs_decide_for_their_group_alone_and_nobody_on_his_own(group, joanna, coordinator):
    chair, other = account("carl", name="Carl"), make_group("other", "readable", "Others", takes_applications=True)
    join(group, chair, "chair")
    mine, theirs, own = applied(group, joanna), applied(other, joanna), applied(other, coordinator)
    from community.groups.membership import settle_desk

    settle_desk(chair)
    client, url = signed_in(chair), reverse("community_applications")
    assert "Others" not in client.get(url).content.decode()
    client.post(
        url, {"outcome": "accepted", "text": "Welcome.", "ids": [f"{mine.pk}.new", f"{theirs.pk}.new", "0.new", "x"]}
    )
    signed_in(coordinator).post(url, {"outcome": "accepted", "text": "Welcome.", "ids": [f"{own.pk}.new"]})
    assert set(Application.objects.filter(state="accepted")) == {mine}


def test_the_second_decision_is_told_so(group, joanna, coordinator):
    row = applied(group, joanna)
    applying.decide(pk=row.pk, by=coordinator, outcome="accepted", text="Welcome.")
    with pytest.raises(Refused, match="decided-before"):
        applying.decide(pk=row.pk, by=coordinator, outcome="declined", text="No.")
    assert group.memberships.current().count() == 1


def test_applications_go_six_months_after_their_last_step(group, joanna):
    old, fresh = applied(group, joanna), applied(group, account("s"))
    past = timezone.now() - datetime.timedelta(days=190)
    Application.objects.filter(pk=old.pk).update(changed_at=past)
    assert _old_applications(timezone.now()) == 1
    assert list(Application.objects.all()) == [fresh]


def test_the_desk_takes_as_many_queries_for_many_as_for_few(group, coordinator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = signed_in(coordinator), reverse("community_applications")
    counts = []
    for number in range(6):
        applied(group, account(f"a{number}", name=f"Appl {number}"))
        if number in (2, 5):
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_group_that_was_closed_since_has_no_name_for_who_asked_to_join(db):
    group = make_group("later", visibility="readable", title="Seen by all", takes_applications=True)
    asked = account("asked", name="Ask")
    row = applying.apply(group=group, user=asked, **{name: GIVEN[name] for name in GIVEN if name != "consent"})
    WorkingGroup.objects.filter(pk=group.pk).update(visibility="private", takes_applications=False)
    group.texts.update(title="Canary of a closed group")
    client = signed_in(asked)
    for url in [reverse("groups:mine"), reverse("groups:application", args=[row.pk])]:
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Canary" not in answer.content.decode()
    applying.decide(pk=row.pk, by=account("carl", name="Carl"), outcome="declined", text="Not now.")
    call_command("worker", once=True)
    letter = mail.outbox[-1]
    assert "Not now." in letter.body
    assert "Canary" not in letter.body + str(letter.alternatives)
