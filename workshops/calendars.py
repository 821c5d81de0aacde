"""The dates of workshops for readers’ calendars."""

from collections.abc import Iterator

from portal import calendars
from portal.geography import country_name

from .datasets import workshop_pages
from .models import WorkshopIndexPage, WorkshopPage


def entries(page: WorkshopPage) -> Iterator[calendars.Entry]:
    if page.date_start:
        country = country_name(page.country.code) if page.country else ""
        place = ", ".join(filter(None, [page.venue, page.place_name, country]))
        yield calendars.Entry(page, page.title, page.date_start, page.date_end or None, place)


def register() -> None:
    calendars.register(WorkshopPage, entries, index=WorkshopIndexPage, pages=workshop_pages)
