"""How a page reaches a reader: address, language, page or its fallback, rights, template."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page, Site
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from . import stamps
from .addresses import LANGUAGE_CODES, tree_address
from .prepared import pages_by_id
from .querysets import is_restricted, may_open
from .shown_pages import KnownPage, shown_pages
from .views_of_pages import LONGEST_VIEW, enter, has_view


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` in the reader's language, else the original under the reader's own navigation.

    Looks pages up by their whole path where Wagtail walks down the tree with a query for each step. What no page has
    as its path may be a view of a page above it, such as the map of an index (`portal.views_of_pages`). Wagtail's
    hooks run as in its own view: `on_serve_page` keeps restricted pages from those who may not read them.
    """
    language = get_language() or ""
    below = "".join(f"{part}/" for part in path.split("/") if part)
    page, view = _find(request, below, language)
    wanted = tree_address(page.url_path, language) + view
    if wanted != request.path:
        query = request.META.get("QUERY_STRING")
        return HttpResponseRedirect(f"{wanted}?{query}" if query else wanted)
    specific = _specific(page)
    args = enter(specific, request, view) if view else []
    for check in hooks.get_hooks("before_serve_page"):
        answer = check(specific, request, args, {})
        if isinstance(answer, HttpResponse):
            return answer
    mark(request, specific)
    chain = serve_chain
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        if wrap is check_view_restrictions and not is_restricted(specific):
            continue  # it would ask for the page's ancestors and their restrictions once more
        chain = wrap(chain)
    response = chain(specific, request, args, {})
    response.headers["Content-Language"] = specific.locale.language_code
    return response


def mark(request: HttpRequest, page: Page) -> None:
    """Tell the page cache what the answer depends on beside the site as a whole."""
    keys: set[str] = getattr(request, "stamp_keys", set())
    request.stamp_keys = keys | {stamps.subject(page.translation_key)}  # type: ignore[attr-defined]


def _roots(request: HttpRequest) -> dict[str, str]:
    """The url_path of the home page of each language, from Wagtail's cache of site roots."""
    roots = Site.get_site_root_paths()
    if len({root.site_id for root in roots}) > 1:
        site = Site.find_for_request(request)
        roots = [root for root in roots if site is not None and root.site_id == site.pk]
    return {root.language_code: root.root_path for root in roots}


def _model(page: KnownPage) -> Any:
    return ContentType.objects.get_for_id(page.content_type_id).model_class()


def _specific(page: KnownPage) -> Page:
    found = pages_by_id(_model(page))(page.pk)
    if not found:
        raise Http404
    return found[0]


def _find(request: HttpRequest, below: str, language: str) -> tuple[KnownPage, str]:
    """The page at the path `below` the language's home, and the view of it that the end of the path names, if any."""
    roots = _roots(request)
    parts = below.split("/")[:-1]
    for named in range(min(len(parts), LONGEST_VIEW) + 1):
        above, view = (
            "".join(f"{part}/" for part in some) for some in (parts[: len(parts) - named], parts[len(parts) - named :])
        )
        page = shown_pages(request).by_url_path.get(f"{roots.get(language)}{above}")
        page = page or _other_language(request, roots, above, language)
        if page is not None and (not view or has_view(_model(page), view)):
            return page, view
    raise Http404


def _other_language(request: HttpRequest, roots: dict[str, str], below: str, language: str) -> KnownPage | None:
    """The page that the path means in any language, in the reader's language or else the original.

    A page that this reader may not see is as unknown here: only its own address says that there is something, and a
    guessed one does not tell what the page is called in another language.
    """
    pages = shown_pages(request)
    for code in (code for code in LANGUAGE_CODES if code in roots):
        found = pages.by_url_path.get(f"{roots[code]}{below}")
        if found is not None and may_open(found.path, request):
            open_to_reader = [page for page in pages.by_key[found.key] if may_open(page.path, request)]
            return next((page for page in open_to_reader if page.language == language), open_to_reader[0])
    return None
