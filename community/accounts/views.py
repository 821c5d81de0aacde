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

from portal.languages import active_language
from portal.querysets import in_language, visible

from .. import names
from ..models import CommentState, State
from .forms import ProfileForm

PAGE_SIZE = 20


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    member = names.member_of(request.user)
    rows = CommentState.objects.of_account(request.user).exclude(state=State.ERASED)
    paged = Paginator(rows.select_related("comment", "thread").order_by("-posted_at"), PAGE_SIZE)
    comments = paged.get_page(request.GET.get("page"))
    keys = [row.thread.translation_key for row in comments]
    pages = visible(Page.objects.filter(translation_key__in=keys), request.user)
    by_key = {page.translation_key: page for page in in_language(pages, active_language()).select_related("locale")}
    context = {
        "member": member,
        "comments": comments,
        "lines": [(row, by_key.get(row.thread.translation_key)) for row in comments],
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
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin sends whom it does not let in: to the sign-in, or, being signed in already, no further."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        return TemplateResponse(request, "account/not_for_editing.html", status=403)
    query = request.META.get("QUERY_STRING")
    return redirect(f"{reverse('account_login')}?{query}" if query else "account_login")
