"""Which groups, threads and comments somebody may see or moderate: decided here once, for every output.

Whatever shows, counts, mails or exports anything of the community asks `visible_to`; the desk asks `moderated_by`.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, Now
from django.utils import timezone
from wagtail.models import Page

from portal.querysets import visible

if TYPE_CHECKING:
    from .models import CommentState, DiscussionThread, Membership, WorkingGroup  # noqa: F401 - the types of the rows

MODERATE = "community.moderate_comment"
MANAGE_GROUPS = "community.change_workinggroup"


class MembershipQuerySet(QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(Q(until__isnull=True) | Q(until__gt=Now()))

    def of(self, user: Any) -> "MembershipQuerySet":
        """The current ones of this account: none for a visitor, a closed account or one that is suspended."""
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        from .models import Sanction

        suspended = Sanction.objects.in_force().filter(kind=Sanction.Kind.SUSPENSION, user_id=user.pk)
        return self.current().filter(~Exists(suspended), user_id=user.pk)

    def unsuspended(self) -> "MembershipQuerySet":
        """The current ones, as `of` gives them of one account."""
        from .models import Sanction

        suspended = Sanction.objects.in_force().filter(kind=Sanction.Kind.SUSPENSION, user=OuterRef("user"))
        return self.current().filter(~Exists(suspended))

    def moderating(self) -> "MembershipQuerySet":
        return self.filter(role__in=["moderator", "chair"])

    def with_names(self) -> "MembershipQuerySet":
        """With what a line of a roster prints."""
        return self.select_related("user__member", "group")

    def groups(self) -> QuerySet:
        return self.order_by().values("group")


class WorkingGroupQuerySet(QuerySet["WorkingGroup"]):
    def visible_to(self, user: Any = None) -> "WorkingGroupQuerySet":
        """Those that everybody reads, and the private ones of a member; whoever runs the server sees all."""
        if user is not None and user.is_active and user.is_superuser:
            return self.all()
        return self.filter(~Q(visibility="private") | Q(pk__in=_memberships().of(user).groups()))

    def written_by(self, user: Any = None) -> "WorkingGroupQuerySet":
        """Those in which this person may write now."""
        return self.filter(Q(visibility="public") | Q(pk__in=_memberships().of(user).groups())).exclude(
            archived_on__lte=timezone.localdate()
        )

    def moderated_by(self, user: Any) -> "WorkingGroupQuerySet":
        """A private group has its own moderators and no others; the site's moderators read the rest as well."""
        if user is not None and user.is_active and user.is_superuser:
            return self.all()
        own = Q(pk__in=_memberships().of(user).moderating().groups())
        return self.filter(own | ~Q(visibility="private") if _moderates_site(user) else own)

    def with_counts(self) -> "WorkingGroupQuerySet":
        """How many belong to each and how many wait, for the desk."""
        current = _memberships().current().filter(group=OuterRef("pk")).order_by()
        return self.annotate(
            members=_count(current.values("group")),
            chairs=_count(current.filter(role="chair").values("group")),
            waiting=Count("applications", filter=Q(applications__state="new"), distinct=True),
        )

    def managed_by(self, user: Any) -> "WorkingGroupQuerySet":
        """Those whose members this person admits and removes: all for a coordinator, else the own ones of a chair."""
        if user is not None and user.is_active and user.has_perm(MANAGE_GROUPS):
            return self.all()
        return self.filter(pk__in=_memberships().of(user).filter(role="chair").groups())


class DiscussionThreadQuerySet(QuerySet["DiscussionThread"]):
    def visible_to(self, user: Any = None) -> "DiscussionThreadQuerySet":
        pages = visible(Page.objects.all(), user).order_by().values("translation_key")
        groups = _groups().visible_to(user).order_by().values("pk")
        return self.exclude(state="hidden").filter(
            Q(kind="subject", translation_key__in=pages) | Q(kind="group", group__in=groups)
        )

    def moderated_by(self, user: Any) -> "DiscussionThreadQuerySet":
        """Moderators of the site also read under restricted, unpublished and deleted pages."""
        of_groups = Q(kind="group", group__in=_groups().moderated_by(user).order_by().values("pk"))
        return self.filter(Q(kind="subject") | of_groups if _moderates_site(user) else of_groups)


def _moderates_site(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(MODERATE))


def _count(rows: QuerySet) -> Coalesce:
    """Of rows that are grouped by one value, as a subquery."""
    return Coalesce(Subquery(rows.annotate(_number=Count("pk")).values("_number")), 0)


def _memberships() -> MembershipQuerySet:
    from .models import Membership

    return MembershipQuerySet(Membership)


def _groups() -> WorkingGroupQuerySet:
    from .models import WorkingGroup

    return WorkingGroupQuerySet(WorkingGroup)


def _threads() -> DiscussionThreadQuerySet:
    from .models import DiscussionThread

    return DiscussionThreadQuerySet(DiscussionThread)


class CommentStateQuerySet(QuerySet["CommentState"]):
    def published(self) -> "CommentStateQuerySet":
        return self.filter(state="published")

    def visible_to(self, user: Any = None) -> "CommentStateQuerySet":
        """What this person may read; without a user, what everybody may read."""
        return self.published().filter(thread__in=_threads().visible_to(user).order_by().values("pk"))

    def moderated_by(self, user: Any) -> "CommentStateQuerySet":
        """What this person may decide on, in whatever state."""
        return self.filter(thread__in=_threads().moderated_by(user).order_by().values("pk"))

    def shown(self) -> "CommentStateQuerySet":
        """What stands in a thread: published comments, and the places of removed ones that have answers."""
        answers = self.model._default_manager.filter(
            # Between the path and what comes after all that begin with it: letters stand after digits in every order.
            state="published",
            thread=OuterRef("thread"),
            path__gt=OuterRef("path"),
            path__lt=Concat(OuterRef("path"), Value("a")),
        )
        return self.filter(Q(state="published") | Exists(answers))

    def with_text(self) -> "CommentStateQuerySet":
        """Everything a line of a thread prints, in one query."""
        return self.select_related("comment", "evidence", "parent__comment").defer(
            "comment__ip_address", "comment__user_email"
        )

    def waiting(self) -> "CommentStateQuerySet":
        """The moderators' queue: held comments and published ones with open reports, what waits longest first."""
        first = _open_reports().order_by("made_at").values("made_at")[:1]
        return (
            self.annotate(reported_at=Subquery(first))
            .filter(Q(state="held") | Q(state="published", reported_at__isnull=False))
            .annotate(waiting_since=Case(When(state="held", then=F("changed_at")), default=F("reported_at")))
            .order_by("waiting_since", "pk")
        )

    def reported(self) -> "CommentStateQuerySet":
        return self.waiting().filter(Exists(_open_reports()))

    def of_account(self, user: Any) -> "CommentStateQuerySet":
        return self.filter(comment__user_id=user.pk)


def _open_reports() -> Any:
    from .models import Report

    return Report.objects.filter(comment=OuterRef("pk"), decision=None)
