"""The typed blocks of a practice, in the order in which a good-practice check asks."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StructBlock

from portal import vocabulary as v
from portal.blocks import (
    EDITORIAL,
    Choice,
    Evidence,
    Figure,
    Line,
    PartialDateBlock,
    SnippetReference,
    SourcedText,
    statements,
    use_blocks,
)

FIGURES = [("figure", Figure())]
AIMS = [("item", statements(_("Aim"), icon="tick"))]
STEPS = [
    (
        "step",
        StructBlock(
            [("title", Line(label=_("In a few words"))), ("text", statements(_("What happens")))],
            icon="list-ol",
            label=_("Step"),
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
        ),
    )
]
TIMELINE = [
    (
        "event",
        StructBlock(
            [("date", PartialDateBlock(label=_("When"))), ("text", statements(_("What happened")))],
            icon="date",
            label=_("Event"),
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
                ("text", statements(_("Why"))),
            ],
            icon="tick",
            label=_("Criterion"),
        ),
    )
]
USES = use_blocks()


class Rules(StreamBlock):
    """How the channel is run: who may write what, who answers, who moderates, what happens to data."""

    rule_of_use = statements(_("Rule of use"))
    response_process = statements(_("How reports are answered"))
    moderation = statements(_("How it is moderated"))
    data_protection = statements(_("Data protection"))


class Outcomes(StreamBlock):
    """What came of it, good and bad, and what others need to know before they copy it."""

    result = SourcedText(label=_("Result"), icon="tick")
    side_effect = SourcedText(label=_("Side effect"), icon="plus")
    challenge = SourcedText(label=_("Challenge"), icon="warning")
    lesson = SourcedText(label=_("Lesson"), icon="help")
    condition = StructBlock(
        [("text", statements(_("Check before you copy it"))), ("why", statements(_("Why"), required=False)), EDITORIAL],
        icon="info-circle",
        label=_("Condition"),
    )
    cost = StructBlock(
        [("item", Choice(v.CostItem, label=_("Item"))), ("text", statements(_("What is known")))],
        icon="pick",
        label=_("Cost"),
    )
    evidence = Evidence()
