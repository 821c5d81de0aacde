"""Who may do what. Each function gives the object asked for, or 404; views load nothing by themselves.

What may not be seen and what does not exist get the same answer.
"""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal.addresses import address
from portal.languages import active_language
from portal.models import KnowledgePage
from portal.prepared import Prepared, PreparedInstances, pages_by_id
from portal.querysets import closed_paths, in_language, shown_now

from .models import CommentState, DiscussionThread, Membership, WorkingGroup
from .models.groups import MODERATING
from .querysets import MODERATE
from .searchable import is_discussed
from .threads import closing


@dataclass(frozen=True)
class Subject:
    """What is discussed: a page, in the reader's language or else the original, and its thread if it has one; or a
    thread of a working group, without a page."""

    page: KnowledgePage | None
    thread: DiscussionThread | None
    may_write: bool = True  # of a group: whether this person may

    @property
    def key(self) -> UUID:
        return self.page.translation_key if self.page else self._thread.translation_key

    @property
    def title(self) -> str:
        return self.page.title if self.page else self._thread.title

    @property
    def number_label(self) -> str:
        return getattr(self.page, "number_label", "")

    @property
    def url(self) -> str:
        """Where it is read, in the reader's language."""
        return address(self.page) if self.page else self._thread.get_absolute_url()

    @property
    def language(self) -> str:
        return self.page.locale.language_code if self.page else self._thread.language

    @property
    def is_open(self) -> bool:
        allowed = self.page.allow_comments if self.page else self.may_write
        return allowed and (self.thread is None or self.thread.is_open) and not self.closed_with

    @cached_property
    def closed_with(self) -> SafeString:
        """What is said where the section of the page closes its discussions."""
        return closing.said_of(self.page) if self.page else SafeString("")

    @property
    def _thread(self) -> DiscussionThread:
        return cast(DiscussionThread, self.thread)


def subject(request: HttpRequest, key: UUID) -> Subject:
    # Who asks counts in any case: else the header Vary would tell a closed thread from one that does not exist.
    request.session.accessed = True
    thread = next(iter(_threads(key)), None)
    if thread and thread.group_id:
        if not DiscussionThread.objects.visible_to(request.user).filter(pk=thread.pk).exists():
            raise Http404
        return Subject(None, thread, may_write_in(thread.group, request.user))
    page = _page(key, request.user)
    if page is None or (thread and thread.state == DiscussionThread.Condition.HIDDEN):
        raise Http404
    return Subject(page, thread)


def may_write_in(group: WorkingGroup, user: Any) -> bool:
    return WorkingGroup.objects.written_by(user).filter(pk=group.pk).exists()


def comment_to_answer(found: Subject, public_id: str) -> CommentState:
    """A published comment of this thread: nothing held, hidden or of elsewhere can be answered."""
    return _published(found, public_id)


def comment_to_read(found: Subject, public_id: str) -> CommentState:
    return _published(found, public_id)


def comment_to_report(found: Subject, public_id: str) -> CommentState:
    return _published(found, public_id)


def own_comment(request: HttpRequest, public_id: str) -> CommentState:
    """A comment that this account wrote, in any state but withdrawn or erased."""
    if request.user.is_authenticated:
        mine = CommentState.objects.of_account(request.user).exclude(state__in=["withdrawn", "erased"])
        found = mine.select_related("comment", "thread").filter(public_id=public_id).first()
        if found:
            return found
    raise Http404


def comment_to_moderate(user: Any, public_id: str) -> CommentState:
    if not may_moderate(user):
        raise PermissionDenied
    comments = CommentState.objects.moderated_by(user).with_text().select_related("thread__group")
    found = comments.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def may_moderate(user: Any, thread: DiscussionThread | None = None) -> bool:
    """Whether this person moderates the thread; without one, whether there is anything this person moderates."""
    if thread is not None:
        return DiscussionThread.objects.moderated_by(user).filter(pk=thread.pk).exists()
    if not user.is_active:
        return False
    return user.has_perm(MODERATE) or not roles(user).isdisjoint(MODERATING)


def moderators_of(thread: DiscussionThread) -> QuerySet[Any]:
    """Everybody who moderates the thread, as `may_moderate` says of each."""
    of_site = site_moderators()
    if thread.group is not None and thread.group.is_private:
        of_site = of_site.filter(is_superuser=True)
    of_group = Membership.objects.filter(group=thread.group_id).moderating().unsuspended().values("user")
    return get_user_model()._default_manager.filter(Q(pk__in=of_site.values("pk")) | Q(pk__in=of_group), is_active=True)


def roles(user: Any) -> frozenset[str]:
    """As what this person belongs to working groups: asked once of a user, as the permissions are by Django."""
    known: frozenset[str] | None = user.__dict__.get("_roles_in_groups")
    if known is None:
        known = frozenset(Membership.objects.of(user).order_by().values_list("role", flat=True).distinct())
        user.__dict__["_roles_in_groups"] = known
    return known


def site_moderators() -> QuerySet[Any]:
    """Everybody who moderates for the whole site."""
    users = get_user_model()._default_manager
    return users.with_perm(MODERATE, backend="django.contrib.auth.backends.ModelBackend")


def moderates_site(user: Any) -> bool:
    """Whether this person moderates for the whole site: what concerns accounts is not for moderators of a group."""
    return bool(user.is_active and user.has_perm(MODERATE))


def _published(found: Subject, public_id: str) -> CommentState:
    if found.thread is not None:
        comments = found.thread.comments.published().with_text()
        comment = comments.filter(public_id=public_id).first()
        if comment:
            return comment
    raise Http404


def _page(key: UUID, user: Any) -> KnowledgePage | None:
    closed = tuple(closed_paths(user))
    shown = (row for row in _pages(key, active_language()) if not row[1].startswith(closed))
    pk, _path, content_type = next(shown, (0, "", 0))
    model: Any = ContentType.objects.get_for_id(content_type).model_class() if pk else None
    return next(iter(pages_by_id(model)(pk)), None) if is_discussed(model) else None


@PreparedInstances.of(types=[UUID])
def _threads(key: UUID) -> QuerySet:
    return DiscussionThread.objects.filter(translation_key=key)


@Prepared.of(UUID, str)
def _pages(key: UUID, language: str) -> QuerySet:
    pages = in_language(Page.objects.filter(shown_now(), translation_key=key), language)
    return pages.order_by("pk").values_list("pk", "path", "content_type_id")
