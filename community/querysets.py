"""Which comments somebody may see."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

if TYPE_CHECKING:
    from .models import CommentState  # noqa: F401 - the type of the rows


class CommentStateQuerySet(QuerySet["CommentState"]):
    def published(self) -> "CommentStateQuerySet":
        return self.filter(state="published")

    def shown(self) -> "CommentStateQuerySet":
        """What stands in a thread: published comments, and the places of removed ones that have answers."""
        answers = self.model._default_manager.filter(
            state="published", thread=OuterRef("thread"), path__gt=OuterRef("path"), path__startswith=OuterRef("path")
        )
        return self.filter(Q(state="published") | Exists(answers))

    def with_text(self) -> "CommentStateQuerySet":
        """Everything a line of a thread prints, in one query."""
        return self.select_related("comment", "parent__comment").defer("comment__ip_address", "comment__user_email")

    def waiting(self) -> "CommentStateQuerySet":
        """The moderators' queue: held comments and published ones with open reports, oldest first."""
        return (
            self.annotate(open_reports=Count("reports", filter=Q(reports__decision=None)))
            .filter(Q(state="held") | Q(state="published", open_reports__gt=0))
            .order_by("posted_at")
        )

    def reported(self) -> "CommentStateQuerySet":
        return self.waiting().filter(pk__in=self.filter(reports__isnull=False, reports__decision=None).values("pk"))

    def of_account(self, user: Any) -> "CommentStateQuerySet":
        return self.filter(comment__user_id=user.pk)
