"""Two or three practices side by side, in the order in which a good-practice check asks."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_countries import countries

from portal import terms, views_of_pages
from portal import vocabulary as v
from portal.addresses import address
from portal.comparing import Comparison, Picker, Row, Section, Side, pick, says
from portal.fields import span
from portal.languages import active_language, language_name
from portal.querysets import in_language, visible
from portal.shown_rows import ShownRows
from portal.streams import values
from portal.templatetags.portal_tags import lang_attr
from portal.uses import uses_of

from .figures import plain_figure
from .listing import pattern_links, patterns_shown_by
from .models import PracticeIndexPage, PracticePage

MOST = 3
MOST_CHOICES = 400  # more would be no list to choose from; what the address names can always be chosen
CODE = 80  # letters of the longest code

_choices = ShownRows(lambda: PracticePage.objects.order_by("title", "pk"), "code", "title")

Lines = str | Iterable[str]
Said = Callable[[PracticePage], Lines]


def comparison_view(index: PracticeIndexPage, request: HttpRequest) -> HttpResponse:
    picker = picked(request)
    comparison = compare(picker, request.user)
    title = comparison.title if comparison else _("Compare practices")
    return views_of_pages.shown(
        *(index, request, "practices/practice_compare.html"),
        title=title,
        description=_("What the sources say about each, row by row, and where they say nothing."),
        picker=picker,
        comparison=comparison,
        picked=urlencode([("p", code) for code in picker.chosen]),
    )


def comparison_as_csv(index: PracticeIndexPage, request: HttpRequest) -> HttpResponse:
    picker = picked(request)
    comparison = compare(picker, request.user)
    if comparison is None:  # nothing to save: the page says what is missing
        return comparison_view(index, request)
    return comparison.as_csv("-".join(picker.chosen))


def picked(request: HttpRequest) -> Picker:
    asked = [code[: CODE + 1].replace("\0", "") for code in request.GET.getlist("p")[: 2 * MOST]]
    rows = _choices(request.user, active_language())
    named = [row for row in rows[MOST_CHOICES:] if row[0] in asked]
    return pick(asked, dict(rows[:MOST_CHOICES] + named), MOST)


def compare(picker: Picker, user: Any = None) -> Comparison | None:
    if not picker.is_ready:
        return None
    shown = in_language(visible(PracticePage.objects.filter(code__in=picker.chosen), user), active_language())
    found = {page.code: page for page in shown.select_related("locale", "lead_organisation")}
    pages = [found[code] for code in picker.chosen if code in found]
    return Comparison(sides(pages), Table(pages, user).sections) if len(pages) > 1 else None


def sides(pages: Sequence[PracticePage]) -> tuple[Side, ...]:
    """Called by their places, unless two are in one town."""
    places = [page.place_name for page in pages]
    return tuple(
        Side(
            title=page.place_name if places.count(page.place_name) == 1 else page.title,
            url=address(page),
            mark=page.number_label,
            note=f"{page.country.name}, {page.get_extent_display()}",
            language=_foreign(page),
        )
        for page in pages
    )


class Table:
    """What the pages say, row by row."""

    def __init__(self, pages: Sequence[PracticePage], user: Any = None) -> None:
        self.pages = pages
        self.user = user
        self.not_reported = _("not reported")

    @property
    def sections(self) -> tuple[Section, ...]:
        return (
            Section(_("Place and people"), self.place_and_people),
            Section(_("Problem"), self.problem),
            Section(_("How it works"), self.how_it_works),
            Section(_("What came of it"), self.what_came_of_it),
            Section(_("Before you copy it"), self.before_you_copy_it),
            Section(_("Patterns"), (self.patterns,)),
        )

    def row(
        self, label: Any, said: Said, gap: str | Callable[[PracticePage], str] = "", *, our_words: bool = False
    ) -> Row:
        """`our_words`: labels of the site, in the reader's language whatever the page's is."""
        cells = []
        for page in self.pages:
            silence = gap(page) if callable(gap) else gap or self.not_reported
            cells.append(says(said(page), silence, "" if our_words else _foreign(page)))
        return Row(str(label), tuple(cells))

    def checked(self, criterion: v.Criterion) -> Row:
        return self.row(criterion.label, lambda page: _verdict(page, criterion), _("not checked"))

    @property
    def place_and_people(self) -> tuple[Row, ...]:
        return (
            self.row(_("Country"), _countries, our_words=True),
            self.row(_("Area"), _area),
            self.row(_("For whom"), lambda page: page.target_groups),
            self.row(_("Figures"), lambda page: [plain_figure(block.value) for block in page.figures]),
            self.row(_("Led by"), _lead, _("not named")),
            self.row(_("Partners"), lambda page: _named(page.partners, "organisation", "role"), _("not named")),
            self.row(_("Initiative"), lambda page: _labels(page, "initiative"), our_words=True),
            self.row(_("Degree of participation"), _participation, our_words=True),
            self.row(_("Started"), _started, _no_start),
            self.row(_("Status"), _status, _("status not known")),
        )

    @property
    def problem(self) -> tuple[Row, ...]:
        return (
            self.checked(v.Criterion.PROBLEM),
            self.row(_("Problem"), lambda page: _paragraphs(page.problem_addressed)),
            self.row(_("Aims"), lambda page: values(page.aims, "item")),
        )

    @property
    def how_it_works(self) -> tuple[Row, ...]:
        return (
            self.checked(v.Criterion.LOGIC),
            self.row(_("Steps"), _steps),
            self.row(_("Channels"), lambda page: _named(page.channels, "platform", "purpose")),
            self.row(_("Technology"), lambda page: _labels(page, "technology"), our_words=True),
            self.row(_("Languages of the service"), _languages, our_words=True),
            self.row(_("When it works"), lambda page: _labels(page, "phases"), our_words=True),
            self.row(_("Uses"), _uses, our_words=True),
            self.row(_("Rules of use"), lambda page: values(page.rules, "rule_of_use")),
            self.row(_("How reports are answered"), lambda page: values(page.rules, "response_process")),
            self.row(_("How it is moderated"), lambda page: values(page.rules, "moderation")),
            self.row(_("Data protection"), lambda page: values(page.rules, "data_protection")),
        )

    @property
    def what_came_of_it(self) -> tuple[Row, ...]:
        return (
            self.checked(v.Criterion.OUTCOME),
            self.row(_("Results"), lambda page: _texts(page, "result")),
            self.row(_("Side effects"), lambda page: _texts(page, "side_effect")),
            self.row(_("Evidence"), _evidence, _("no evaluation in source")),
        )

    @property
    def before_you_copy_it(self) -> tuple[Row, ...]:
        return (
            self.checked(v.Criterion.CONTEXT),
            self.row(_("Challenges"), lambda page: _texts(page, "challenge")),
            self.row(_("Costs"), _costs),
            self.row(_("Lessons"), lambda page: _texts(page, "lesson")),
            self.row(_("What must hold elsewhere"), lambda page: _texts(page, "condition")),
            self.row(_("Good-practice check"), _check, _("not checked"), our_words=True),
            self.row(_("Last verified"), _verified, _("not since it was written"), our_words=True),
        )

    @property
    def patterns(self) -> Row:
        shown = patterns_shown_by(self.pages)
        references = pattern_links(shown, self.user)
        none = _("No citizen pattern: an institution’s own tool")
        return self.row(
            _("Shows"),
            lambda page: [_pattern_link(one) for one in references.in_order(shown[page.pk])],
            none,
            our_words=True,
        )


def _foreign(page: PracticePage) -> str:
    """The language of the page, where it is not the reader's."""
    language = page.locale.language_code
    return "" if language == active_language() else language


# What a page says


def _countries(page: PracticePage) -> str:
    codes = dict.fromkeys([page.country.code, *page.further_countries])
    return ", ".join(str(countries.name(code)) for code in codes if code)


def _area(page: PracticePage) -> str:
    return ", ".join(filter(None, [page.admin_area, page.get_territory_display() if page.territory else ""]))


def _started(page: PracticePage) -> Lines:
    """A note without a date says why there is none: that is silence still, in words of its own."""
    if not page.started:
        return ""
    return [span(page.started, page.ended), page.started_note]


def _no_start(page: PracticePage) -> str:
    return (not _foreign(page) and page.started_note) or _("no date in source")


def _status(page: PracticePage) -> Lines:
    return "" if page.status == v.PracticeStatus.UNKNOWN else [page.get_status_display(), page.status_reason]


def _labels(page: PracticePage, name: str) -> str:
    model_field: Any = page._meta.get_field(name)
    return ", ".join(model_field.labels(getattr(page, name)))


def _languages(page: PracticePage) -> str:
    return ", ".join(language_name(code) for code in page.service_languages)


def _paragraphs(html: str) -> list[str]:
    return [strip_tags(part).strip() for part in html.split("</p>")]


def _named(stream: Any, name: str, note: str) -> list[str]:
    found = [(block.value[name], block.value[note]) for block in stream]
    return [": ".join(filter(None, [snippet.name, said])) for snippet, said in found if snippet]


def _lead(page: PracticePage) -> str:
    return page.lead_organisation.name if page.lead_organisation else ""


def _participation(page: PracticePage) -> str:
    return page.get_participation_display() if page.participation else ""


def _steps(page: PracticePage) -> list[str]:
    return [f"{step['title']}. {step['text']}" for step in values(page.steps, "step")]


def _uses(page: PracticePage) -> list[str]:
    if not page.uses:
        return []
    halves = uses_of(page.uses, terms.labels())
    return [f"{use.label} ({use.strength_label})" for _heading, uses in halves for use in uses if use.strength]


def _texts(page: PracticePage, kind: str) -> list[str]:
    return [value["text"] for value in values(page.outcomes, kind)]


def _evidence(page: PracticePage) -> list[str]:
    found = values(page.outcomes, "evidence")
    return [f"{v.EvidenceDirection(value['direction']).label}: {value['finding']}" for value in found]


def _costs(page: PracticePage) -> list[str]:
    return [f"{v.CostItem(value['item']).label}: {value['text']}" for value in values(page.outcomes, "cost")]


def _verdict(page: PracticePage, criterion: v.Criterion) -> Lines:
    given = (value for value in values(page.criteria, "criterion") if value["criterion"] == criterion)
    return next(([str(v.Verdict(value["verdict"]).label), value["text"]] for value in given), "")


def _check(page: PracticePage) -> str:
    return _("%(met)d of 4") % {"met": page.criteria_met} if page.criteria else ""


def _verified(page: PracticePage) -> str:
    return date_format(page.last_verified_on, "DATE_FORMAT") if page.last_verified_on else ""


def _pattern_link(pattern: Any) -> SafeString:
    return format_html(
        '<a class="pn" href="{}"{}><span>{}</span> ({})</a>',
        address(pattern),
        lang_attr(pattern, active_language()),
        pattern.title,
        pattern.number_label,
    )
