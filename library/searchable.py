"""Glossary terms in the search of the site."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal import searchable

from .models import GlossaryPage, GlossaryTerm


def term_documents(terms: Sequence[GlossaryTerm]) -> Iterator[tuple[GlossaryTerm, searchable.Searchable]]:
    """In the glossary of the term's language, else in the first one: terms are read there until it is translated."""
    prefetch_related_objects(terms, "locale")
    glossaries = list(GlossaryPage.objects.live().filter(alias_of__isnull=True).order_by("pk"))
    by_language = {page.locale_id: page for page in reversed(glossaries)}
    for term in terms if glossaries else ():
        yield term, _document(term, by_language.get(term.locale_id, glossaries[0]))


def _document(term: GlossaryTerm, page: GlossaryPage) -> searchable.Searchable:
    return searchable.Searchable(
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


def register() -> None:
    searchable.register(
        GlossaryTerm,
        documents=term_documents,
        shown_on=terms_shown_on,
        kind="term",
        label=_("Glossary term"),
        names_agree=True,
    )
