"""The desk of a language: what is to be done, who has it, and until when."""

import csv
import datetime
import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.users.models import UserProfile
from wagtail_localize.models import TranslationSource

from library.models import TopicIndexPage, TopicPage
from portal.models import Term
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user, signed_in
from translation import desk, states
from translation.models import Assignment, State, Submission, TranslationStatus

from .walking import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(db):
    for language in ("fr", "de"):
        make_home(language)
        make_index(TopicIndexPage, "topics", language)
    page = make_topic(title="Lanterns", summary="Three more words.")
    make_topic(title="Undisclosed", live=False)
    states.rebuild()
    return TopicPage.objects.get(pk=page.pk)


def address(language="fr", state=""):
    return reverse("translation_desk", args=[language]) + (f"?state={state}" if state else "")


def of(subject, language="fr"):
    return TranslationStatus.objects.get(translation_key=subject.translation_key, locale=locale(language))


def titles(response):
    return [row["status"].title for row in response.context["rows"]]


def test_translator_sees_the_own_language_and_no_other(english):
    client = signed_in("Translators fr")
    assert client.get(reverse("translation_desk_first")).url == address()
    page = client.get(address())
    assert page.status_code == 200
    assert titles(page) == ["Lanterns"]
    assert "Undisclosed" not in page.content.decode()
    assert client.get(address("de")).status_code == 302
    assert client.get(address("xx"), follow=True).status_code == 404
    assert "/admin/translation/" in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("group", ["Moderators", "Authors"])
def test_who_serves_no_language_has_no_desk(english, group):
    client = signed_in(group)
    assert client.get(reverse("translation_desk_first")).status_code == 302
    assert client.get(address()).status_code == 302


def test_tabs_count_pages_and_words(english):
    tabs = {tab.code: tab for tab in signed_in("Translators fr").get(address()).context["tabs"]}
    assert (tabs["missing"].count, tabs["missing"].words) == (1, of(english).words)
    assert (tabs["free"].count, tabs["mine"].count, tabs["stale"].count) == (1, 0, 0)
    assert tabs["complete"].count == TranslationStatus.objects.filter(locale=locale("fr"), state="complete").count()


def test_taking_a_missing_page_begins_it_as_a_draft_and_opens_the_editor(english):
    client = signed_in("Translators fr")
    told = client.post(address(), {"row": of(english).pk, "do": "take"}, follow=True).content.decode()
    assert "You have taken" in told
    french = english.get_translation(locale("fr"))
    assert not french.live
    assert not Page.find_problems()[0]
    mine = client.get(address())
    assert mine.context["tab"].code == "mine"
    (row,) = mine.context["rows"]
    assert row["url"] == reverse("wagtailadmin_pages:edit", args=[french.pk])
    assert client.get(row["url"]).status_code == 200
    assert "data-bench" in client.get(row["url"]).content.decode()


def test_second_one_is_told_who_was_faster(english):
    make_user("Translators fr", name="faster")
    Assignment.objects.create(status=of(english), assignee=get_user_model().objects.get(username="faster"))
    told = signed_in("Translators fr").post(address(), {"row": of(english).pk, "do": "take"}, follow=True)
    assert "faster has taken it a moment ago" in told.content.decode()
    assert Assignment.objects.get().assignee.username == "faster"
    assert not english.has_translation(locale("fr"))


def test_page_below_one_that_is_missing_is_not_begun(english):
    make_home("it")
    states.rebuild()
    told = signed_in("Translators it").post(address("it"), {"row": of(english, "it").pk, "do": "take"}, follow=True)
    assert "The page above it is not translated yet" in told.content.decode()
    assert not english.has_translation(locale("it"))
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_entry_is_not_made_public_in_the_language_of_the_original(english):
    term = Term.objects.create(scheme="ethical_risk", code="x", label="Risk", locale=locale("en"))
    states.refresh(term.translation_key)
    told = signed_in("Translators fr").post(address(), {"row": of(term).pk, "do": "take"}, follow=True)
    assert "A coordinator has to send this entry first" in told.content.decode()
    assert Term.objects.count() == 1


def test_handing_back_is_for_the_one_who_has_it_and_for_who_leads(english):
    owner = make_user("Translators fr", name="owner")
    status = of(english)
    Assignment.objects.create(status=status, assignee=owner)
    client = signed_in("Translators fr")
    client.post(address(), {"row": status.pk, "do": "hand_back"})
    assert Assignment.objects.exists()
    client.force_login(owner)
    client.post(address(), {"row": status.pk, "do": "hand_back"})
    assert not Assignment.objects.exists()
    Assignment.objects.create(status=status, assignee=owner)
    signed_in("Coordinators").post(address(), {"row": status.pk, "do": "hand_back"})
    assert not Assignment.objects.exists()


def test_day_that_has_passed_is_refused_beside_the_field_and_kept(english):
    client = signed_in("Translators fr")
    status = of(english)
    client.post(address(), {"row": status.pk, "do": "take"})
    for wrong in ("2020-01-01", "tomorrow"):
        response = client.post(address(), {"row": status.pk, "do": "plan", "due": wrong})
        assert response.status_code == 400
        assert f'value="{wrong}"' in response.content.decode()
        assert f"wrong-{status.pk}" in response.content.decode()
    due = timezone.localdate() + datetime.timedelta(days=3)
    assert client.post(address(), {"row": status.pk, "do": "plan", "due": due.isoformat()}).status_code == 302
    assert Assignment.objects.get().due == due
    Assignment.objects.update(due=timezone.localdate() - datetime.timedelta(days=1))
    assert "late: was due on" in client.get(address()).content.decode()


def test_only_who_leads_gives_work_and_only_to_translators_of_the_language(english):
    french = make_user("Translators fr", name="marie")
    german = make_user("Translators de", name="jörg")
    status = of(english)

    def give(client, person):
        return client.post(address(), {"row": status.pk, "do": "plan", "assignee": person.pk}).status_code

    give(signed_in("Translators fr"), french)
    assert not Assignment.objects.exists()
    coordinator = signed_in("Coordinators")
    assert give(coordinator, german) == 400
    assert give(coordinator, french) == 302
    assert Assignment.objects.get().assignee == french


def test_who_leads_frees_what_somebody_has_by_choosing_nobody(english):
    status, due = of(english), timezone.localdate() + datetime.timedelta(days=3)
    Assignment.objects.create(status=status, assignee=make_user("Translators fr", name="marie"))
    plan = {"row": status.pk, "do": "plan", "assignee": "", "due": ""}
    coordinator = signed_in("Coordinators")
    assert "Saved for" in coordinator.post(address(), plan, follow=True).content.decode()
    assert not Assignment.objects.exists()
    told = coordinator.post(address(), {**plan, "due": due.isoformat()}, follow=True).content.decode()
    assert "Choose a translator" in told
    assert not Assignment.objects.exists()


def test_an_administrator_sets_the_day_of_what_is_hers_though_she_is_no_translator(english):
    status, due = of(english), timezone.localdate() + datetime.timedelta(days=3)
    admin = get_user_model().objects.create_superuser("admin", "", "pw")
    Assignment.objects.create(status=status, assignee=admin)
    desk.assign(status=status, user=admin, due=due)
    assert Assignment.objects.get().due == due


@pytest.mark.parametrize("sent", [{}, {"row": "x", "do": "take"}, {"row": "9" * 30, "do": "take"}, {"row": "٣"}])
def test_what_no_browser_sends_is_not_found(english, sent):
    assert signed_in("Translators fr").post(address(), sent, follow=True).status_code == 404


def test_row_of_another_language_is_not_taken(english):
    status = of(english, "de")
    response = signed_in("Translators fr").post(address(), {"row": status.pk, "do": "take"}, follow=True)
    assert response.status_code == 404
    assert not Assignment.objects.exists()


def test_stale_comes_first_and_says_since_when(english, django_capture_on_commit_callbacks):
    make_topic(title="Another", summary="S")
    source, _created = TranslationSource.update_or_create_from_instance(english)
    translation = translated(source, "fr", "Mot")
    english.copy_for_translation(locale("fr")).save()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    with django_capture_on_commit_callbacks(execute=True):
        english.summary = "New words."
        english.save_revision().publish()
    states.rebuild()
    page = signed_in("Translators fr").get(address(state="free"))
    assert titles(page) == ["Lanterns", "Another"]
    assert "original changed on" in page.content.decode()
    assert of(english).state == State.COMPLETE
    assert titles(signed_in_as("translators fr").get(address(state="stale"))) == ["Lanterns"]


def signed_in_as(username):
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


QUERIES = 15  # of a page of the desk, the frame of the admin with its menu and rights among them


@pytest.mark.parametrize("group", ["Translators fr", "Coordinators"])
def test_first_page_after_signing_in_takes_few_queries_however_many_rows_there_are(english, group):
    user, other = make_user(group, name="reader"), make_user("Translators fr", name="owner")
    UserProfile.get_for_user(user)

    def more(count):
        """Of each tab: missing ones, mine, somebody else's, and begun ones that a reviewer returned."""
        for number in range(4 * count):
            make_topic(title=f"More {number} of {count}", summary="S")
        states.rebuild()
        free = TranslationStatus.objects.filter(locale=locale("fr"), state="missing", assignment__isnull=True)
        for number, status in enumerate(free.order_by("pk")[: 3 * count]):
            Assignment.objects.create(status=status, assignee=(user, other)[number % 2])
            if number % 3 == 0:
                begun = TopicPage.objects.get(pk=status.source_pk).copy_for_translation(locale("fr"))
                Submission.objects.create(
                    translation_key=begun.translation_key, locale=locale("fr"), outcome="returned", reason="Why?"
                )
                states.refresh(begun.translation_key)

    def queries(state):
        client = Client()
        client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address(state=state))
        assert page.status_code == 200
        return len(captured), len(titles(page))

    shown = ("", "mine", "missing", "free", "complete")
    more(1)
    queries("")  # what a process learns once
    few = {state: queries(state) for state in shown}
    more(2)
    many = {state: queries(state) for state in shown}
    assert {state: count for state, (count, _rows) in many.items()} == {s: count for s, (count, _rows) in few.items()}
    assert max(count for count, _rows in many.values()) <= QUERIES
    assert many["mine"][1] > few["mine"][1] > 0
    assert many["missing"][1] > few["missing"][1] > 0


def test_more_restricted_parts_take_no_more_queries(english):
    user = make_user("Translators fr", name="reader")

    def queries():
        client = Client()
        client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address()).status_code == 200
        return len(captured)

    def restrict(count):
        for number in range(count):
            page = make_topic(title=f"Board {number} of {count}")
            restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
            restriction.groups.add(Group.objects.get_or_create(name=f"Board {number}")[0])

    restrict(1)
    queries()
    few = queries()
    restrict(2)
    assert queries() == few


def table(client, **query):
    response = client.get(address(), {"format": "csv", **query})
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_list_is_saved_as_a_table_with_the_oldest_first(english):
    client = signed_in("Translators fr")
    old = make_topic(title='=HYPERLINK("x")', summary="Old.")
    new = make_topic(title="New")
    states.rebuild()
    now = timezone.now()
    for page, days in ((old, 30), (new, 1), (english, 10)):
        TranslationStatus.objects.filter(pk=of(page).pk).update(waits_since=now - datetime.timedelta(days=days))
    TranslationStatus.objects.filter(pk=of(english).pk).update(stale_since=now - datetime.timedelta(days=2))
    rows = table(client, state="missing")
    assert [row["Page or entry"] for row in rows] == ['\'=HYPERLINK("x")', "Lanterns", "New"]
    assert rows[1]["Since"] == rows[1]["Stale"] == timezone.localdate(now - datetime.timedelta(days=2)).isoformat()
    assert (rows[0]["State"], rows[0]["Stale"], rows[0]["Original language"]) == ("Missing", "", "English")
    assert int(rows[2]["Words to do"]) == of(new).words_to_do > 0


def test_table_has_the_rows_of_the_tab_and_of_no_other_language(english):
    client = signed_in("Translators fr")
    client.post(address(), {"row": of(english).pk, "do": "take"})
    mine = table(client)  # the tab that opens by itself
    assert [(row["Page or entry"], row["With whom"]) for row in mine] == [("Lanterns", "translators fr")]
    assert mine[0]["Address"].startswith("http://testserver/")
    assert client.get(mine[0]["Address"]).status_code == 200
    assert table(client, state="stale") == []
    assert client.get(address("de"), {"format": "csv"}).status_code == 302


def test_table_costs_the_same_for_more_rows(english, django_assert_num_queries):
    client = signed_in("Translators fr")
    with CaptureQueriesContext(connection) as few:
        assert len(table(client, state="missing")) == 1
    for number in range(60):
        make_topic(title=f"Subject {number}")
    states.rebuild()
    with django_assert_num_queries(len(few)):
        assert len(table(client, state="missing")) == 61  # all of them, not a page of the list


def test_what_is_not_begun_of_an_original_that_one_may_not_read_is_not_named(english):
    """In no tab, no count, no table, and not by taking it."""
    group = Group.objects.create(name="Board")
    PageViewRestriction.objects.create(page=english, restriction_type="groups").groups.add(group)
    user, client = make_user("Translators fr", name="translator"), Client()
    client.force_login(user)
    page = client.get(address(state="missing"))
    assert titles(page) == []
    assert {tab.count for tab in page.context["tabs"] if tab.code in ("missing", "free")} == {0}
    assert "Lanterns" not in client.get(address(state="missing") + "&format=csv").content.decode()
    assert client.post(address(), {"row": of(english).pk, "do": "take"}, follow=True).status_code == 404
    assert not Assignment.objects.exists()
    user.groups.add(group)
    assert titles(client.get(address(state="missing"))) == ["Lanterns"]
