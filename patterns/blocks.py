"""The typed blocks of a pattern. Their labels and help texts teach the form."""

from django.utils.translation import gettext_lazy as _
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
    source_blocks,
    statements,
    use_blocks,
)

FORCES = [
    (
        "force",
        StructBlock(
            [
                ("toward", Line(label=_("One pull"), help_text=_("For example: closeness and speed."))),
                ("against", Line(label=_("The other pull"), help_text=_("For example: fairness."))),
                ("text", statements(_("Why both are real"))),
            ],
            icon="arrows-up-down",
            label=_("Force"),
        ),
    )
]

BUILDING_BLOCKS = [
    (
        "block",
        StructBlock(
            [
                ("name", Line(label=_("Building block"))),
                ("how", statements(_("How it works"))),
                ("works_best_if", statements(_("Works best if"))),
                ("watch_out", statements(_("Watch out"))),
            ],
            icon="list-ul",
            label=_("Building block"),
        ),
    )
]

ITEMS = [("item", statements(_("Item"), icon="list-ul"))]


def _ethical(scheme: v.TermScheme, label: str, icon: str, mitigation: bool) -> StructBlock:
    parts = [("term", TermChoice(scheme, label=_("Term"))), ("text", statements(_("What it means here")))]
    if mitigation:
        parts.append(("mitigation", statements(_("What to do about it"), required=False)))
    return StructBlock([*parts, *source_blocks(), EDITORIAL], label=label, icon=icon)


class Considerations(StreamBlock):
    """What speaks for and against, the ethics, the law and the evidence."""

    opportunity = SourcedText(label=_("Opportunity"), icon="plus")
    threat = SourcedText(label=_("Threat"), icon="warning")
    ethical_risk = _ethical(v.TermScheme.ETHICAL_RISK, _("Ethical risk"), "warning", mitigation=True)
    ethical_benefit = _ethical(v.TermScheme.ETHICAL_BENEFIT, _("Ethical benefit"), "tick", mitigation=False)
    legal_note = StructBlock(
        [
            ("title", Line(label=_("In one line"))),
            ("text", statements(_("Text"))),
            ("jurisdiction", Jurisdiction(label=_("Where it holds"))),
            ("risk", TermChoice(v.TermScheme.LEGAL_RISK, required=False, label=_("Legal risk"))),
            ("as_of", Day(label=_("As of"), help_text=_("Notes older than 18 months ask readers to check their age."))),
            ("reviewer", Line(required=False, label=_("Reviewed by"), help_text=_("A named role, or empty."))),
            ("next_check", Day(required=False, label=_("Next check"))),
        ],
        icon="lock",
        label=_("Legal note"),
    )
    evidence = Evidence()


ACTORS = [
    (
        "actor",
        StructBlock(
            [
                ("actor", Choice(v.Actor, label=_("Who"))),
                ("role", Choice(v.ActorRole, label=_("What they do"))),
                ("note", Line(required=False, label=_("Note"))),
            ],
            icon="user",
            label=_("Actor"),
        ),
    )
]


class Guidance(StreamBlock):
    """What helps somebody who meets the pattern."""

    decision_question = statements(_("Question to decide first"), icon="help")
    sign = statements(_("How you notice it"), icon="view")
    open_question = statements(_("Open question"), icon="help")
    country_note = StructBlock(
        [("country", Country(label=_("Country"))), ("text", statements(_("Text"))), *source_blocks()],
        icon="globe",
        label=_("Country note"),
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
    )


USES = use_blocks()
