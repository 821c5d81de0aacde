"""The home page of the admin says what waits for whom: only numbers, each with a link to the list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from .. import upkeep
from ..languages import language_in_sentence
from ..models import Consent, HomePage, OutboxRow


@dataclass(frozen=True)
class Notice:
    count: int
    text: str
    url: str


class AttentionPanel(Component):
    """What needs attention, for the rights of the one who looks."""

    name = "attention"
    template_name = "portal/admin/attention.html"
    order = 50

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"notices": [notice for notice in self.notices() if notice.count]}

    def notices(self) -> Iterator[Notice]:
        yield from self._approvals()
        if self.user.has_perm("portal.view_consent"):
            yield from self._consents()
        if self.languages:
            yield from self._pages()
            yield from self._translations()
        if self.user.has_perm("portal.retry_outboxrow"):
            yield from self._background_work()

    @cached_property
    def pages(self) -> QuerySet[Page]:
        return page_permission_policy.instances_user_has_permission_for(self.user, "change")

    @cached_property
    def languages(self) -> list[str]:
        """The languages in which the user may change pages."""
        homes = HomePage.objects.filter(pk__in=self.pages.filter(depth=2).order_by().values("pk"))
        codes = set(homes.order_by().values_list("locale__language_code", flat=True))
        return [code for code, _name in settings.LANGUAGES if code in codes]

    def _approvals(self) -> Iterator[Notice]:
        mine = Q() if self.user.is_superuser else Q(task__pageapproval__groups__user=self.user)
        waiting = TaskState.objects.filter(
            mine, status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
        )
        count = waiting.distinct().count()
        text = ngettext("draft waits for your approval", "drafts wait for your approval", count)
        yield Notice(count, text, reverse("wagtailadmin_reports:workflow_tasks") + "?reviewable=true")

    def _consents(self) -> Iterator[Notice]:
        counts = Consent.objects.aggregate(
            ended=Count("pk", filter=Q(pk__in=Consent.objects.ended().values("pk"))),
            ending=Count("pk", filter=Q(pk__in=Consent.objects.ending().values("pk"))),
        )
        url = reverse(Consent.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        count = counts["ended"]
        text = ngettext(
            "consent has ended: what it covered is hidden", "consents have ended: what they covered is hidden", count
        )
        yield Notice(count, text, f"{url}?state=ended")
        count = counts["ending"]
        text = ngettext("consent ends within 30 days", "consents end within 30 days", count)
        yield Notice(count, text, f"{url}?state=ending")

    def _pages(self) -> Iterator[Notice]:
        count = upkeep.review_due(self.pages).count()
        yield Notice(count, ngettext("page is due for review", "pages are due for review", count), report("review"))
        count = upkeep.pointing_to_unpublished(self.pages).count()
        text = ngettext("page points to one that is not published", "pages point to one that is not published", count)
        yield Notice(count, text, report("hidden"))

    def _translations(self) -> Iterator[Notice]:
        counts = upkeep.translation_counts()
        for code in self.languages:
            missing, behind = counts.get(code, (0, 0))
            language = language_in_sentence(code)
            text = ngettext(
                "page in %(language)s is behind its original",
                "pages in %(language)s are behind their original",
                behind,
            )
            yield Notice(behind, text % {"language": language}, report("behind", code))
            text = ngettext("page is not in %(language)s yet", "pages are not in %(language)s yet", missing)
            yield Notice(missing, text % {"language": language}, report("missing", code))

    def _background_work(self) -> Iterator[Notice]:
        count = OutboxRow.objects.parked().count()
        text = ngettext("piece of background work was given up", "pieces of background work were given up", count)
        yield Notice(count, text, reverse("portal_outbox"))


def report(about: str, language: str = "") -> str:
    query = {"about": about, **({"language": language} if language else {})}
    return f"{reverse('portal_upkeep')}?{urlencode(query)}"
