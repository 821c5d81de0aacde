"""The home page of the admin says what waits, for the rights of the one who looks."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.admin.attention import AttentionPanel
from portal.models import Consent, TranslationState
from tests.factories import make_home, make_pattern, make_practice, make_topic, translate
from tests.factories.editing import make_user

pytestmark = pytest.mark.django_db


def notices(user):
    return {notice.url: notice.count for notice in AttentionPanel(user).notices() if notice.count}


def upkeep(**query):
    return reverse("portal_upkeep") + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def titles(user, url):
    client = Client()
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return [page.title for page in response.context["object_list"]]


@pytest.fixture
def editor():
    make_home("fr")
    return make_user("Editors")


def test_page_due_for_review_is_counted_and_listed(editor):
    today = timezone.localdate()
    make_topic(title="Due", review_due=today)
    make_topic(title="Later", review_due=today + datetime.timedelta(days=1))
    make_topic(title="Draft", review_due=today, live=False)
    make_pattern(title="Also due", review_due=today - datetime.timedelta(days=400))
    assert notices(editor)[upkeep(about="review")] == 2
    assert set(titles(editor, upkeep(about="review"))) == {"Due", "Also due"}


def test_pages_that_point_to_an_unpublished_page_are_counted_and_listed(editor):
    hidden = make_pattern(title="Hidden")
    shown = make_pattern(title="Shown")
    make_topic(title="Points", body=[("related", {"title": "See", "pages": [hidden.pk]})])
    make_topic(title="Points to a published one", body=[("related", {"title": "See", "pages": [shown.pk]})])
    make_topic(title="Draft", live=False, body=[("related", {"title": "See", "pages": [hidden.pk]})])
    assert upkeep(about="hidden") not in notices(editor)
    hidden.unpublish()
    assert notices(editor)[upkeep(about="hidden")] == 1
    assert titles(editor, upkeep(about="hidden")) == ["Points"]


def test_relation_to_an_unpublished_pattern_is_listed(editor):
    target = make_pattern(title="Target")
    page = make_pattern(title="Source")
    page.relations.create(type="complements", target=target, reason="Because.", locale=page.locale)
    page.save_revision().publish()
    target.unpublish()
    assert titles(editor, upkeep(about="hidden")) == ["Source"]


def test_missing_and_late_translations_are_counted_by_language(editor):
    one, two = make_topic(title="One"), make_topic(title="Two")
    french = translate(one, "fr", title="Un", slug="un")
    translate(two, "fr", title="Deux", slug="deux", live=False)
    TranslationState.objects.filter(page=french).update(behind_since=timezone.now())
    found = notices(editor)
    assert found[upkeep(about="behind", language="fr")] == 1
    assert found[upkeep(about="missing", language="fr")] == 1
    assert titles(editor, upkeep(about="behind", language="fr")) == ["Un"]
    assert titles(editor, upkeep(about="missing", language="fr")) == ["Two"]
    assert upkeep(about="missing", language="en") not in found


def test_translator_hears_of_the_own_language_only():
    make_home("fr")
    make_home("nl")
    make_topic(title="Only English")
    found = notices(make_user("Translators fr"))
    assert found == {upkeep(about="missing", language="fr"): 2}  # the topic and the list of topics


@pytest.mark.parametrize("group", ["Editors", "Coordinators"])
def test_consents_that_ended_or_end_soon_are_counted(group):
    make_home()
    today = timezone.localdate()

    def consent(code, **dates):
        Consent.objects.create(
            code=code, subject="S", kind="quote", scope="S", given_on=datetime.date(2020, 1, 1), **dates
        )

    consent("valid")
    consent("expired", expires_on=today)
    consent("withdrawn", withdrawn_on=today)
    consent("soon", expires_on=today + datetime.timedelta(days=30))
    consent("later", expires_on=today + datetime.timedelta(days=31))
    url = reverse(Consent.snippet_viewset.get_url_name("list"))
    user = make_user(group)
    found = notices(user)
    assert (found[f"{url}?state=ended"], found[f"{url}?state=ending"]) == (2, 1)
    client = Client()
    client.force_login(user)
    for state, expected in (("ended", 2), ("ending", 1), ("valid", 3)):
        assert len(client.get(url, {"state": state}).context["object_list"]) == expected


def test_consents_are_not_mentioned_to_those_who_may_not_see_them():
    make_home("fr")
    Consent.objects.create(
        code="c", subject="S", kind="quote", scope="S", given_on="2020-01-01", expires_on="2021-01-01"
    )
    for group in ("Authors", "Moderators", "Translators fr"):
        assert not [url for url in notices(make_user(group)) if "consent" in url]


def test_draft_sent_for_approval_waits_for_editors_and_not_for_others(editor):
    author = make_user("Authors")
    page = make_topic(live=False, owner=author)
    page.save_revision()
    page.get_workflow().start(page, author)
    url = reverse("wagtailadmin_reports:workflow_tasks") + "?reviewable=true"
    assert notices(editor)[url] == 1
    assert url not in notices(author)
    assert url not in notices(make_user("Translators fr"))
    assert notices(make_user("Coordinators"))[url] == 1


def test_panel_takes_few_queries_however_much_waits(editor, django_assert_max_num_queries):
    def plant(number):
        for _number in range(number):
            page = make_topic(review_due=datetime.date(2020, 1, 1))
            translate(page, "fr", title=f"{page.title} fr", slug=f"{page.slug}-fr")
            make_practice(review_due=datetime.date(2020, 1, 1), live=False)

    for number in (1, 3):
        plant(number)
        with django_assert_max_num_queries(12) as queries:
            AttentionPanel(type(editor).objects.get(pk=editor.pk)).render_html({})
    own = [query["sql"] for query in queries if "auth_" not in query["sql"].split("WHERE")[0]]
    assert len(own) <= 8, own


def test_home_page_shows_the_panel_and_links_that_open(editor):
    make_topic(title="Due", review_due=timezone.localdate())
    client = Client()
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Needs attention" in html
    assert "page is due for review" in html
