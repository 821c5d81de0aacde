"""A few columns of all pages of a type, for views that show many at once."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from .languages import active_language
from .listing import FacetFilter, chosen_pages
from .prepared import Prepared
from .querysets import closed_paths, in_language, shown_now


class ShownRows:
    """`ShownRows(PatternPage.objects.all, "title", "url_path")`: one row for each subject, from the page in the
    reader's language, else from the original. The query is compiled once; who may see a page is asked each time.
    """

    def __init__(self, pages: Callable[[], QuerySet], *columns: str) -> None:
        self.pages = pages
        self.columns = columns
        self._rows = Prepared(self._build, str)

    def __call__(self, user: Any, language: str) -> list[tuple]:
        closed = tuple(closed_paths(user))
        return [row[:-1] for row in self._rows(language) if not row[-1].startswith(closed)]

    def chosen(self, request: HttpRequest, filters: Iterable[FacetFilter]) -> list[tuple]:
        """The rows that the filters of this request choose."""
        used = [one for one in filters if one.name in request.GET]
        if used:
            return list(chosen_pages(request, self.pages(), used).values_list(*self.columns))
        return self(request.user, active_language())

    def _build(self, language: str) -> QuerySet:
        return in_language(self.pages().filter(shown_now()), language).values_list(*self.columns, "path")
