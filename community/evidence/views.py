"""The form “Report what you tried”, and what authors decide about being named."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.querysets import visible

from .. import access as of_comments
from .. import breadcrumbs, services, text
from ..views import personal
from . import access, adopting
from .services import may_be_edited
from .writing import ReportEditing, ReportWriting


@personal
def tried(request: HttpRequest, key: UUID) -> HttpResponse:
    subject = access.subject(request, key)
    writing = ReportWriting(request, subject)
    if request.method != "POST" or writing.wants_regions:
        return writing.answer(status=200 if subject.is_open else 403)
    if not writing.is_valid():
        return writing.answer(status=400)
    if writing.is_preview:
        return writing.answer()
    try:
        writing.post()
    except services.Refused as refusal:
        writing.explain(refusal.code, refusal.message)
        return writing.answer(status=400)
    return redirect("community:held", key=key)


@personal
@login_required
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The author changes a report; what is wrong is said beside the field, and what was typed is kept."""
    row = of_comments.own_comment(request, public_id)
    if not hasattr(row, "evidence"):
        raise Http404
    subject = access.subject(request, row.thread.translation_key)
    writing = ReportEditing(request, subject, row)
    if not may_be_edited(row):
        return writing.refuse(status=400 if request.method == "POST" else 403)
    if request.method != "POST" or writing.wants_regions:
        return writing.answer()
    if not writing.is_valid():
        return writing.answer(status=400)
    if writing.is_preview:
        return writing.answer()
    try:
        writing.post()
    except services.Refused:
        return writing.refuse(status=400)
    return redirect("community:held", key=subject.key)


@personal
@login_required
def credit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The author of a comment from which a page took something says whether to be named; done by POST alone."""
    row = of_comments.own_comment(request, public_id)
    adoptions = {str(each.pk): each for each in row.adoptions.select_related("comment__thread", "page__locale")}
    if not adoptions:
        raise Http404
    if request.method == "POST":
        adoption, said = adoptions.get(request.POST.get("adoption", "")), request.POST.get("named")
        if adoption is None or said not in {"yes", "no"}:
            return HttpResponseBadRequest()
        adopting.answer(adoption=adoption, is_named=said == "yes")
        messages.success(request, _("Thank you. You can change it at any time."))
        return redirect("community:credit", public_id=public_id)
    pages = Page.objects.filter(pk__in=[each.page_id for each in adoptions.values()])
    readable = {page.pk: page for page in visible(pages, request.user)}
    context = {
        "row": row,
        "html": text.as_html(row.comment.comment),
        "adoptions": [(each, readable.get(each.page_id)) for each in adoptions.values()],
        "breadcrumb": breadcrumbs.of_account(request),
    }
    return render(request, "community/evidence/credit.html", context)
