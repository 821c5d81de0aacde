"""Cards to print: what is on them, for whom, and that they can be cut and read."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from patterns.models import PatternRelation
from practices.models import PracticePattern
from printing import engine
from tests.factories import make_home, make_pattern, make_practice, translate
from tests.printing.reading import places, reader, squeezed, structure, text_of

pytestmark = pytest.mark.django_db

DOT = '<circle cx="60" cy="40" r="8" fill="currentColor"/>'
A4 = (210, 297)
LONGEST = 220  # of a text on a card
LONGEST_WARNING = 600


@pytest.fixture
def watch():
    make_home("de")
    threats = [("threat", {"text": "Rumours travel.", "editorial": True})]
    return make_pattern(
        number=8,
        title="Neighbourhood watch",
        group="prevent",
        confidence=1,
        diagram=DOT,
        diagram_text="One dot",
        considerations=threats,
    )


def related(page, target, type_):
    return PatternRelation.objects.create(page=page, target=target, type=type_, reason="So.", locale=page.locale)


def shows(practice, pattern):
    return PracticePattern.objects.create(page=practice, pattern=pattern, locale=practice.locale)


def size_of(page):
    return round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)


def test_a_card_says_on_both_sides_what_the_pattern_says(client, watch):
    justice = make_pattern(number=2, title="DIY justice")
    related(watch, justice, "may_escalate_to")
    response = client.get("/en/cards/pdf/?items=DIY-08")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    front, back = (squeezed(page.extract_text()) for page in reader(response.content).pages)
    for words in ("Prevent", "08", "Neighbourhood watch", watch.card_problem, "DIY-08"):
        assert squeezed(words) in front
    for words in (watch.card_therefore, "Watch out", "Rumours travel.", "Mayescalateto02", "testserver/p/DIY-08"):
        assert squeezed(words) in back


def test_the_other_side_of_a_relation_stands_on_the_other_card(client, watch):
    related(watch, make_pattern(number=2, title="DIY justice"), "may_escalate_to")
    assert "Maygrowoutof08" in text_of(client.get("/en/cards/pdf/?items=DIY-02").content)


def test_four_fronts_lie_on_a_sheet_and_their_backs_mirrored_in_each_row(client):
    for number in range(1, 6):
        make_pattern(number=number, title=f"Pattern {number}")
    pages = reader(client.get("/en/cards/pdf/?items=" + ",".join(f"DIY-0{n}" for n in range(1, 6))).content).pages
    assert [size_of(page) for page in pages] == [A4] * 4
    for sheet, on_it in ((0, [1, 2, 3, 4]), (2, [5])):
        at = {text: (x, y) for x, y, text in places(pages[sheet])}
        behind = {text: (x, y) for x, y, text in places(pages[sheet + 1])}
        for place, number in enumerate(on_it):
            column, row = place % 2, place // 2
            x, y = at[f"Pattern {number}"]
            assert (x > 105, y > 148.5) == (bool(column), bool(row))
            x, y = behind[f"Therefore of Pattern {number}."]
            assert (x > 105, y > 148.5) == (not column, bool(row))


def test_eight_small_cards_lie_on_a_sheet(client):
    for number in range(1, 10):
        make_pattern(number=number, title=f"Pattern {number}")
    items = ",".join(f"DIY-0{n}" for n in range(1, 10))
    pages = reader(client.get(f"/en/cards/pdf/?items={items}&size=a7").content).pages
    assert [size_of(page) for page in pages] == [A4[::-1]] * 4
    assert [text for *_, text in places(pages[0])].count("DIY policing: a field guide") == 8


def test_the_whole_deck_has_the_cards_about_it_too(client, watch):
    found = text_of(client.get("/en/cards/pdf/").content)
    for words in ("Neighbourhoodwatch", "Whatacardshows", "Threewaystousethecards"):
        assert words in found
    assert found.count("Apatternofours") == 2


def test_a_practice_has_a_card_that_leads_to_its_page(client, watch):
    practice = make_practice(title="Faenza", place_name="Faenza", summary="They answer every report.")
    shows(practice, watch)
    found = text_of(client.get("/en/cards/pdf/?items=faenza").content)
    for words in (
        "Faenza,Italy",
        "Whattheydo.",
        "Theyanswereveryreport.",
        "Shows08",
        "testserver/en/practices/faenza/",
    ):
        assert words in found


def test_what_readers_may_not_see_is_on_no_card(client, watch):
    make_pattern(number=91, title="Draft", live=False)
    hidden = make_pattern(number=92, title="Closed")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    over = make_pattern(number=93, title="Over", expire_at="2020-01-01T00:00:00Z")
    for page in (hidden, over):
        related(watch, page, "complements")
    practice = make_practice(title="Faenza")
    shows(practice, hidden)
    found = text_of(client.get("/en/cards/pdf/?items=DIY-08,faenza").content)
    whole = text_of(client.get("/en/cards/pdf/").content)
    shown = client.get("/en/cards/").content.decode()
    # Numbers that no day of a month has: each sheet says when it was made.
    assert not any(number in found for number in ("92", "93"))
    for words in ("Draft", "Closed", "Over"):
        assert words not in whole
        assert f">{words}<" not in shown
    answer = client.get("/en/cards/pdf/?items=DIY-92")
    assert answer.status_code == 404
    assert "There is no card “diy-92”" in answer.content.decode()


def test_a_page_that_closes_leaves_the_deck_at_once(client, watch):
    address = "/en/cards/pdf/?items=DIY-08"
    first = client.get(address)
    PageViewRestriction.objects.create(page=watch, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 404


def test_decks_are_kept_in_small_numbers_and_apart_from_all_else(client, watch, monkeypatch):
    files, others = caches["files"], set(caches["default"]._cache)
    files.clear()
    monkeypatch.setattr(files, "_max_entries", 3)
    for items in ("DIY-08", "DIY-08,blank", "blank,DIY-08", "legend,DIY-08", "DIY-08,legend", "DIY-08,blank,legend"):
        assert client.get(f"/en/cards/pdf/?items={items}").status_code == 200
    assert 0 < len(files._cache) <= 3
    assert set(caches["default"]._cache) == others


def test_a_card_is_in_the_readers_language_or_else_in_its_own(client, watch):
    translate(watch, "de", title="Nachbarschaftswache", card_problem="Wer Angst hat, schaut hin.")
    make_pattern(number=2, title="DIY justice")
    content = client.get("/de/cards/pdf/?items=DIY-08,DIY-02").content
    found = text_of(content)
    for words in ("Nachbarschaftswache", "Werangsthat,schauthin.", "Vorbeugen", "Deshalb", "DIYjustice", "Therefore"):
        assert words.casefold() in found.casefold()
    assert reader(content).trailer["/Root"]["/Lang"] == "de"
    assert "en" in {str(element.get("/Lang", "")) for element in structure(content)}


def test_the_longest_german_texts_are_set_smaller_or_go_on_and_never_cut(client):
    make_home("de")
    word = "Nachbarschaftsüberwachungsgruppenzusammenarbeit "
    problem, therefore = (word * 9)[: LONGEST - 1] + ".", ("Verantwortungsbewusstsein " * 9)[: LONGEST - 1] + "!"
    threats = [
        (
            "threat",
            {"text": f"{mark} " + ("Gefahrenabwehrverordnung " * 30)[: LONGEST_WARNING - 6] + mark, "editorial": True},
        )
        for mark in ("eins", "zwei", "drei")
    ]
    original = make_pattern(number=8, title="P", diagram=DOT, diagram_text="Ein Punkt")
    title = "Selbstorganisierte Nachbarschaftswachen und Nachrichtengruppen im ländlichen Raum"
    texts = {"title": title, "card_problem": problem, "card_therefore": therefore, "considerations": threats}
    translate(original, "de", **texts)
    for size, (width, height) in (("a6", (105, 148.5)), ("a7", (74.25, 105))):
        content = client.get(f"/de/cards/pdf/?items=DIY-08&size={size}").content
        found = text_of(content)
        for words in (title, problem, therefore, *(value["text"] for _kind, value in threats)):
            assert squeezed(words) in found
        pages = reader(content).pages
        assert len(pages) == 2
        for page, mirrored in ((pages[0], False), (pages[1], True)):
            assert_nothing_is_cut(page, width, height, mirrored=mirrored)


def assert_nothing_is_cut(page, width, height, *, mirrored):
    """The only card of the sheet lies in its corner, and its foot alone stands at its lower edge."""
    unit = width / 105
    sheet_width = float(page.mediabox.width) / 72 * 25.4
    cards: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for x, y, text in places(page):
        column = int((sheet_width - x if mirrored else x) / width)
        row = int(y / height)
        assert 0 <= column <= 3
        cards.setdefault((column, row), []).append((y - row * height, text))
    assert len(cards) <= 4  # what does not fit goes on with a card of its own
    for lines in cards.values():
        lowest = max(y for y, _text in lines)
        assert lowest <= height - 5.9 * unit
        # Two lines of the foot are 4 units apart; between them and the text there is a rule with air on both sides.
        assert all(lowest - y < 4.2 * unit or lowest - y > 5 * unit for y, _text in lines)
        above = max((y for y, _text in lines if lowest - y > 5 * unit), default=0)
        assert above < height - 13 * unit


def test_titles_of_two_lines_and_long_problems_stay_above_the_foot(client):
    problem = "Wer sich unsicher fühlt, schaut hin und schreibt den anderen. " * 3
    make_pattern(number=8, title="Nachbarschaftswache im Dorf und in der Stadt", card_problem=problem, diagram=DOT)
    for size, (width, height) in (("a6", (105, 148.5)), ("a7", (74.25, 105))):
        page = reader(client.get(f"/en/cards/pdf/?items=DIY-08&size={size}").content).pages[0]
        assert_nothing_is_cut(page, width, height, mirrored=False)


def test_right_to_left_languages_begin_on_the_right():
    from dataclasses import replace

    from django.contrib.auth.models import AnonymousUser

    from printing.cards import Deck
    from printing.deck import data

    page = make_pattern(number=8, title="שמירה שכונתית", code="w", slug="w", card_problem="אנשים מפחדים.", group="act")
    deck = Deck("en", AnonymousUser(), "a6", ["diy-08"])
    deck.chosen = [replace(deck.chosen[0], language="he")]
    made = engine.pdf("deck", {**data(deck, str), "lang": "he"}, page.last_published_at)
    front = {text: x for x, _y, text in places(reader(made).pages[0])}
    assert front["Act"] > 52 + 105  # the tab stands first where the language begins, and so does the card
    assert reader(made).trailer["/Root"]["/Lang"] == "he"


def test_files_are_tagged_and_say_title_language_and_what_pictures_show(client, watch):
    content = client.get("/en/cards/pdf/?items=DIY-08").content
    file = reader(content)
    root = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "en"
    assert file.metadata.title == "Cards to print"
    assert b"pdfuaid:part>1<" in content or file.xmp_metadata.rdf_root.toxml().count("pdfuaid")
    elements = structure(content)
    alternatives = {str(element["/Alt"]) for element in elements if "/Alt" in element}
    assert {"One dot", "Confidence: 1 of 2 stars"} <= alternatives
    assert "Square code with the address http://testserver/p/DIY-08" in alternatives
    assert {"/H1", "/H2", "/H3", "/L"} <= {element["/S"] for element in elements}


def test_the_same_cards_give_the_same_bytes(client, watch, monkeypatch):
    monkeypatch.setattr("printing.answers._kept", lambda key, make: make())
    first, second = (client.get("/en/cards/pdf/").content for _ in range(2))
    assert first == second


def test_text_is_never_code(client):
    for number, words in enumerate(('#panic("x")', "$x$ @y <z> *w*", '#read("/etc/passwd")', "\\u{41} // no"), 1):
        make_pattern(number=number, title=words, card_problem=words, code=f"c{number}", slug=f"c{number}")
        assert text_of(client.get(f"/en/cards/pdf/?items=DIY-0{number}").content).count(squeezed(words)) >= 2


def test_templates_ask_for_no_package_and_run_no_text():
    for path in engine.TEMPLATES.glob("*.typ"):
        assert "@" not in path.read_text()
        assert "eval(" not in path.read_text()
    assert not Path(engine.NOWHERE).exists()


@pytest.mark.without_check
def test_a_letter_that_no_font_holds_costs_the_check_not_the_file(client):
    make_pattern(number=1, title="Watch 警")
    assert "Watch" in text_of(client.get("/en/cards/pdf/?items=DIY-01").content)


@pytest.mark.parametrize("query", ["size=a5", "items=", "items=,,,", "items=nothing", "items=%00", "size=%FF&items=x"])
def test_what_cannot_be_printed_is_said(client, watch, query):
    for path, status in (("/en/cards/", 200), ("/en/cards/pdf/", 404)):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == status
        assert "There is no" in answer.content.decode() or "No card is chosen" in answer.content.decode()


def test_a_deck_has_an_end(client, watch, monkeypatch):
    monkeypatch.setattr("printing.cards.MOST", 1)
    make_pattern(number=2)
    assert client.get("/en/cards/pdf/?items=DIY-08,DIY-02").status_code == 404


def test_the_page_shows_the_sheets_and_what_is_chosen(client, watch):
    page = client.get("/en/cards/?items=DIY-08,legend&size=a7").content.decode()
    for words in (
        "Neighbourhood watch",
        "Rumours travel.",
        'value="DIY-08" checked',
        'value="legend" checked',
        "2 cards",
    ):
        assert words in page
    assert 'value="blank" checked' not in page


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_language_has_page_and_deck(client, watch, language):
    assert client.get(f"/{language}/cards/").status_code == 200
    assert reader(client.get(f"/{language}/cards/pdf/").content).trailer["/Root"]["/Lang"] == language


@pytest.mark.parametrize("path", ["/en/cards/", "/en/cards/pdf/"])
def test_more_cards_take_no_more_queries(client, watch, path):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def more(first: int) -> None:
        for number in range(first, first + 3):
            related(watch, make_pattern(number=number), "complements")
            make_practice()

    more(30)
    client.get(path)
    few = count()
    more(40)
    client.get(path)
    assert count() == few
