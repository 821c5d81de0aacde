"""Calls for participation in readers’ calendars: on the day they close, else on the day they opened."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal import calendars
from portal.listing import BY_TITLE, chosen_pages, without_streams

from .models import CallPage, NewsIndexPage


def entries(page: CallPage) -> Iterator[calendars.Entry]:
    if page.closes:
        yield calendars.Entry(page, _("Call closes: %(title)s") % {"title": page.title}, page.closes)
    elif page.opens:
        yield calendars.Entry(page, _("Call opens: %(title)s") % {"title": page.title}, page.opens)


def call_pages(request: HttpRequest) -> QuerySet:
    return chosen_pages(request, without_streams(CallPage), [], [BY_TITLE])


def register() -> None:
    calendars.register(CallPage, entries, index=NewsIndexPage, pages=call_pages)
