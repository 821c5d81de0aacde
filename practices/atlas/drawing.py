"""The map beside a list of practices: it shows what the list shows, numbers it alike, and names what it cannot show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe

from portal import vocabulary as v
from portal.languages import active_language
from portal.listing import Listing, Option, without_streams

from ..models import PracticePage
from ..places import places_of
from .marks import HEIGHT, RADIUS, WIDTH, Spot, Stand, short_name, stand_off
from .outlines import Outlines, meet, outlines
from .projection import DRAWN, Box, Point, is_drawn, project

EUROPE: Box = (133, 200, 637, 738)  # what is seen unless something lies beyond
CLOSEST = 60  # how little of the frame a map shows at least across: the rounding of the outlines would be seen
MARGIN = 0.07
SAME_PLACE = 4  # signs nearer than this stand in one row
LONGEST_ROW = 4
MOST_DOTS = 400
SHADES = (1, 3, 8)  # at how many practices a country takes the next tone


@dataclass(frozen=True)
class Sign:
    """One practice: the disc of a town, filled for a full entry, or the square of a whole country; with its status."""

    number: int
    title: str
    language: str
    css: str
    status: str
    x: int
    y: int
    is_square: bool


@dataclass(frozen=True)
class Mark:
    """The signs of one place, its line and its name."""

    x: int
    y: int
    to_x: int
    to_y: int
    signs: list[Sign]
    name: str
    name_x: int
    anchor: str
    has_point: bool


@dataclass(frozen=True)
class CountryLink:
    label: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Entry:
    """A practice of the list with its number there."""

    number: int
    page: Any


@dataclass
class Atlas:
    land: SafeString
    view_box: str
    marks: list[Mark]
    dots: SafeString  # where the practices of the list's other pages are
    places: int
    without_point: list[Entry]
    outside: list[Entry]
    countries: list[CountryLink] = field(default_factory=list)
    everywhere: str = ""  # the query that shows all countries again; empty while they are shown

    width = WIDTH
    height = HEIGHT

    @property
    def leads(self) -> SafeString:
        """From each place to its signs: with `signs` some hundred numbers, for which a template would take long."""
        return mark_safe("".join(_lead(mark) for mark in self.marks))

    @property
    def signs(self) -> SafeString:
        language = active_language()
        return mark_safe("".join(_drawn(mark, sign, language) for mark in self.marks for sign in mark.signs))

    @property
    def statuses(self) -> list[tuple[str, Any]]:
        """Those that the marks show, for the key."""
        shown = {sign.status for mark in self.marks for sign in mark.signs}
        return [(code, label) for code, label in v.PracticeStatus.choices if code in shown]


def atlas_of(listing: Listing, pages: Sequence[Any], request: HttpRequest) -> Atlas:
    """The map of the listing. Takes one query more where the list goes over several pages, else none."""
    entries = [Entry(number, page) for number, page in enumerate(pages, listing.page_obj.start_index())]
    options = next((group.options for group in listing.groups if group.name == "country"), [])
    chosen = [option.value for option in options if option.checked]
    towns = [town for entry in entries for town in _towns(entry)]
    shown = [town for town in towns if is_drawn(town.at)]
    known, drawn = ({town.entry.number for town in some} for some in (towns, shown))
    seen = section(chosen, [town.at for town in shown])
    spots = list(_spots(shown, seen))
    lines = outlines("detail" if seen[2] - seen[0] < (EUROPE[2] - EUROPE[0]) / 2 else "overview")
    return Atlas(
        land=land(lines, seen, {option.value: option.count for option in options}),
        view_box=" ".join(f"{value * lines.scale:.0f}" for value in (*seen[:2], seen[2] - seen[0], seen[3] - seen[1])),
        marks=_marks(spots),
        dots=_dots(listing, pages, seen),
        places=len(spots),
        without_point=[entry for entry in entries if entry.number not in known],
        outside=[entry for entry in entries if entry.number in known - drawn],
        countries=[_country_link(option, request) for option in options if option.count],
        everywhere=_query(request) if chosen else "",
    )


@dataclass(frozen=True)
class _Town:
    """One of the places of a practice, in the frame."""

    entry: Entry
    name: str
    at: Point
    is_one_of_several: bool = False

    @property
    def title(self) -> str:
        return f"{self.entry.page.title}: {self.name}" if self.is_one_of_several else self.entry.page.title


def _towns(entry: Entry) -> list[_Town]:
    """Where a practice stands in the frame: its own points, else the middle of the country that it covers."""
    page = entry.page
    places = places_of(page)
    if places:
        several = len(places) > 1
        return [_Town(entry, place.name, project(place.latitude, place.longitude), several) for place in places]
    country = outlines().by_code.get(page.country.code) if page.territory == v.Territory.COUNTRY else None
    return [_Town(entry, page.place_name, country.at)] if country else []


# What is seen


def section(chosen: Iterable[str], points: Iterable[Point]) -> Box:
    """The part of the frame to show: the chosen countries or Europe, and what lies beyond them, in one proportion."""
    known = outlines("overview").by_code
    boxes = [known[code].main for code in chosen if code in known]
    frames = [_widened(box, MARGIN) for box in boxes] or [EUROPE]
    left, top, right, bottom = EUROPE if not boxes else frames[0]
    for box in [*frames, *((x - 12, y - 12, x + 12, y + 12) for x, y in points)]:
        left, top, right, bottom = min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])
    across = max(right - left, (bottom - top) * WIDTH / HEIGHT, CLOSEST)
    down = across * HEIGHT / WIDTH
    left = _within((left + right - across) / 2, DRAWN[0], DRAWN[2] - across)
    top = _within((top + bottom - down) / 2, DRAWN[1], DRAWN[3] - down)
    return left, top, left + across, top + down


def _widened(box: Box, by: float) -> Box:
    x, y = (box[2] - box[0]) * by, (box[3] - box[1]) * by
    return box[0] - x, box[1] - y, box[2] + x, box[3] + y


def _within(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))


# The land


def land(lines: Outlines, seen: Box, counts: Mapping[str, int]) -> SafeString:
    """Coasts and countries, those with practices in a tone of their own; over them dotted borders."""
    others: list[str] = []
    shaded: list[str] = []
    for country in lines.countries:
        if meet(country.box, seen):
            tone = sum(counts.get(country.code, 0) >= least for least in SHADES)
            if tone:
                shaded.append(f'<path class="land n{tone}" d="{country.path}"/>')
            else:
                others.append(country.path)
    borders = "".join(border.path for border in lines.borders if meet(border.box, seen))
    return mark_safe(f'<path class="land" d="{"".join(others)}"/>{"".join(shaded)}<path class="bord" d="{borders}"/>')


def _dots(listing: Listing, pages: Sequence[Any], seen: Box) -> SafeString:
    if listing.page_obj.paginator.num_pages < 2:
        return SafeString("")
    others = {*listing.page_obj.paginator.object_list} - {page.pk for page in pages}
    chosen = without_streams(PracticePage, "further_places").filter(pk__in=others).order_by("pk")
    known = chosen.filter(Q(latitude__isnull=False, longitude__isnull=False) | ~Q(further_places=[]))
    points = {
        _on_map(project(place.latitude, place.longitude), seen)
        for page in known[:MOST_DOTS]
        for place in places_of(page)
    }
    return mark_safe("".join(f"M{x},{y}h0" for x, y in sorted(points) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT))


# The marks


@dataclass
class _Place:
    spot: Spot
    towns: list[_Town]


def _spots(towns: Iterable[_Town], seen: Box) -> Iterator[_Place]:
    """The places in the order of the list, each with the practices that are too near to be told apart."""
    places: list[tuple[tuple[int, int], list[_Town]]] = []
    for town in towns:
        point = _on_map(town.at, seen)
        near = (found for at, found in places if _is_near(at, point) and len(found) < LONGEST_ROW)
        row = next(near, None)
        if row is None:
            places.append((point, [town]))
        elif all(other.entry is not town.entry for other in row):
            row.append(town)
    for at, row in places:
        yield _Place(Spot(at, short_name(row[0].name), len(row)), row)


def _on_map(point: Point, seen: Box) -> tuple[int, int]:
    """Whole numbers are near enough, and print alike in every language."""
    times = WIDTH / (seen[2] - seen[0])
    return round((point[0] - seen[0]) * times), round((point[1] - seen[1]) * times)


def _is_near(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < SAME_PLACE and abs(a[1] - b[1]) < SAME_PLACE


def _marks(places: Sequence[_Place]) -> list[Mark]:
    stands = stand_off(tuple(place.spot for place in places))
    return [_mark(place, stand) for place, stand in zip(places, stands, strict=True)]


def _mark(place: _Place, stand: Stand) -> Mark:
    x, y = (int(value) for value in stand.middle)
    step = 2 * RADIUS * (stand.side or 1)
    signs = [_sign(town, x + nth * step, y) for nth, town in enumerate(place.towns)]
    last = signs[-1].x
    return Mark(
        x=int(place.spot.point[0]),
        y=int(place.spot.point[1]),
        to_x=x,
        to_y=y,
        signs=signs,
        name=place.spot.name if stand.side else "",
        name_x=last + stand.side * (RADIUS + 1),
        anchor="start" if stand.side > 0 else "end",
        has_point=not all(sign.is_square for sign in signs),
    )


def _sign(town: _Town, x: int, y: int) -> Sign:
    page = town.entry.page
    return Sign(
        number=town.entry.number,
        title=town.title,
        language=page.locale.language_code,
        css="full" if page.extent == v.PracticeExtent.FULL else "brief",
        status=page.status,
        x=x,
        y=y,
        is_square=page.territory == v.Territory.COUNTRY,
    )


def _lead(mark: Mark) -> str:
    point = f'<circle class="pt" cx="{mark.x}" cy="{mark.y}" r="3.6"/>' if mark.has_point else ""
    return f'<path class="lead" d="M{mark.x},{mark.y}L{mark.to_x},{mark.to_y}"/>{point}'


def _drawn(mark: Mark, sign: Sign, language: str) -> str:
    x, y = sign.x, sign.y
    number = localize(sign.number) if sign.number > 999 else sign.number  # as the list beside it
    lang = f' lang="{sign.language}"' if sign.language != language else ""
    if sign.is_square:
        disc = f'<rect class="disc" x="{x - 14}" y="{y - 14}" width="28" height="28"/>'
    else:
        disc = f'<circle class="disc" cx="{x}" cy="{y}" r="15"/>'
    name = ""
    if mark.name and sign is mark.signs[-1]:
        at = f'x="{mark.name_x}" y="{mark.to_y}" dy=".3em" text-anchor="{mark.anchor}"'
        name = f' <text class="pl" {at}>{escape(mark.name)}</text>'
    return (
        f'<g role="listitem"><a class="{sign.css}" href="#n{number}"><title{lang}>{escape(sign.title)}</title>{disc}'
        f'<text class="no{" long" if sign.number > 99 else ""}" x="{x}" y="{y}" dy=".33em">{number}</text>'
        f'<use class="st" href="#st-{sign.status}" x="{x + 6}" y="{y - 20}" width="14" height="14"'
        f' transform-origin="{x + 6} {y - 6}"/>{name}</a></g>'
    )


# The countries beside it


def _country_link(option: Option, request: HttpRequest) -> CountryLink:
    return CountryLink(option.label, option.count, _query(request, option.value), option.checked)


def _query(request: HttpRequest, country: str = "") -> str:
    """The list's own choice, with this country alone or with all of them."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("country", None)
    if country:
        query["country"] = country
    return f"?{query.urlencode()}" if query else "?"
