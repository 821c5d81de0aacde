"""The typed blocks of a pattern. Their labels and help texts teach the form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import StreamBlock, StructBlock

from portal import vocabulary as v
from portal.blocks import (
    EDITORIAL,
    Choice,
    Country,
    Day,
    Evidence,
    Jurisdiction,
    Line,
    Number,
    SourcedText,
    TermChoice,
    Text,
    short_text,
    source_blocks,
    use_blocks,
)

FORCES = [
    (
        "force",
        StructBlock(
            [
                ("toward", Line(label=_("One pull"), help_text=_("For example: closeness and speed."))),
                ("against", Line(label=_("The other pull"), help_text=_("For example: fairness."))),
                ("text", short_text(_("Why both are real"))),
            ],
            icon="order",
            label=_("Force"),
            description=_("Two pulls that are both right and cannot both win."),
        ),
    )
]

BUILDING_BLOCKS = [
    (
        "block",
        StructBlock(
            [
                ("name", Line(label=_("Building block"))),
                ("how", short_text(_("How it works"))),
                ("works_best_if", short_text(_("Works best if"))),
                ("watch_out", short_text(_("Watch out"))),
            ],
            icon="list-ul",
            label=_("Building block"),
            description=_("One part of the advice: how it works, when it works best, what to watch."),
        ),
    )
]

ITEMS = [("item", short_text(_("Item"), icon="list-ul", description=_("One situation in one sentence.")))]


def _ethical(scheme: v.TermScheme, label: Any, icon: str, description: Any, mitigation: bool) -> StructBlock:
    parts = [("term", TermChoice(scheme, label=_("Term"))), ("text", short_text(_("What it means here")))]
    if mitigation:
        parts.append(("mitigation", short_text(_("What to do about it"), required=False)))
    return StructBlock([*parts, *source_blocks(), EDITORIAL], label=label, icon=icon, description=description)


class Considerations(StreamBlock):
    """What speaks for and against, the ethics, the law and the evidence."""

    opportunity = SourcedText(
        label=_("Opportunity"), icon="success", description=_("What could get better, and who says so.")
    )
    threat = SourcedText(label=_("Threat"), icon="warning", description=_("What could go wrong, and who says so."))
    ethical_risk = _ethical(
        v.TermScheme.ETHICAL_RISK,
        _("Ethical risk"),
        "no-view",
        _("A harm to people or to fairness, from the vocabulary, and what to do about it."),
        mitigation=True,
    )
    ethical_benefit = _ethical(
        v.TermScheme.ETHICAL_BENEFIT,
        _("Ethical benefit"),
        "check",
        _("A gain for people or for fairness, from the vocabulary."),
        mitigation=False,
    )
    legal_note = StructBlock(
        [
            ("title", Line(label=_("In one line"))),
            ("text", short_text(_("Text"))),
            ("jurisdiction", Jurisdiction(label=_("Where it holds"))),
            ("risk", TermChoice(v.TermScheme.LEGAL_RISK, required=False, label=_("Legal risk"))),
            ("as_of", Day(label=_("As of"), help_text=_("Notes older than 18 months ask readers to check their age."))),
            ("reviewer", Line(required=False, label=_("Reviewed by"), help_text=_("A named role, or empty."))),
            ("next_check", Day(required=False, label=_("Next check"))),
        ],
        icon="lock",
        label=_("Legal note"),
        description=_("What the law says somewhere, with the day on which that was checked."),
    )
    evidence = Evidence()


ACTORS = [
    (
        "actor",
        StructBlock(
            [
                ("actor", Choice(v.Actor, label=_("Who"))),
                ("role", Choice(v.ActorRole, label=pgettext_lazy("actor", "What they do"))),
                ("note", Line(required=False, label=_("Note"))),
            ],
            icon="user",
            label=_("Actor"),
            description=_("Who takes part and what they do."),
        ),
    )
]


class Guidance(StreamBlock):
    """What helps somebody who meets the pattern."""

    decision_question = short_text(
        _("Question to decide first"), icon="help", description=_("What to decide before acting.")
    )
    sign = short_text(
        _("How you notice it"), icon="view", description=_("What you would see or read if it happens near you.")
    )
    open_question = short_text(
        _("Open question"), icon="help", description=_("What nobody knows yet; readers are asked to help.")
    )
    country_note = StructBlock(
        [("country", Country(label=_("Country"))), ("text", short_text(_("Text"))), *source_blocks()],
        icon="globe",
        label=_("Country note"),
        description=_("What is different in one country."),
    )
    activity = StructBlock(
        [
            ("title", Line(label=_("Title"))),
            ("minutes", Number(label=_("Minutes"), min_value=1)),
            ("group_size", Line(required=False, label=_("Group size"))),
            ("steps", Text(rows=4, label=_("Steps"))),
        ],
        icon="group",
        label=_("Workshop activity"),
        description=_("An exercise for a group, with time and steps."),
    )


USES = use_blocks()
