"""The page of one's own account. Everything about passwords, addresses and second factors is django-allauth's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.models import Page

from portal.querysets import visible

from .. import names
from ..access import may_moderate
from ..due_process import alerts, statements
from ..models import CommentState, DiscussionThread, State
from ..places import places
from ..reasons import EXPIRED
from ..threads import editing
from .forms import ProfileForm
from .second_factor import explain

PAGE_SIZE = 20


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    member = names.member_of(request.user)
    # What a moderator erased stays in the list: the author has to find the reasons.
    rows = CommentState.objects.of_account(request.user).exclude(state=State.ERASED, reason__in=["", EXPIRED])
    paged = Paginator(
        rows.select_related("comment", "thread").prefetch_related("adoptions").order_by("-posted_at"), PAGE_SIZE
    )
    comments = paged.get_page(request.GET.get("page"))
    threads = DiscussionThread.objects.visible_to(request.user).filter(pk__in={row.thread_id for row in comments})
    found = places(threads.select_related("group"), visible(Page.objects.all(), request.user))
    context = {
        "member": member,
        "comments": comments,
        "lines": [(row, found.get(row.thread_id)) for row in comments],
        "moderators_mail": alerts.stop_path(request.user) if may_moderate(request.user) else "",
        "editable": editing.editable(comments),
        "statements": statements.titles(list(comments)),
    }
    return TemplateResponse(request, "account/home.html", context)


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    member = names.member_of(request.user)
    initial = {
        "name": member.display_name if member else "",
        "language": member.language if member else translation.get_language(),
    }
    form = ProfileForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        name, language = form.cleaned_data["name"], form.cleaned_data["language"]
        try:
            names.give_name(user=request.user, name=name, language=language)
        except IntegrityError:
            form.add_error("name", _("Somebody has just taken this name. Choose another, please."))
        else:
            messages.success(request, _("Saved."))
            return redirect("account_home")
    return TemplateResponse(request, "account/profile.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Leads whoever works on the site through setting one up."""
    return explain(request)


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin sends whom it does not let in: to the sign-in, or, being signed in already, no further."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        return TemplateResponse(request, "account/not_for_editing.html", status=403)
    query = request.META.get("QUERY_STRING")
    return redirect(f"{reverse('account_login')}?{query}" if query else "account_login")
