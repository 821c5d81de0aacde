"""Row 22: unread machine text is a draft. From a share on publishing it is asked about, from another on refused."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringTranslation

from portal.publishing import shortcomings
from tests.factories.editing import signed_in
from translation import publishing, states, writing
from translation.known import TOOL
from translation.machine.unread import unread
from translation.models import Via

from .conftest import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(translation, translator):
    """Everything is there; how much of it is a machine's, `share` says."""
    for one in translation.source.stringsegment_set.select_related("string", "context"):
        writing.write(translation, one, one.string.data, user=translator, via=Via.EDITOR)
    return translation


def share(translation, percent):
    """The longest texts up to so many per cent of the words are a machine's and unread."""
    rows = sorted(StringTranslation.objects.select_related("translation_of"), key=lambda row: -words(row))
    limit = percent * sum(map(words, rows)) / 100
    taken, machine = 0, []
    for row in rows:
        if taken + words(row) <= limit:
            taken += words(row)
            machine.append(row.pk)
    StringTranslation.objects.exclude(pk__in=machine).update(translation_type="manual")
    StringTranslation.objects.filter(pk__in=machine).update(translation_type="machine")
    return unread(translation)


def words(row):
    return states.words(row.translation_of.data)


@pytest.fixture
def send(db, django_capture_on_commit_callbacks):
    """As a coordinator; wagtail-localize publishes when the transaction is through."""
    client = signed_in("Coordinators")

    def sent(url, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, data)

    return sent


@pytest.fixture
def publish(filled, send):
    def published(**data):
        page = filled.get_target_instance()
        response = send(reverse("wagtailadmin_pages:edit", args=[page.pk]), action="publish", **data)
        page.refresh_from_db()
        return response, page

    return published


def test_share_is_one_of_words(filled):
    for percent in (0, 30, 60, 100):
        found = share(filled, percent)
        assert found.percent <= percent
        assert found.words == sum(words(row) for row in StringTranslation.objects.filter(translation_type="machine"))
        assert found.all_words == sum(words(row) for row in StringTranslation.objects.all())
    assert found.percent == 100


def test_little_of_it_is_published_without_a_question(filled, publish):
    assert not share(filled, 30).is_warned
    response, page = publish()
    assert response.status_code == 302
    assert page.live


def test_half_of_it_is_asked_about_and_noted(filled, publish):
    assert 50 < share(filled, 80).percent <= 80
    response, page = publish()
    assert response.status_code == 409
    assert not page.live
    text = response.content.decode()
    assert "Nobody has read much of this" in text
    assert address(filled) in text
    response, page = publish(gaps="0" * 32)
    assert not page.live
    response, page = publish(gaps=response.context["token"])
    assert page.live
    entry = PageLogEntry.objects.get(action=publishing.LOGGED_UNREAD)
    assert entry.data["percent"] == unread(filled).percent
    assert not PageLogEntry.objects.filter(action=publishing.LOGGED).exists()


def test_who_confirms_confirms_what_was_shown(filled, publish):
    share(filled, 80)
    token = publish()[0].context["token"]
    row = StringTranslation.objects.filter(translation_type="machine").first()
    row.data += " Autre."
    row.save()
    response, page = publish(gaps=token)
    assert (response.status_code, page.live) == (409, False)


def test_nearly_all_of_it_is_refused_whatever_is_sent_and_told_what_to_do(filled, publish):
    assert share(filled, 100).is_refused
    response, page = publish()
    assert (response.status_code, page.live) == (409, False)
    assert "Read the texts first that nobody has read" in response.content.decode()
    assert "Publish all the same" not in response.content.decode()
    response, page = publish(gaps=response.context["token"])
    assert (response.status_code, page.live) == (409, False)


def test_gaps_and_unread_texts_are_shown_on_one_page(filled, publish):
    share(filled, 80)
    gone = StringTranslation.objects.filter(translation_type="manual").first()
    source = gone.translation_of.data
    gone.delete()
    response, page = publish()
    assert source in response.content.decode()
    assert "% of the words come from a machine" in response.content.decode()
    response, page = publish(gaps=response.context["token"])
    assert page.live
    assert PageLogEntry.objects.filter(action__in=[publishing.LOGGED, publishing.LOGGED_UNREAD]).count() == 2


def test_limits_are_settings(filled, publish, settings):
    share(filled, 30)
    settings.UNREAD_MACHINE_WARNED = 0
    assert publish()[0].status_code == 409
    settings.UNREAD_MACHINE_REFUSED = 0
    assert unread(filled).is_refused
    share(filled, 100)
    settings.UNREAD_MACHINE_WARNED = settings.UNREAD_MACHINE_REFUSED = 100
    assert publish()[1].live


def test_ways_that_ask_nobody_are_closed_to_much_unread_text(filled):
    page = filled.get_target_instance()
    share(filled, 30)
    assert shortcomings(page) == []
    share(filled, 80)
    assert ["nobody has read them" in line for line in shortcomings(page)] == [True]


def test_syncing_publishes_no_unread_translation(filled, send):
    share(filled, 80)
    sync = reverse("wagtail_localize:update_translations", args=[filled.source_id])
    told = [str(one) for one in get_messages(send(sync, publish_translations="on").wsgi_request)]
    assert any("nobody has read them" in line for line in told)
    assert not Page.objects.get(pk=filled.get_target_instance().pk).live
    share(filled, 30)
    send(sync, publish_translations="on")
    assert Page.objects.get(pk=filled.get_target_instance().pk).live


def test_texts_that_the_memory_filled_in_count_until_somebody_has_read_them(filled, publish):
    share(filled, 100)
    StringTranslation.objects.update(tool_name=TOOL)
    found = unread(filled)
    assert found.is_refused
    assert all(one.is_from_memory for one in found.texts)
    assert publish()[0].status_code == 409
