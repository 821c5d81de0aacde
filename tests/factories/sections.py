"""Builders of what stands round patterns, practices and workshops: series, recommendations, calls, people, terms."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from library.models import CallPage, GlossaryPage, GlossaryTerm, NewsIndexPage, ProjectPage
from portal.models import Consent, Organisation, Person, StandardPage
from workshops.models import RecommendationIndexPage, RecommendationPage, WorkshopIndexPage, WorkshopSeriesPage

from . import _add, locale, make_home, make_index

_numbers = itertools.count(101)  # above those that tests choose themselves


def _basics(title: str, language: str) -> dict[str, Any]:
    code = slugify(title)
    return {
        "title": title,
        "slug": code,
        "code": code,
        "summary": f"Summary of {title}.",
        "locale": locale(language),
    }


def make_series(language: str = "en", *, live: bool = True, **fields: Any) -> WorkshopSeriesPage:
    title = fields.pop("title", f"Series {next(_numbers)}")
    page = WorkshopSeriesPage(**{**_basics(title, language), "aim": "<p>Aim.</p>", **fields})
    return _add(make_index(WorkshopIndexPage, "workshops", language), page, live)


def make_recommendation(language: str = "en", *, live: bool = True, **fields: Any) -> RecommendationPage:
    number = fields.pop("number", None) or next(_numbers)
    title = fields.pop("title", f"Advice {number}")
    values = {**_basics(title, language), "number": number, "rationale": "<p>Because.</p>", **fields}
    return _add(make_index(RecommendationIndexPage, "recommendations", language), RecommendationPage(**values), live)


def make_call(language: str = "en", *, live: bool = True, **fields: Any) -> CallPage:
    title = fields.pop("title", f"Call {next(_numbers)}")
    values = {**_basics(title, language), "who": "<p>Everybody.</p>", "how_to_apply": "<p>Write.</p>", **fields}
    return _add(make_index(NewsIndexPage, "news", language), CallPage(**values), live)


def make_project(**fields: Any) -> ProjectPage:
    about = StandardPage.objects.filter(code="about").first()
    if about is None:
        about = _add(make_home(), StandardPage(**_basics("About", "en")), True)
    values = {**_basics("Project", "en"), "acronym": "PRJ", "aim": "<p>Aim.</p>", **fields}
    return _add(about, ProjectPage(**values), True)


def make_glossary(language: str = "en") -> Page:
    return make_index(GlossaryPage, "glossary", language)


def make_term(code: str, language: str = "en", **fields: Any) -> GlossaryTerm:
    values = {"term": code.title(), "definition": f"What {code} means.", **fields}
    original = GlossaryTerm.objects.filter(code=code).first()
    if original is not None:
        values["translation_key"] = original.translation_key
    return GlossaryTerm.objects.create(code=code, locale=locale(language), **values)


def make_organisation(name: str, **fields: Any) -> Organisation:
    values = {"name": name, "kind": "network", **fields}
    return Organisation.objects.get_or_create(code=slugify(name), defaults=values)[0]


def make_consent(state: str = "valid", kind: str = "contact") -> Consent:
    """A consent that is `valid`, `expired`, `withdrawn` or `future`."""
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    dates: dict[str, date] = {
        "valid": {"expires_on": tomorrow},
        "expired": {"expires_on": yesterday},
        "withdrawn": {"withdrawn_on": yesterday},
        "future": {"given_on": tomorrow},
    }[state]
    values = {"given_on": date(2020, 1, 1), "subject": "Somebody", "scope": "All.", **dates}
    return Consent.objects.create(code=f"consent-{next(_numbers)}", kind=kind, **values)


def make_person(name: str, consent: Consent | None = None, **fields: Any) -> Person:
    email = f"{slugify(name)}@example.org"
    return Person.objects.create(code=slugify(name), name=name, email=email, consent=consent, **fields)
