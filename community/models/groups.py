"""Working groups: who may read them, who belongs to them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.languages import active_language

from ..querysets import MembershipQuerySet, WorkingGroupQuerySet


class WorkingGroup(ClusterableModel):
    """One row for all languages: who may read a group must never differ between its translations.

    Its title and purpose are rows of `GroupText`, written in the form of the group and not at the translation desk,
    where every translator would read the names of private groups.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public: everybody reads and writes")
        READABLE = "readable", _("readable: everybody reads, members write")
        PRIVATE = "private", _("private: only members know that it exists")

    code = models.SlugField(
        _("code"), unique=True, max_length=50, help_text=_("The last part of its address. It never changes.")
    )
    visibility = models.CharField(
        _("who may read it"), max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    takes_applications = models.BooleanField(_("people can ask to join"), default=False)
    call = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("call for participation"),
        help_text=_("The page that calls for members leads to the form, in every language."),
    )
    archived_on = models.DateField(_("archived on"), null=True, blank=True, help_text=_("Read-only from this day."))
    kept_until = models.DateField(
        _("kept until"), null=True, blank=True, help_text=_("Shown in an archived group. Its threads go on this day.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    # Else the list of what uses a page would name private groups to its editors.
    wagtail_reference_index_ignore = True

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        default_permissions = ("add", "change", "view")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("groups:group", args=[self.code])

    @property
    def is_private(self) -> bool:
        return self.visibility == self.Visibility.PRIVATE

    @property
    def is_archived(self) -> bool:
        return self.archived_on is not None and self.archived_on <= timezone.localdate()

    @property
    def can_be_asked(self) -> bool:
        """Whether people may ask to join. Nobody can ask for a group that he must not know of."""
        return self.takes_applications and not self.is_private and not self.is_archived

    @cached_property
    def text(self) -> "GroupText | None":
        """In the reader's language, else in the one written first."""
        rows = sorted(self.texts.all(), key=lambda row: (row.language != active_language(), row.pk or 0))
        return rows[0] if rows else None

    @property
    def title(self) -> str:
        return self.text.title if self.text else self.code


class GroupText(models.Model):
    wagtail_reference_index_ignore = True

    group = ParentalKey(WorkingGroup, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=2000)

    class Meta:
        verbose_name = _("title and purpose")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["group", "language"], name="community_group_text_once")]

    def __str__(self) -> str:
        return self.title


class Practitioner(models.TextChoices):
    """What somebody is, when a person of the group has made sure of it. How, is not kept."""

    POLICE = "police", _("police")
    MUNICIPALITY = "municipality", _("municipality")
    NGO = "ngo", _("civil society organisation")
    CITIZEN = "citizen", pgettext_lazy("kind of member", "citizen")
    OTHER = "other", pgettext_lazy("kind of member", "other")


class Membership(models.Model):
    """Somebody's place in a group, from `since` until `until`: whoever leaves or is removed is out with the next
    request, since every request asks for current memberships.

    The roster shows of each field what the member agreed to show. Erasing an account deletes its memberships.
    """

    class Role(models.TextChoices):
        MEMBER = "member", pgettext_lazy("role in a group", "member")
        MODERATOR = "moderator", pgettext_lazy("role in a group", "moderator")
        CHAIR = "chair", pgettext_lazy("role in a group", "chair")

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="memberships", verbose_name=_("group"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    practitioner = models.CharField(_("works as"), max_length=15, choices=Practitioner.choices, blank=True)
    is_verified = models.BooleanField(
        _("made sure of"), default=False, help_text=_("Somebody you trust confirmed it. Keep no papers.")
    )
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    shows_name = models.BooleanField(_("Show my name in the list of members"), default=False)
    shows_organisation = models.BooleanField(_("Show my organisation"), default=False)
    shows_country = models.BooleanField(_("Show my country"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        default_permissions = ()
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="community_membership_once")]

    def __str__(self) -> str:
        # Shown in the log of the admin: never a name.
        return f"{self.group_id} {self.pk}"

    @property
    def is_current(self) -> bool:
        return self.until is None or self.until > timezone.now()

    @property
    def moderates(self) -> bool:
        return self.role in MODERATING


MODERATING = (Membership.Role.MODERATOR, Membership.Role.CHAIR)
