"""What somebody tried, told in a form of its own, and what became of a comment on the pages of the guide."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from portal.fields import PartialDateField

from .comments import CommentState

LONGEST = 1500


class Act(models.TextChoices):
    TRIED = "tried", pgettext_lazy("practice report", "Tried it as described")
    ADAPTED = "adapted", pgettext_lazy("practice report", "Tried it in another way")
    DECLINED = "declined", pgettext_lazy("practice report", "Decided not to")


class Outcome(models.TextChoices):
    """In the words of those who tried. Failure and harm are answers like success."""

    WORKED = "worked", pgettext_lazy("outcome", "Worked")
    PARTLY = "partly", pgettext_lazy("outcome", "Worked in part")
    FAILED = "failed", pgettext_lazy("outcome", "Failed")
    HARM = "harm", pgettext_lazy("outcome", "Did harm")
    EARLY = "early", pgettext_lazy("outcome", "Too early to say")


class OrganisedBy(models.TextChoices):
    POLICE = "police", pgettext_lazy("kind of organisation", "Police")
    MUNICIPALITY = "municipality", pgettext_lazy("kind of organisation", "Municipality")
    AUTHORITY = "authority", pgettext_lazy("kind of organisation", "Another public authority")
    NEIGHBOURS = "neighbours", pgettext_lazy("kind of organisation", "Neighbourhood group")
    ASSOCIATION = "association", pgettext_lazy("kind of organisation", "Association or charity")
    RESEARCH = "research", pgettext_lazy("kind of organisation", "School, university, research")
    COMPANY = "company", pgettext_lazy("kind of organisation", "Company")
    PEOPLE = "people", pgettext_lazy("kind of organisation", "People without an organisation")


class Scale(models.TextChoices):
    STREET = "street", pgettext_lazy("scale", "A few streets")
    NEIGHBOURHOOD = "neighbourhood", pgettext_lazy("scale", "A neighbourhood or village")
    TOWN = "town", pgettext_lazy("scale", "A town or city")
    REGION = "region", pgettext_lazy("scale", "Several towns, a region")
    COUNTRY = "country", pgettext_lazy("scale", "A whole country, or more")


class PracticeEvidence(models.Model):
    """One to one with a comment, whose text says what was done. Shown, held, masked and reported with it.

    Where it was is a country and at most a region of the vocabulary in `portal.geography`: there is no field for an
    address. Its words and facts can point to a person: withdrawing or erasing the comment deletes the row. A changed
    report is read by a moderator again, so no earlier state of it is kept.
    """

    comment = models.OneToOneField(CommentState, models.PROTECT, related_name="evidence")
    act = models.CharField(_("what they did"), max_length=10, choices=Act.choices)
    country: Any = CountryField(_("country"))
    region = models.CharField(_("region"), max_length=6, blank=True)
    began: Any = PartialDateField(_("began"), blank=True)
    ended: Any = PartialDateField(_("ended"), blank=True)
    organisation = models.CharField(_("kind of organisation"), max_length=15, choices=OrganisedBy.choices)
    scale = models.CharField(_("how large it was"), max_length=15, choices=Scale.choices, blank=True)
    outcome = models.CharField(_("how it went"), max_length=10, choices=Outcome.choices, blank=True)
    changed = models.TextField(_("what changed"), max_length=LONGEST, blank=True)
    known_by = models.TextField(_("how they know"), max_length=LONGEST, blank=True)
    may_be_cited = models.BooleanField(_("may be cited"), default=False)

    class Meta:
        verbose_name = _("report from practice")
        verbose_name_plural = _("reports from practice")
        default_permissions = ()
        constraints = [
            # What was not tried has no outcome, and what was tried has one.
            models.CheckConstraint(
                condition=Q(act=Act.DECLINED, outcome="") | (~Q(act=Act.DECLINED) & ~Q(outcome="")),
                name="community_tried_has_outcome",
            )
        ]
        indexes = [models.Index(fields=["country", "outcome"], name="community_tried_where")]

    def __str__(self) -> str:
        # Shown in the admin: never the words.
        return str(self.comment)


class Credit(models.TextChoices):
    """Whether the author is named on the page that took something from a comment."""

    ASKED = "asked", pgettext_lazy("credit", "asked, not answered yet")
    GIVEN = "given", pgettext_lazy("credit", "named")
    WITHHELD = "withheld", pgettext_lazy("credit", "not named")


class Adoption(models.Model):
    """An editor took something from a comment into a page.

    The name is never stored here: it is that of the comment, and goes with it. `version_on` is the day on which the
    version that holds it was published, empty until then. When the account is erased nothing here has to change: what
    is shown of an adoption needs a published comment.
    """

    comment = models.ForeignKey(CommentState, models.PROTECT, related_name="adoptions")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page"))
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("what was taken"), max_length=300)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    adopted_at = models.DateTimeField(_("when"), auto_now_add=True)
    version_on = models.DateField(_("in the version of"), null=True, blank=True)
    credit = models.CharField(_("credit"), max_length=10, choices=Credit.choices, default=Credit.ASKED)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        default_permissions = ()
        ordering = ["adopted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "page"], name="community_adopted_once")]

    def __str__(self) -> str:
        return f"{self.comment} > {self.page_id}"
