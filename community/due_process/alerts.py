"""The daily mail to moderators: how many wait, and for how long. Nothing waits, no mail."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt

from portal import periodic
from portal.languages import active_language
from portal.reading import Crumb

from ..access import site_moderators
from ..desk import kinds
from ..mail import Letter, message, queue
from ..models import Membership, ModeratorAlert
from ..views import personal

HOUR = 7  # of the site's clock: before people begin to work
_signer = Signer(salt="community.alert")


def moderators() -> Any:
    """Everybody who may decide on something: on the site, or in a group."""
    of_groups = Membership.objects.current().moderating().values("user")
    found = Q(pk__in=site_moderators().values("pk")) | Q(pk__in=of_groups)
    return get_user_model()._default_manager.filter(found, is_active=True)


def waiting_for(user: Any) -> list[tuple[kinds.Kind, kinds.Summary]]:
    found = [(kind, kind.summary(user)) for kind in kinds.for_user(user)]
    return [(kind, counted) for kind, counted in found if counted.total]


def put_alerts(now: datetime | None = None) -> int:
    """Called every hour. Each moderator gets one mail a day at most; how many were put now."""
    now = timezone.localtime(now)
    if now.hour < HOUR:
        return 0
    put = 0
    for user in moderators().select_related("moderator_alert"):
        if _is_due(user, now) and waiting_for(user):
            _put(user, now)
            put += 1
    return put


def _is_due(user: Any, now: datetime) -> bool:
    alert = getattr(user, "moderator_alert", None)
    if alert is None:
        return True
    return alert.wanted and (alert.sent_at is None or timezone.localdate(alert.sent_at) < now.date())


@transaction.atomic
def _put(user: Any, now: datetime) -> None:
    ModeratorAlert.objects.update_or_create(user=user, defaults={"sent_at": now})
    queue("moderators-waiting", user.pk, now.date().isoformat())


periodic.add("community_moderators_alert", put_alerts, timedelta(hours=1))


@message("moderators-waiting")
def waiting(user_id: str, day: str) -> Letter | None:
    """Numbers alone, as they are when the mail goes out; none to somebody who moderates nothing any more."""
    user = moderators().filter(pk=user_id).select_related("moderator_alert").first()
    alert = getattr(user, "moderator_alert", None)
    if user is None or (alert and not alert.wanted) or not waiting_for(user):
        return None
    context = {
        "lines": lambda: [_line(*each) for each in waiting_for(user)],
        "path": lambda: reverse("community_queue"),
    }
    return Letter(
        user,
        gettext_lazy("Waiting for moderators"),
        "community/mail/moderators_waiting",
        context,
        stop=lambda: stop_path(user),
    )


def _line(kind: kinds.Kind, counted: kinds.Summary) -> str:
    hours = int((timezone.now() - counted.oldest).total_seconds() // 3600) if counted.oldest else 0
    oldest = ngettext("the oldest for %(hours)d hour", "the oldest for %(hours)d hours", hours) % {"hours": hours}
    return _("%(kind)s: %(number)d waiting, %(oldest)s") % {
        "kind": kind.label,
        "number": counted.total,
        "oldest": oldest,
    }


def stop_path(user: Any) -> str:
    return reverse("community:moderators_mail", args=[user.pk, _signer.signature(str(user.pk))])


@csrf_exempt  # mail programs send the POST of RFC 8058 without a cookie; the signature in the address says whose mail
@personal
def switch(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """GET shows what is so, POST changes it: off, or on again with `on`."""
    try:
        _signer.unsign(f"{pk}:{secret}")
    except BadSignature:
        raise Http404 from None
    user = get_user_model()._default_manager.filter(pk=pk).first()
    if user is not None and request.method == "POST":
        ModeratorAlert.objects.update_or_create(user=user, defaults={"wanted": "on" in request.POST})
    wanted = user is not None and not ModeratorAlert.objects.filter(user=user, wanted=False).exists()
    crumbs = [Crumb(_("Home"), f"/{active_language()}/"), Crumb(_("Mail to moderators"))]
    context = {"is_gone": user is None, "wanted": wanted, "breadcrumb": crumbs, "changed": request.method == "POST"}
    return render(request, "community/due_process/moderators_mail.html", context)
