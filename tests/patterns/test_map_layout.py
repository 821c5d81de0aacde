"""The drawing of relations alone: no database, any number of patterns."""

import random
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation

from patterns.mapping import signposts
from patterns.mapping.drawing import TALL, WIDE, draw, place_labels
from patterns.mapping.graph import Graph, Link, Node
from patterns.mapping.grid import Cell, Line, Sheet, ranks
from patterns.mapping.layout import arrange, crosses
from patterns.mapping.lettering import fit
from portal.vocabulary import RelationType

REAL = (
    *(("larger", 4, 3), ("complements", 3, 6), ("precedes", 5, 7), ("conflicts", 6, 8), ("complements", 8, 5)),
    *(("complements", 1, 6), ("conflicts", 1, 8)),
    *(("may_escalate_to", 3, 2), ("may_escalate_to", 7, 2), ("may_escalate_to", 8, 2)),
)
KINDS = [kind for kind, _label in RelationType.choices if kind not in ("smaller", "follows", "escalates_from")]


def lines(*rows):
    return tuple(Line(*row) for row in rows)


def many(seed, patterns=70, relations=110):
    chance = random.Random(seed)
    pairs = {tuple(chance.sample(range(1, patterns + 1), 2)) for _ in range(relations)}
    return tuple(Line(chance.choice(KINDS), *pair) for pair in sorted(pairs))


def graph(numbers, some, title="Neighbourhood watch"):
    nodes = {number: Node(number, title, "act", f"/en/patterns/{number}/", "en") for number in numbers}
    return Graph(nodes, tuple(Link(line.kind, line.source, line.target, "Why.", "en") for line in some))


SHEETS = [WIDE.sheet, WIDE.dense, TALL.sheet, TALL.dense]
CASES = [(range(1, 9), lines(*REAL)), *((range(1, 71), many(seed)) for seed in range(4)), (range(1, 4), ())]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("case", range(len(CASES)))
def test_boxes_do_not_overlap_and_stand_on_the_sheet(case, sheet):
    numbers, some = CASES[case]
    layout = arrange(tuple(numbers), some, sheet)
    assert set(layout.boxes) == set(numbers)
    for one, other in combinations(layout.boxes.values(), 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    for box in layout.boxes.values():
        assert box.x >= 0
        assert box.x + box.width <= layout.width
        assert box.y + box.height <= layout.height


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("case", range(len(CASES)))
def test_no_line_runs_through_a_box_of_others(case, sheet):
    numbers, some = CASES[case]
    layout = arrange(tuple(numbers), some, sheet)
    for line, path in zip(some, layout.paths, strict=True):
        others = [box for number, box in layout.boxes.items() if number not in (line.source, line.target)]
        for start, end in pairwise(path):
            assert not any(crosses(start, end, box, margin=-0.5) for box in others), line
            assert min(start[0], end[0]) >= 0
            assert max(start[0], end[0]) <= layout.width


@pytest.mark.parametrize("case", range(len(CASES)))
def test_a_line_begins_and_ends_on_the_edge_of_its_boxes(case):
    numbers, some = CASES[case]
    layout = arrange(tuple(numbers), some, WIDE.sheet)
    for line, path in zip(some, layout.paths, strict=True):
        for number, (x, y) in ((line.source, path[0]), (line.target, path[-1])):
            box = layout.boxes[number]
            on_side = x in (box.x, box.x + box.width) and box.y < y < box.y + box.height
            assert on_side or (y in (box.y, box.y + box.height) and box.x < x < box.x + box.width)


def test_no_label_lies_over_a_box_or_another_label():
    layout = arrange(tuple(range(1, 9)), lines(*REAL), WIDE.sheet)
    labels = place_labels(lines(*REAL), layout)
    assert len(labels) >= 6
    frames = [frame for _kind, _words, frame in labels]
    for frame in frames:
        for other in [*layout.boxes.values(), *(one for one in frames if one is not frame)]:
            apart = frame.x + frame.width <= other.x or other.x + other.width <= frame.x
            assert apart or frame.y + frame.height <= other.y or other.y + other.height <= frame.y


def test_a_label_never_covers_its_whole_line():
    with translation.override("de"):  # “Im Widerstreit mit” is as long as a lane is wide
        narrow, wider = (
            arrange((1, 2), lines(("conflicts", 1, 2)), Sheet(2, 216, 72, lane, 94)) for lane in (150, 250)
        )
        assert place_labels(lines(("conflicts", 1, 2)), narrow) == []
        assert len(place_labels(lines(("conflicts", 1, 2)), wider)) == 1
        assert "Im Widerstreit mit" in draw(graph((1, 2), lines(("conflicts", 1, 2))), WIDE, "t", "d")  # in the key


def test_what_leads_on_stands_above_what_it_leads_to():
    found = ranks(range(1, 9), lines(*REAL))
    assert found[4] < found[3] < found[2]
    assert found[5] < found[7] < found[2]
    rows = {number: cell.row for number, cell in arrange(tuple(range(1, 9)), lines(*REAL), WIDE.sheet).cells.items()}
    assert rows[4] < rows[3] < rows[2]


def test_patterns_in_a_circle_have_ranks_too():
    found = ranks([1, 2, 3], lines(("larger", 1, 2), ("may_escalate_to", 2, 3), ("may_escalate_to", 3, 1)))
    assert found == {1: 0, 2: 1, 3: 2}


def test_patterns_without_relations_come_last():
    layout = arrange((1, 2, 3), lines(("complements", 2, 3)), WIDE.sheet)
    assert layout.cells[1].row > layout.cells[2].row == layout.cells[3].row
    assert list(layout.cells)[-1] == 1


def test_columns_that_nobody_needs_are_left_out():
    layout = arrange((1, 2), lines(("larger", 1, 2)), WIDE.sheet)
    assert layout.cells == {1: Cell(0, 0), 2: Cell(1, 0)}
    assert layout.width == WIDE.sheet.total_width
    assert layout.boxes[1].middle[0] == layout.width / 2


def test_the_same_relations_give_the_same_bytes():
    numbers = range(1, 71)
    first = draw(graph(numbers, many(1)), WIDE, "t", "d")
    arrange.cache_clear()
    assert draw(graph(numbers, many(1)), WIDE, "t", "d") == first


@pytest.mark.parametrize("look", [WIDE, TALL])
@pytest.mark.parametrize("case", range(len(CASES)))
def test_a_drawing_is_sound_xml_with_letters_that_can_be_read(case, look):
    numbers, some = CASES[case]
    svg = draw(graph(numbers, some, "Tom & Jerry <watch> “Nachbarschaftswache”"), look, "a & b", "c", file="<style/>")
    ElementTree.fromstring(svg)
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
    assert min(sizes) >= 13
    assert svg.count('role="listitem"') == len(numbers)


def test_a_phone_without_room_for_so_many_lines_has_signposts():
    """Each relation at both its ends: towards the other where it leads on, from there where it comes from."""
    some = tuple(line for line in many(2) if line.kind != "may_escalate_to")
    map_, pointing = graph(range(1, 71), some), {"larger": "smaller", "precedes": "follows"}
    said = {number: {kind: numbers for kind, numbers in signposts.rows(map_, number) if kind} for number in map_.nodes}
    shown = [number for number, found in said.items() if len(found) < signposts.MOST_ROWS]
    for line in some:
        for here, there, kind in (
            (line.source, line.target, line.kind),
            (line.target, line.source, pointing.get(line.kind, line.kind)),
        ):
            if here in shown and len(map_.neighbours[here]) <= signposts.IN_A_ROW:
                assert f"{there:02d}" in said[here][kind].split()
    svg = draw(map_, TALL, "t", "d")
    assert "signs" in svg
    assert "signs" not in draw(map_, WIDE, "t", "d")
    assert "signs" not in draw(graph(range(1, 9), lines(*REAL)), TALL, "t", "d")
    assert re.findall(r'href="/en/patterns/(\d+)/"', svg) == [str(number) for number in range(1, 71)]


def test_signposts_keep_to_their_pattern_and_to_the_sheet():
    hub = tuple(Line(KINDS[at % len(KINDS)], 1, 2 + at) for at in range(60))
    map_ = graph(range(1, 71), hub)
    layout = signposts.arrange(map_, TALL.dense)
    assert len(signposts.rows(map_, 1)) == signposts.MOST_ROWS
    assert signposts.rows(map_, 1)[-1][1].endswith("…")
    ends = 0
    for number, box in layout.boxes.items():
        reach = max(box.height, len(signposts.rows(map_, number)) * signposts.ROW) / 2
        assert box.y + box.height / 2 - reach >= ends
        ends = box.y + box.height / 2 + reach
    assert ends <= layout.height
    longest = TALL.dense.left + TALL.dense.width + signposts.MARK + 2 * signposts.APART
    assert longest + (3 * signposts.IN_A_ROW + 1) * signposts.SIZE * 0.6 <= layout.width


def test_links_stand_in_the_order_in_which_they_are_read():
    svg = draw(graph(range(1, 9), lines(*REAL)), WIDE, "t", "d")
    order = [int(number) for number in re.findall(r'href="/en/patterns/(\d+)/"', svg)]
    cells = arrange(tuple(range(1, 9)), lines(*REAL), WIDE.sheet).cells
    assert order == sorted(cells, key=cells.get)
    assert svg.index('aria-hidden="true"') < svg.index('role="list"')


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_line_has_a_form_of_its_own(kind):
    forms = {}
    for other in KINDS:
        svg = draw(graph((1, 2), lines((other, 1, 2))), WIDE, "t", "d")
        forms[other] = tuple(re.findall(r'class="(\w[\w-]*)" d=', svg.split("<text")[0]))
    assert list(forms.values()).count(forms[kind]) == 1


def test_titles_break_into_lines_that_fit():
    assert fit("Neighbourhood watch", 143, 17, 13).lines == ("Neighbourhood", "watch")
    assert fit("Nachbarschaftswache", 143, 17, 13) == (("Nachbarschaftswache",), 13)
    assert fit("Nachbarschaftswache", 94, 15, 13).lines == ("Nachbar-", "schaftswache")
    assert fit("Bürgerkontrolle der Polizei", 94, 15, 12).lines == ("Bürgerkon-", "trolle der", "Polizei")
    long = fit("word " * 40, 100, 15, 13)
    assert len(long.lines) == 3
    assert long.lines[-1].endswith("…")
