"""Pages that hold the word “numbat” and that not everybody may see: any trace of it is a leak."""

import datetime

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import make_news, make_pattern, make_practice, make_topic

SECRET = "numbat"


def group():
    return Group.objects.get_or_create(name="Working group")[0]


def close(page, kind):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(group())


def draft():
    page = make_pattern(title=f"{SECRET} draft")
    page.tags.add(SECRET)
    page.save()
    page.unpublish()


def never_published():
    make_pattern(title=f"{SECRET} unpublished", live=False)


def expired():
    page = make_news(title=f"{SECRET} expired")
    page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    page.save()


def not_yet_begun():
    page = make_news(title=f"{SECRET} to come")
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.save()


def behind_a_password():
    close(make_practice(title=f"{SECRET} behind a password"), PageViewRestriction.PASSWORD)


def for_a_group():
    close(make_practice(title=f"{SECRET} for a group").get_parent(), PageViewRestriction.GROUPS)


def deleted():
    make_topic(title=f"{SECRET} deleted").delete()


def renamed():
    page = make_topic(title=f"{SECRET} renamed", slug="another-name", code="another-name")
    page.title = "Another name"
    page.summary = "Summary."
    page.save_revision().publish()


HIDDEN = [draft, never_published, expired, not_yet_begun, behind_a_password, for_a_group, deleted, renamed]
