"""The way back from the pages of the discussion and of the accounts."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages import active_language
from portal.reading import Crumb

from .access import Subject


def of_discussion(subject: Subject, here: str) -> list[Crumb]:
    language = active_language()
    other = subject.language if subject.language != language else ""
    return [Crumb(_("Home"), f"/{language}/"), Crumb(subject.title, subject.url, other), Crumb(here)]


def of_account(request: HttpRequest) -> list[Crumb]:
    crumbs = [Crumb(_("Home"), f"/{get_language()}/")]
    if request.user.is_authenticated and request.path != reverse("account_home"):
        crumbs.append(Crumb(_("Your account"), reverse("account_home")))
    return crumbs
