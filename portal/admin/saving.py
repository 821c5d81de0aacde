"""What an editor is told after saving, and what keeps a selection of pages from being published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ..codes import free_code
from ..models import KnowledgePage
from ..publishing import shortcomings
from . import guarding


def tell_warnings(request: HttpRequest, page: Page) -> None:
    """Warnings after a save by hand; autosave runs every few seconds and says nothing."""
    if not isinstance(page, KnowledgePage) or not request.accepts("text/html"):
        return
    for warning in page.warnings():
        messages.warning(request, warning)
    for said, words in guarding.findings(page):
        quoted = ", ".join(f"“{word}”" for word in words)
        text = _("%(what)s %(words)s. Take it out, unless everybody may read it.")
        messages.warning(request, text % {"what": said, "words": quoted})
    if page.workflow_in_progress and (lines := shortcomings(page)):
        text = _("This page waits for approval, but it cannot be approved yet. %(lines)s")
        messages.warning(request, text % {"lines": " ".join(lines)})


def refuse_incomplete(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """The page that says which of `pages` are not ready, or None if all are."""
    if request.method == "POST" and request.POST.get("include_descendants"):
        pages = [*pages, *(draft for page in pages for draft in page.get_descendants().not_live())]
    found = [(page, lines) for page in pages if (lines := shortcomings(page.specific))]
    if not found:
        return None
    return render(request, "portal/admin/not_ready.html", {"found": found}, status=409)


def give_own_identity(copy: Page) -> None:
    """A copied page, and what was copied below it, gets codes and numbers of its own before anybody edits it."""
    for page in copy.get_descendants(inclusive=True).specific():
        if isinstance(page, KnowledgePage) and not page.alias_of_id:
            page.code = free_code(page, page.slug)
            if "number" in page.frozen:
                page.number = type(page).next_number()
            page.save(clean=False)
            revision = page.save_revision(clean=False)
            if page.live:
                revision.publish()
