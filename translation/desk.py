"""What a desk page shows, and what is done from it: take, hand back, assign, set a day."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, Count, F, Min, Q, QuerySet, Sum, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from portal.models import HomePage
from portal.querysets import closed_paths, visible

from . import access, notices, states
from .models import TO_DO, Assignment, State, TranslationStatus

MINE, FREE, STALE = "mine", "free", "stale"
LABELS: dict[str, Any] = {
    MINE: gettext_lazy("My tasks"),
    FREE: gettext_lazy("Free to take"),
    STALE: pgettext_lazy("state of a translation", "Stale"),
    **{str(state): state.label for state in State},
}


class Refused(Exception):
    """Why something cannot be done now, for the person who asked."""


@dataclass
class Tab:
    code: str
    label: Any
    count: int
    words: int
    oldest: datetime.datetime | None


def in_tab(rows: QuerySet[TranslationStatus], code: str, user: Any) -> QuerySet[TranslationStatus]:
    found = rows.filter(_belongs(code, user))
    if code == MINE:
        return found.order_by(F("assignment__due").asc(nulls_last=True), "waits_since", "pk")
    stale_first = Case(When(stale_since__isnull=False, then=Value(0)), default=Value(1))
    return found.order_by(stale_first, F("stale_since").asc(nulls_last=True), "waits_since", "pk")


def _belongs(code: str, user: Any) -> Q:
    """The rows of `in_tab` as a condition, so that one query counts all tabs."""
    if code == MINE:
        return Q(assignment__assignee=user)
    if code == FREE:
        return TO_DO & Q(assignment__isnull=True)
    return Q(stale_since__isnull=False) if code == STALE else Q(state=code)


def rows_of(locale: Locale, user: Any) -> QuerySet[TranslationStatus]:
    """Without what is not begun yet and whose original this person may not read."""
    rows = TranslationStatus.objects.filter(locale=locale)
    closed = Q()
    for path in closed_paths(user):
        closed |= Q(path__startswith=path)
    if not closed:
        return rows
    entries = ContentType.objects.get_for_models(*states.entry_models()).values()
    hidden = Page.objects.filter(closed).order_by().values("pk")
    return rows.exclude(~Q(content_type__in=list(entries)), target_pk=None, source_pk__in=hidden)


def counts(locale: Locale, user: Any) -> list[dict[str, Any]]:
    """The rows counted by all that `tabs` and `kinds` ask: one query for both."""
    rows = rows_of(locale, user).order_by().values("content_type", "state")
    rows = rows.annotate(**{code: _belongs(code, user) for code in (MINE, FREE, STALE)})
    counted: Any = rows.annotate(
        items=Count("pk"),
        all_words=Sum("words"),
        to_do=Sum("words_to_do"),
        oldest=Min("waits_since"),
        oldest_stale=Min("stale_since"),
    )
    return list(counted)


def tabs(counted: list[dict[str, Any]]) -> list[Tab]:
    return [_tab(code, [row for row in counted if row.get(code) or row["state"] == code]) for code in LABELS]


def _tab(code: str, counted: list[dict[str, Any]]) -> Tab:
    words = "all_words" if code == State.COMPLETE else "to_do"
    since = "oldest_stale" if code == STALE else "oldest"
    return Tab(
        code,
        LABELS[code],
        sum(row["items"] for row in counted),
        sum(row[words] for row in counted),
        min((row[since] for row in counted), default=None),
    )


def kinds(counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Progress of each type of page or entry; where most is to do first."""
    found: dict[int, dict[str, Any]] = {}
    for row in counted:
        name = capfirst(ContentType.objects.get_for_id(row["content_type"]).name)  # remembered in the process
        kind = found.setdefault(row["content_type"], {"name": name, "items": 0, "complete": 0, "to_do": 0})
        kind["items"] += row["items"]
        kind["complete"] += row["items"] if row["state"] == State.COMPLETE and not row[STALE] else 0
        kind["to_do"] += row["to_do"]
    return sorted(found.values(), key=lambda kind: (-kind["to_do"], kind["name"]))


def translators(locale: Locale) -> QuerySet[Any]:
    """Who may write in this language."""
    homes = HomePage.objects.filter(locale=locale).values("pk")
    rights = Q(groups__page_permissions__page__in=homes, groups__page_permissions__permission__codename="change_page")
    people = get_user_model()._default_manager
    return people.filter(rights, is_active=True).distinct().order_by("username")


def leads(user: Any, locale: Locale) -> bool:
    """Whether this person may give work to others: who publishes in a language answers for it."""
    return locale.pk in access.locale_ids(user, "publish")


def edit_url(status: TranslationStatus) -> str:
    """Straight into the translation editor; none as long as there is nothing to open."""
    if status.target_pk is None:
        return ""
    model = status.content_type.model_class()
    if model is None:  # of an app that is gone
        return ""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[status.target_pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[status.target_pk])  # type: ignore[attr-defined]


def take(*, status: TranslationStatus, user: Any) -> None:
    """The first one has it; a page that is missing is begun as a draft, so that it can be opened."""
    assignment, is_new = Assignment.objects.get_or_create(status=status, defaults={"assignee": user})
    if not is_new and assignment.assignee_id != user.pk:
        raise Refused(_("%(person)s has taken it a moment ago.") % {"person": name(assignment.assignee)})
    if status.target_pk is None:
        begin(status, user)


@transaction.atomic
def begin(status: TranslationStatus, user: Any) -> None:
    model: Any = status.content_type.model_class()
    if not issubclass(model, Page):
        raise Refused(_("It is yours. A coordinator has to send this entry first: it is public as soon as it exists."))
    original = visible(model.objects.filter(pk=status.source_pk), user).first()
    if original is None:
        raise Refused(_("It is yours. You may not read the original: ask a coordinator."))
    above = original.get_parent().get_translations().filter(locale=status.locale_id, alias_of__isnull=True)
    if not above.exists():
        raise Refused(_("It is yours. The page above it is not translated yet: begin there."))
    translate_object(original, [status.locale], user=user)
    states.refresh(status.translation_key)


def hand_back(*, status: TranslationStatus, user: Any) -> None:
    rows = Assignment.objects.filter(status=status)
    if not leads(user, status.locale):
        rows = rows.filter(assignee=user)
    if not rows.delete()[0]:
        raise Refused(_("It is not yours."))


def assign(*, status: TranslationStatus, user: Any, due: datetime.date | None, assignee: Any = None) -> None:
    """A day for what is one's own; who leads gives work to others and sets their days, or frees it with nobody."""
    rows = Assignment.objects.filter(status=status)
    if not leads(user, status.locale):
        if not rows.filter(assignee=user).update(due=due):
            raise Refused(_("It is not yours."))
    elif assignee is None:
        # An administrator does not stand among those to choose from: what is hers stays so.
        is_hers = rows.filter(assignee=user).exclude(assignee__in=translators(status.locale)).exists()
        if not (rows.update(due=due) if is_hers else rows.delete()[0]) and due:
            raise Refused(_("Choose a translator: a day alone is not kept."))
    else:
        before = rows.values_list("assignee_id", flat=True).first()
        given = {"assignee": assignee, "due": due}
        if before != assignee.pk:
            given["taken_at"] = timezone.now()
        assignment, _is_new = Assignment.objects.update_or_create(status=status, defaults=given)
        if before != assignee.pk:
            notices.assigned(assignment, by=user)


def name(user: Any) -> str:
    return user.get_full_name() or user.get_username()
