"""A language that runs from right to left needs no style sheet of its own."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from portal import addresses, serving
from tests.factories import locale, make_home, make_pattern, translate

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "patterns", "practices", "workshops", "library", "search", "community", "translation", "printing")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
PHYSICAL = re.compile(
    r"""(?<![\w-])(?:
        (?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:left|right)(?:-\w+)*\s*:
        |border-(?:top|bottom)-(?:left|right)-radius\s*:
        |(?:left|right)\s*:
        |(?:text-align|float|clear)\s*:\s*(?:left|right)\b
    )""",
    re.X,
)


def sheets():
    return [sheet for app in APPS for sheet in sorted((ROOT / app).rglob("*.css")) if "vendor" not in sheet.parts]


def test_style_sheets_know_no_left_and_right():
    """Test 77 and row 34: what stands at the start of a line is said by logical properties."""
    found = []
    for sheet in sheets():
        text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), sheet.read_text())
        for number, line in enumerate(text.splitlines(), 1):
            if PHYSICAL.search(line):
                found.append(f"{sheet.relative_to(ROOT)}:{number}: {line.strip()}")
    assert len(sheets()) > 10
    assert not found


@pytest.mark.parametrize("line", ["margin-left: 1px", "  left:0", "float: right", "border-top-left-radius: 3px"])
def test_physical_properties_are_recognised(line):
    assert PHYSICAL.search(line)


@pytest.mark.parametrize(
    "line", ["margin-inline-start: 1px", "grid-area: left", "inset-inline-start: 0", "--left: 1px"]
)
def test_logical_properties_and_names_are_left_alone(line):
    assert not PHYSICAL.search(line)


@pytest.fixture
def arabic(db, settings, monkeypatch):
    """A language of the site that runs from right to left, with one page translated and one not."""
    for module in (addresses, serving):
        monkeypatch.setattr(module, "LANGUAGE_CODES", [*addresses.LANGUAGE_CODES, "ar"])
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    locale("ar")
    translated = make_pattern(number=8, title="Neighbourhood watch")
    page = translate(translated, "ar", title="حراسة الحي", slug="watch")
    return page, make_pattern(number=9, title="Lantern")


def test_direction_follows_the_language_of_the_page_and_of_each_part(arabic):
    """Tests 63 and 77."""
    assert make_home("ar")
    page, english = arabic
    with translation.override("ar"):
        own = Client().get(f"/ar/patterns/{page.slug}/").content.decode()
        fallback = Client().get(f"/ar/patterns/{english.slug}/").content.decode()
    assert re.search(r'<html[^>]* lang="ar"[^>]* dir="rtl"', own)
    assert re.search(r'<html[^>]* lang="ar"[^>]* dir="rtl"', fallback)
    assert re.search(r'<[a-z]+[^>]* lang="en"[^>]* dir="ltr"|<[a-z]+[^>]* dir="ltr"[^>]* lang="en"', fallback)
