from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What somebody wrote at length comes back: it may have taken an hour."""
    return render(request, "403_csrf.html", {"typed": request.POST.get("text", "")}, status=403)
