"""Glossary terms in the search of the site."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal import searchable

from .models import GlossaryPage, GlossaryTerm


def term_documents(term: GlossaryTerm) -> Iterable[searchable.Searchable]:
    page = _glossary_for(term.locale_id)
    if page is None:
        return
    yield searchable.Searchable(
        page=page,
        kind="term",
        language=term.locale.language_code,
        subject=str(term.translation_key),
        title=f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term,
        anchor=term.code,
        summary=term.definition,
        labels=tuple(filter(None, [term.term, term.abbreviation, *term.other_words])),
        body=term.note,
    )


def terms_shown_on(page: Page) -> Iterable[GlossaryTerm]:
    if not issubclass(page.specific_class, GlossaryPage):
        return []
    own = GlossaryTerm.objects.filter(locale_id=page.locale_id)
    elsewhere = GlossaryTerm.objects.exclude(locale__in=GlossaryPage.objects.live().values("locale"))
    return (own | elsewhere).select_related("locale")


def _glossary_for(locale_id: int) -> GlossaryPage | None:
    """The glossary in the term's language, else the first one: terms are read there until it is translated."""
    pages = GlossaryPage.objects.live().filter(alias_of__isnull=True)
    return pages.filter(locale_id=locale_id).first() or pages.order_by("pk").first()


def register() -> None:
    searchable.register(
        GlossaryTerm,
        documents=term_documents,
        shown_on=terms_shown_on,
        kind="term",
        label=_("Glossary term"),
        names_agree=True,
    )
