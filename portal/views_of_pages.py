"""Views of a page that have an address below its own, such as `/patterns/map/`: other ways to look at a list.

A page type mixes in Wagtail's `RoutablePageMixin` and gives each view a route of one or two parts, ending in a slash.
The view answers with `shown(page, request, …)`, or with a file. Titles of views are the site's words, so a view is
there in every language; a page below it in the tree with the same slug comes first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin

from .addresses import address
from .listing import with_choice
from .models import KnowledgePage
from .reading import Reading, reading

LONGEST_VIEW = 2  # parts of the address

Answer = Callable[[Any, HttpRequest], HttpResponse]


@dataclass(frozen=True)
class SharedView:
    """A view that several page types have, such as the list of an index as a table: registered once for all."""

    is_of: Callable[[type], bool]
    answer: Answer
    label: Any
    hint: Any
    group: str


_shared: dict[str, SharedView] = {}


def register(
    path: str, is_of: Callable[[type], bool], answer: Answer, *, label: Any, hint: Any = "", group: str = "data"
) -> None:
    """Have every page of a type that `is_of` says yes to answer at `path` below its own address, linked as `label`.

    The `group` says where the page links it: among its data, its citations or its dates.
    """
    _shared[path] = SharedView(is_of, answer, label, hint, group)


def shared_views(model: type) -> list[str]:
    """The paths of the views that pages of the type have by registration."""
    return [path for path, view in _shared.items() if view.is_of(model)]


@dataclass(frozen=True)
class FileLink:
    label: Any
    hint: Any
    url: str
    group: str
    path: str


def file_links(reading: Reading, group: str = "") -> list[FileLink]:
    """The registered views of the page, for the same choice of pages: of one group, or all."""
    return [
        FileLink(view.label, view.hint, _url(reading, path), view.group, path)
        for path, view in _shared.items()
        if view.is_of(type(reading.page)) and group in ("", view.group)
    ]


def _url(reading: Reading, path: str) -> str:
    return with_choice(address(reading.page, reading.language) + path, reading.request)


@dataclass(frozen=True)
class View:
    """A page type lists those that readers switch between in `views`; the first, without a path, is the page itself."""

    path: str
    label: Any
    icon: str


@dataclass(frozen=True)
class ViewLink:
    label: Any
    icon: str
    url: str
    is_current: bool


def view_links(reading: Reading) -> list[ViewLink]:
    """The same choice of pages in another view."""
    return [
        ViewLink(view.label, view.icon, _url(reading, view.path), view.path == reading.view)
        for view in getattr(reading.page, "views", ())
    ]


def has_view(model: Any, view: str) -> bool:
    """Whether pages of the type have a view at `view`, such as `map/`."""
    if view in shared_views(model):
        return True
    if not issubclass(model, RoutablePageMixin):
        return False
    try:
        model.get_resolver().resolve(f"/{view}")
    except Http404:
        return False
    return True


def enter(page: Any, request: HttpRequest, view: str) -> list[Any]:
    """What the page's `serve` needs to answer with the view."""
    request.view_of_page = view  # type: ignore[attr-defined]
    if view in shared_views(type(page)):
        return [partial(_shared[view].answer, page), (), {}]
    match = page.resolve_subpage(f"/{view}")
    request.routable_resolver_match = match  # type: ignore[attr-defined]
    return [match.func, match.args, match.kwargs]


def shown(
    page: KnowledgePage, request: HttpRequest, template: str, *, title: str, description: str, **context: Any
) -> TemplateResponse:
    """The view as a page of its own: its title in the head, the breadcrumb and for machines, its own address."""
    reading(page, request).name_view(title, description)
    return TemplateResponse(
        request, template, {**page.get_context(request), "title": title, "description": description, **context}
    )
