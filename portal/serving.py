"""How a page reaches a reader: address, language, page or its fallback, rights, template."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page, Site
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from . import stamps
from .addresses import LANGUAGE_CODES, address
from .querysets import is_restricted, may_open, shown_now


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` in the reader's language, else the original under the reader's own navigation.

    Looks pages up by their whole path in one query where Wagtail walks down the tree; the portal has no page types
    that route below themselves. Wagtail's hooks run as in its own view: `on_serve_page` keeps restricted pages from
    those who may not read them.
    """
    language = get_language() or ""
    parts = [part for part in path.split("/") if part]
    roots = _roots(request)
    page = _find(roots.get(language), parts)
    if page is None:
        page = _other_language(request, roots, parts, language)
        wanted = address(page, request)
        if wanted != request.path:
            query = request.META.get("QUERY_STRING")
            return HttpResponseRedirect(f"{wanted}?{query}" if query else wanted)
    specific = page.specific
    specific.locale = page.locale  # already read
    for check in hooks.get_hooks("before_serve_page"):
        answer = check(specific, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    mark(request, specific)
    chain = serve_chain
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        if wrap is check_view_restrictions and not is_restricted(specific):
            continue  # it would ask for the page's ancestors and their restrictions once more
        chain = wrap(chain)
    response = chain(specific, request, [], {})
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


def _find(root: str | None, parts: list[str]) -> Page | None:
    if root is None:
        return None
    pages = Page.objects.filter(shown_now(), alias_of__isnull=True).select_related("locale")
    if not parts:
        return pages.filter(url_path=root, depth=2).first()
    return pages.filter(slug=parts[-1], url_path=f"{root}{'/'.join(parts)}/").first()


def _other_language(request: HttpRequest, roots: dict[str, str], parts: list[str], language: str) -> Page:
    """The page that the path means in any language, in the reader's language or else the original.

    A page that this reader may not see is as unknown here: only its own address says that there is something, and a
    guessed one does not tell what the page is called in another language.
    """
    for code in sorted(roots, key=LANGUAGE_CODES.index):
        found = _find(roots[code], parts)
        if found is not None and may_open(found, request):
            siblings = Page.objects.filter(shown_now(), translation_key=found.translation_key, alias_of__isnull=True)
            pages = [page for page in siblings.select_related("locale").order_by("pk") if may_open(page, request)]
            return next((page for page in pages if page.locale.language_code == language), pages[0])
    raise Http404
