from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return given_back(request, status=403)


def given_back(request: HttpRequest, *, status: int) -> HttpResponse:
    """A form that could not be taken. What somebody wrote at length comes back: it may have taken an hour."""
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=status)


def typed(request: HttpRequest) -> list[str]:
    """Everything of more than one word that was sent, in the order of the form; never a password."""
    sent = [value for name, values in request.POST.lists() if "password" not in name for value in values]
    return [value for value in sent if len(value.split()) > 1]
