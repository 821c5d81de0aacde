"""Background work that was given up, in the admin: shown to coordinators, tried again by POST."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal import outbox, periodic
from portal.models import OutboxRow
from tests.factories import make_home
from tests.factories.editing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    make_home()
    return signed_in("Coordinators")


def parked(*keys):
    outbox.put(periodic.TOPIC, *keys)
    rows = OutboxRow.objects.filter(key__in=keys)
    rows.update(parked_at=timezone.now(), attempts=outbox.ATTEMPTS, error="ConnectionError: <b>not there</b>")
    return list(rows.order_by("key"))


def left():
    return set(OutboxRow.objects.parked().values_list("key", flat=True))


def test_only_what_was_given_up_is_listed(coordinator):
    parked("given-up")
    outbox.put(periodic.TOPIC, "waits-still")
    html = coordinator.get(reverse("portal_outbox")).content.decode()
    assert "given-up" in html
    assert "Work by the clock" in html
    assert "&lt;b&gt;not there" in html
    assert "waits-still" not in html


def test_one_is_tried_again_and_the_others_stay(coordinator):
    first, _second = parked("a", "b")
    page = coordinator.post(reverse("portal_outbox_retry", args=[first.pk]), follow=True)
    assert "1 piece of background work will be tried again" in page.content.decode()
    assert left() == {"b"}
    assert outbox.drain(periodic.TOPIC) == 1
    page = coordinator.post(reverse("portal_outbox_retry", args=[first.pk]), follow=True)
    assert "Nothing was left to try again" in page.content.decode()


def test_all_are_tried_again(coordinator):
    parked("a", "b")
    page = coordinator.post(reverse("portal_outbox_retry_all"), follow=True)
    assert "No background work was given up" in page.content.decode()
    assert left() == set()


def test_nothing_is_tried_again_by_a_link_or_from_another_site(coordinator):
    [row] = parked("a")
    assert coordinator.get(reverse("portal_outbox_retry", args=[row.pk])).status_code == 405
    coordinator.handler.enforce_csrf_checks = True
    assert coordinator.post(reverse("portal_outbox_retry", args=[row.pk])).status_code == 403
    assert left() == {"a"}


def test_the_button_of_a_row_carries_a_token_that_is_accepted(coordinator):
    [row] = parked("a")
    coordinator.handler.enforce_csrf_checks = True
    html = coordinator.get(reverse("portal_outbox")).content.decode()
    form = html[html.index(reverse("portal_outbox_retry", args=[row.pk])) :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form).group(1)
    coordinator.post(reverse("portal_outbox_retry", args=[row.pk]), {"csrfmiddlewaretoken": token})
    assert left() == set()


def test_others_neither_see_nor_retry_it(coordinator):
    parked("given-up")
    editor = signed_in("Editors")
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("portal_outbox") not in home
    page = editor.get(reverse("portal_outbox"), follow=True).content.decode()
    assert "given-up" not in page
    editor.post(reverse("portal_outbox_retry_all"))
    assert left() == {"given-up"}


def test_the_home_page_of_the_admin_tells_coordinators(coordinator):
    url = reverse("portal_outbox")
    text = "pieces of background work were given up"
    assert text not in coordinator.get(reverse("wagtailadmin_home")).content.decode()
    parked("a", "b")
    html = coordinator.get(reverse("wagtailadmin_home")).content.decode()
    assert text in html
    assert html.count(url) >= 2  # the menu and the notice


def test_the_list_takes_as_many_queries_for_many_rows_as_for_one(coordinator):
    counts = []
    for keys in (["a"], [f"key-{number}" for number in range(10)]):
        parked(*keys)
        coordinator.get(reverse("portal_outbox"))
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(reverse("portal_outbox"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_site_that_exists_grants_coordinators_the_right_once(coordinator):
    group = Group.objects.get(name="Coordinators")
    right = group.permissions.get(codename="retry_outboxrow")
    group.permissions.remove(right)
    grant = import_module("portal.migrations.0006_coordinators_retry").grant
    grant(apps, None)
    grant(apps, None)
    assert list(Group.objects.filter(permissions=right)) == [group]
