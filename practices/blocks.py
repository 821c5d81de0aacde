"""The typed blocks of a practice, in the order in which a good-practice check asks."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StructBlock

from portal import vocabulary as v
from portal.blocks import (
    EDITORIAL,
    Choice,
    Country,
    Decimal,
    Evidence,
    Figure,
    Line,
    PartialDateBlock,
    SnippetReference,
    SourcedText,
    short_text,
    use_blocks,
)

FIGURES = [("figure", Figure())]
PLACES = [
    (
        "place",
        StructBlock(
            [
                ("name", Line(label=_("Place"))),
                ("country", Country(required=False, label=_("Country"), help_text=_("Empty: that of the practice."))),
                ("latitude", Decimal(min_value=-90, max_value=90, label=_("Latitude"))),
                ("longitude", Decimal(min_value=-180, max_value=180, label=_("Longitude"))),
            ],
            icon="site",
            label=_("Place"),
            description=_("One more town where it runs: its town hall, never a private address."),
        ),
    )
]
AIMS = [("item", short_text(_("Aim"), icon="tick-inverse", description=_("One aim in one sentence.")))]
STEPS = [
    (
        "step",
        StructBlock(
            [("title", Line(label=_("In a few words"))), ("text", short_text(_("What happens")))],
            icon="list-ol",
            label=_("Step"),
            description=_("One step of how it works."),
        ),
    )
]
CHANNELS = [
    (
        "channel",
        StructBlock(
            [
                ("platform", SnippetReference("portal.Platform", label=_("Platform"))),
                ("purpose", Line(required=False, label=_("Used for"))),
            ],
            icon="comment",
            label=_("Channel"),
            description=_("A platform the practice uses, and for what."),
        ),
    )
]
PARTNERS = [
    (
        "partner",
        StructBlock(
            [
                ("organisation", SnippetReference("portal.Organisation", label=_("Organisation"))),
                ("role", Line(required=False, label=_("Role"))),
            ],
            icon="group",
            label=_("Partner"),
            description=_("An organisation that takes part."),
        ),
    )
]
TIMELINE = [
    (
        "event",
        StructBlock(
            [("date", PartialDateBlock(label=_("When"))), ("text", short_text(_("What happened")))],
            icon="date",
            label=_("Event"),
            description=_("Something that happened, with its date."),
        ),
    )
]
CRITERIA = [
    (
        "criterion",
        StructBlock(
            [
                ("criterion", Choice(v.Criterion, label=_("Criterion"))),
                ("verdict", Choice(v.Verdict, label=_("Met?"))),
                ("text", short_text(_("Why"))),
            ],
            icon="check",
            label=_("Criterion"),
            description=_("One of the four questions of the good-practice check."),
        ),
    )
]
USES = use_blocks()


class Rules(StreamBlock):
    """How the channel is run: who may write what, who answers, who moderates, what happens to data."""

    rule_of_use = short_text(
        _("Rule of use"), icon="clipboard-list", description=_("What people may write and what not.")
    )
    response_process = short_text(
        _("How reports are answered"), icon="mail", description=_("Who answers a report, and how fast.")
    )
    moderation = short_text(
        _("How it is moderated"), icon="view", description=_("Who reads along, and what is taken out.")
    )
    data_protection = short_text(
        _("Data protection"), icon="lock", description=_("Which data is kept, where and for how long.")
    )


class Outcomes(StreamBlock):
    """What came of it, good and bad, and what others need to know before they copy it."""

    result = SourcedText(label=_("Result"), icon="success", description=_("What changed, as a source says it."))
    side_effect = SourcedText(
        label=_("Side effect"), icon="resubmit", description=_("What else happened, wanted or not.")
    )
    challenge = SourcedText(label=_("Challenge"), icon="warning", description=_("What was hard."))
    lesson = SourcedText(label=_("Lesson"), icon="openquote", description=_("What they would tell others."))
    condition = StructBlock(
        [("text", short_text(_("Check before you copy it"))), ("why", short_text(_("Why"), required=False)), EDITORIAL],
        icon="info-circle",
        label=_("Condition"),
        description=_("What must hold elsewhere before somebody copies it."),
    )
    cost = StructBlock(
        [("item", Choice(v.CostItem, label=_("Item"))), ("text", short_text(_("What is known")))],
        icon="pick",
        label=_("Cost"),
        description=_("What it takes in money or time."),
    )
    evidence = Evidence()
