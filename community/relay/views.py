"""The form by which a reader writes to a contact of a page, and what is said once it was sent."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.addresses import address
from portal.languages import active_language
from portal.models import KnowledgePage
from portal.reading import Crumb

from .. import names, tokens
from ..due_process.reporting import fresh_data
from ..mail import address_of
from ..mail.bounces import has_stopped
from ..views import personal
from . import access, services
from .forms import RelayForm


@personal
def write(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    page, row = access.contact(request, key, code)
    bound_to = f"contact {key} {code}"
    form = RelayForm(fresh_data(request, bound_to), initial={"token": tokens.make(bound_to), **_own(request.user)})
    token = _fair(request, form, bound_to, row.person) if request.method == "POST" else None
    if token is None:
        status = 400 if form.errors else 200
        return render(request, "community/relay/write.html", {"form": form, **_around(page, row)}, status=status)
    words = {field: form.cleaned_data[field] for field in ("name", "email", "text")}
    if not services.was_sent(token.nonce):
        services.send(page=page, person=row.person, nonce=token.nonce, **words)
    return redirect("community:contact_written", key=key, code=code)


@personal
def written(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    return render(request, "community/relay/written.html", _around(*access.contact(request, key, code)))


def _fair(request: HttpRequest, form: forms.Form, bound_to: str, person: Any) -> tokens.FormToken | None:
    token = tokens.read(request.POST.get("token", ""), bound_to)
    if not form.is_valid():
        return None
    if token is None:
        form.add_error(None, _("The form was open for too long. Your words are below; send them again, please."))
    elif has_stopped(person.email):
        form.add_error(None, _("No mail reaches %(name)s at the moment.") % {"name": person.name})
    elif services.was_sent(token.nonce):
        return token
    elif services.too_many(request, person):
        form.add_error(None, _("That is a lot of messages at once. Your words are below; send them again tomorrow."))
    return token if form.is_valid() else None


def _own(user: Any) -> dict[str, str]:
    """What a member need not type."""
    return {"name": names.name_of(user), "email": address_of(user)} if user.is_authenticated else {}


def _around(page: KnowledgePage, row: Any) -> dict[str, Any]:
    language = active_language()
    other = page.locale.language_code if page.locale.language_code != language else ""
    here = _("Write to %(name)s") % {"name": row.person.name}
    url = address(page, language)
    crumbs = [Crumb(_("Home"), f"/{language}/"), Crumb(page.title, url, other), Crumb(here)]
    return {"here": here, "person": row.person, "page_url": url, "breadcrumb": crumbs}
