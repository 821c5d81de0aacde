"""A section closes the discussions below it, in all languages, and each of them says why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import services
from community.models import DiscussionThread, State
from community.threads import editing, reacting
from patterns.models import PatternIndexPage
from tests.community.conftest import send, shown, signed_in, write_url
from tests.factories import make_news, make_pattern, translate

from .test_running import run, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(talk):
    return PatternIndexPage.objects.get(locale__language_code="en")


def test_what_is_below_is_closed_and_says_so_with_the_section(talk, section, moderator):
    french = translate(talk.page, "fr", title="Surveillance de voisinage", slug="surveillance")
    news = make_news(title="Elsewhere")
    client = signed_in(moderator)
    assert Client().get(talk.page.url).status_code == 200  # kept whole from now on
    run(client, section, is_open="closed")
    kept = Client().get(talk.page.url).content.decode()
    for html in [shown(talk.page), kept]:
        assert f'<a href="{section.url}" lang="en">{section.title}</a> are closed' in html
        assert "/write/" not in html
        assert "We opened a group" in html
    assert "/write/" not in shown(french, language="fr")
    assert "We opened a group" in shown(french, language="fr")
    answer = send(talk.client, talk.page, "Too late.")
    assert answer.status_code == 400
    assert "Too late." in answer.content.decode()
    assert section.title in answer.content.decode()
    assert talk.client.get(write_url(talk.page)).status_code == 403
    if news.discussable:
        assert send(talk.client, news, "Elsewhere it is open.").status_code == 302
    run(client, section)
    assert send(talk.client, talk.page, "Open again.").status_code == 302
    assert "are closed" not in Client().get(talk.page.url).content.decode()


def test_nothing_else_can_be_added_below_either(talk, section, moderator):
    DiscussionThread.objects.create(translation_key=section.translation_key, state="closed")
    talk.row.refresh_from_db()
    assert not editing.may_be_edited(talk.row)
    with pytest.raises(services.Refused, match="closed"):
        reacting.react(row=talk.row, user=moderator, kind="useful")
    assert talk.client.get(f"/en/discussion/{talk.page.translation_key}/tried/").status_code in {403, 404}
    services.withdraw(row=talk.row, author=talk.author)  # one's own words can always be taken back
    talk.row.refresh_from_db()
    assert talk.row.state == State.WITHDRAWN


def test_a_section_can_have_a_last_day(talk, section, moderator):
    run(signed_in(moderator), section, closes_on=today())
    assert send(talk.client, talk.page, "On the last day.").status_code == 302
    run(signed_in(moderator), section, closes_on=today(-1))
    assert send(talk.client, talk.page, "A day late.").status_code == 400


def test_a_discussion_that_is_closed_itself_closes_no_other(talk, moderator):
    run(signed_in(moderator), talk.page, is_open="closed")
    other = make_pattern(title="Beside it")
    assert send(talk.client, other, "Open here.").status_code == 302
    assert "This discussion is closed" in shown(talk.page)


def test_a_section_that_readers_cannot_see_is_not_named(talk, section, moderator):
    run(signed_in(moderator), section, is_open="closed")
    type(section).objects.filter(pk=section.pk).update(live=False)
    html = shown(talk.page)
    assert "All discussions of this section are closed." in html
    assert section.title not in html.partition("All discussions")[2][:200]


def test_moderators_of_the_site_find_it_in_the_menu_of_the_section(talk, section, moderator, editor):
    page = signed_in(moderator).get(f"/admin/discussions/{section.translation_key}/").content.decode()
    assert "holds for every discussion below it" in page
    assert "slow_minutes" not in page
    assert signed_in(editor).get(f"/admin/discussions/{section.translation_key}/").status_code != 200


def test_it_takes_no_query_for_each_section(talk, section):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            shown(talk.page)
        return len(seen)

    shown(talk.page)
    before = queries()
    home = section.get_parent()
    DiscussionThread.objects.create(translation_key=home.translation_key, closes_on=timezone.localdate())
    assert queries() == before
    DiscussionThread.objects.update(closes_on=None)
    DiscussionThread.objects.filter(translation_key=home.translation_key).update(
        closes_on=timezone.localdate() - timedelta(days=1)
    )
    assert queries() <= before + 4


def test_the_discussion_of_a_pattern_that_was_replaced_is_closed(talk, moderator):
    successor = make_pattern(title="Better watch", number=9)
    page = type(talk.page).objects.get(pk=talk.page.pk)
    page.status, page.superseded_by = "superseded", successor
    page.save_revision().publish()
    html = shown(page)
    assert "This pattern has been replaced." in html
    assert "We opened a group" in html
    assert "/write/" not in html
    assert send(talk.client, page, "Too late.").status_code == 400
    one = f"/en/discussion/{page.translation_key}/comment/{talk.row.public_id}/"
    assert signed_in(moderator).post(one, {"do": "useful"}).status_code == 400
    assert send(talk.client, successor, "Here it goes on.").status_code == 302
