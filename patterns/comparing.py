"""Two patterns side by side: what pulls in them, who uses them, what they risk, and when to use them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal import terms
from portal import vocabulary as v
from portal.addresses import address
from portal.cards import group_label
from portal.comparing import Cell, Comparison, Picker, Row, Section, Side, pick, says
from portal.languages import active_language
from portal.streams import by_type, values
from portal.uses import uses_of
from portal.views_of_pages import shown

from .mapping.graph import Node, Subject, graph_of, subjects
from .models import PatternIndexPage, PatternPage
from .relations import all_rows

AT_ONCE = 2
EXAMPLES = 4
WORTH_COMPARING = (v.RelationType.CONFLICTS, v.RelationType.ALTERNATIVE, v.RelationType.MAY_ESCALATE_TO)


class Bond(NamedTuple):
    """A relation between two patterns, in words."""

    one: Node
    kind: str
    other: Node
    reason: str
    language: str  # of the reason, where it is not the reader's


class ComparisonReading:
    def __init__(self, page: PatternIndexPage, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.language = active_language()
        self.url = f"{address(page, self.language)}compare/"

    @cached_property
    def _patterns(self) -> dict[str, Subject]:
        """All that can be compared, by their labels."""
        found: dict[str, Subject] = {}
        for subject in subjects(self.request):
            found.setdefault(subject.code, subject)
        return found

    @cached_property
    def picker(self) -> Picker:
        asked = [code.upper() for code in self.request.GET.getlist("p")]
        return pick(asked, {code: subject.named for code, subject in self._patterns.items()}, AT_ONCE)

    @cached_property
    def comparison(self) -> Comparison | None:
        if not self.picker.is_ready:
            return None
        wanted = [self._patterns[code].pk for code in self.picker.chosen]
        found = PatternPage.objects.select_related("locale").in_bulk(wanted)
        return compared([found[pk] for pk in wanted if pk in found], self.language)

    @property
    def bonds(self) -> list[Bond]:
        """What joins the two."""
        return self._bonds([self._patterns[code] for code in self.picker.chosen])

    def _bonds(self, patterns: Collection[Subject]) -> list[Bond]:
        """The relations among some of the patterns."""
        keys = {subject.key for subject in patterns}
        rows = all_rows(self.request.user)
        among = [row for row in rows if row.page_key in keys and row.target_key in keys]
        graph = graph_of(patterns, among, self.language)
        return [
            Bond(
                graph.nodes[link.source],
                str(v.RelationType(link.kind).label),
                graph.nodes[link.target],
                link.reason,
                link.language if link.language != self.language else "",
            )
            for link in graph.links
        ]

    @cached_property
    def examples(self) -> list[tuple[str, str, Bond]]:
        """Pairs that are worth a look, for readers who come without a choice."""
        labels = [str(kind.label) for kind in WORTH_COMPARING]
        worth = [bond for bond in self._bonds(self._patterns.values()) if bond.kind in labels]
        worth.sort(key=lambda bond: labels.index(bond.kind))
        return [
            (f"{self.url}?{urlencode([('p', bond.one.code), ('p', bond.other.code)])}", bond.kind, bond)
            for bond in worth[:EXAMPLES]
        ]

    @property
    def title(self) -> str:
        return self.comparison.title if self.comparison else _("Two patterns side by side")

    @property
    def query(self) -> str:
        return urlencode([("p", code) for code in self.picker.chosen])


def compared(pages: list[PatternPage], language: str) -> Comparison:
    sides = tuple(_side(page, language) for page in pages)
    columns = [PatternColumn(page, language) for page in pages]
    return Comparison(sides, tuple(_sections(columns)))


def _side(page: PatternPage, language: str) -> Side:
    own = page.locale.language_code
    words = _("%(group)s, confidence %(stars)d of 2")
    note = words % {"group": group_label(page.group), "stars": page.confidence}
    return Side(page.title, address(page, language), page.number_label, note, own if own != language else "")


class PatternColumn:
    """What one pattern says in each row: words of its page in its language, labels in the reader's."""

    def __init__(self, page: PatternPage, language: str) -> None:
        self.page = page
        self.language = page.locale.language_code if page.locale.language_code != language else ""
        self.terms = terms.labels()
        self.considerations = by_type(page.considerations)
        self.guidance = by_type(page.guidance)

    def own(self, words: str | Iterable[str], gap: str = "") -> Cell:
        return says(words, gap or _("nothing written yet"), self.language)

    def labels(self, field: str) -> Cell:
        model_field: Any = self.page._meta.get_field(field)
        return says(model_field.labels(getattr(self.page, field)), _("not classified yet"))

    @property
    def forces(self) -> Cell:
        pulls = values(self.page.forces, "force")
        return self.own(
            format_html("<b>{}</b> / <b>{}</b>: {}", pull["toward"], pull["against"], pull["text"]) for pull in pulls
        )

    def statements(self, kind: str) -> Cell:
        return self.own(value["text"] for value in self.considerations.get(kind, ()))

    def ethics(self, kind: str, scheme: str) -> Cell:
        """The harm or the gain by the name that all patterns share, then what it means in this one."""
        return self.own(
            format_html("<b>{}</b>: {}", self.terms.get((scheme, value["term"]), value["term"]), value["text"])
            for value in self.considerations.get(kind, ())
        )

    @property
    def law(self) -> Cell:
        return self.own(value["title"] for value in self.considerations.get("legal_note", ()))

    def items(self, field: str) -> Cell:
        return self.own(values(getattr(self.page, field), "item"))

    def guided(self, kind: str) -> Cell:
        return self.own(self.guidance.get(kind, ()))

    @cached_property
    def uses(self) -> list[tuple[str, list[Cell]]]:
        found = uses_of(self.page.uses, self.terms)
        return [(heading, [says(use.strength_label, "") for use in uses]) for heading, uses in found]


def _sections(columns: list[PatternColumn]) -> Iterator[Section]:
    def row(label: str, cell: Callable[[PatternColumn], Cell]) -> Row:
        return Row(label, tuple(cell(column) for column in columns))

    yield Section(
        _("In short"),
        (
            row(_("Problem"), lambda c: c.own(c.page.card_problem)),
            row(_("Therefore"), lambda c: c.own(c.page.card_therefore)),
            row(_("Group"), lambda c: says(group_label(c.page.group), "")),
            row(_("Who starts it"), lambda c: c.labels("initiative")),
            row(_("Phase"), lambda c: c.labels("phases")),
            row(_("Channels"), lambda c: c.labels("platforms")),
            row(_("What citizens want"), lambda c: c.labels("purposes")),
            row(_("What citizens do"), lambda c: c.labels("activities")),
        ),
    )
    yield Section(_("Forces"), (row(_("What pulls apart"), lambda c: c.forces),))
    yield from _uses(columns)
    yield Section(
        _("For and against"),
        (
            row(_("Opportunities"), lambda c: c.statements("opportunity")),
            row(_("Threats"), lambda c: c.statements("threat")),
            row(_("Ethical risks"), lambda c: c.ethics("ethical_risk", v.TermScheme.ETHICAL_RISK)),
            row(_("Ethical benefits"), lambda c: c.ethics("ethical_benefit", v.TermScheme.ETHICAL_BENEFIT)),
            row(_("Legal notes"), lambda c: c.law),
        ),
    )
    yield Section(
        _("When to use it"),
        (
            row(_("Use it when"), lambda c: c.items("when_to_use")),
            row(_("Leave it when"), lambda c: c.items("when_not_to_use")),
            row(_("Decide first"), lambda c: c.guided("decision_question")),
            row(_("How you notice it"), lambda c: c.guided("sign")),
            row(_("Open questions"), lambda c: c.guided("open_question")),
        ),
    )


def _uses(columns: list[PatternColumn]) -> Iterator[Section]:
    """The uses by institutions and by citizens, a row for each."""
    labels = [[use.label for use in half] for half in (v.CitizenUse, v.InstitutionalUse)]
    for half, names in enumerate(labels):
        heading = columns[0].uses[half][0] if columns else ""
        rows = [Row(str(name), tuple(column.uses[half][1][at] for column in columns)) for at, name in enumerate(names)]
        yield Section(heading, tuple(rows))


def compare_page(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    view = ComparisonReading(page, request)
    description = _("Forces, uses, risks, benefits and limits of two patterns of DIY policing, row by row.")
    return shown(
        page,
        request,
        "patterns/pattern_compare.html",
        title=view.title,
        description=description,
        compare=view,
        picker=view.picker,
        comparison=view.comparison,
    )


def compare_csv(page: PatternIndexPage, request: HttpRequest) -> HttpResponse:
    """The same as a file; without two patterns there is nothing to put into one, and the form says why."""
    view = ComparisonReading(page, request)
    if view.comparison is None:
        return HttpResponseRedirect(f"{view.url}?{request.GET.urlencode()}")
    codes = "-".join(code.lower() for code in view.picker.chosen)
    return view.comparison.as_csv(codes)
