"""The catalogues of the interface have every text of the code, and each language says it in its own way."""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import ngettext

from tests.services.plugin import missing

ROOT = Path(settings.BASE_DIR)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
NOT_READ = (".*", "tests", "bench", "static", "locale", "docs", "__pycache__", "media", "node_modules")


def program(name):
    return shutil.which(name) or missing("gettext was not found")


def catalogue(folder, language):
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def messages(path):
    return {(one.msgctxt, one.msgid, one.msgid_plural) for one in polib.pofile(str(path)) if not one.obsolete}


def test_every_text_of_the_code_stands_in_every_catalogue_and_no_other(tmp_path):
    """Else readers of six languages would meet English. Run `make messages`, and translate."""
    program("xgettext")
    copy = tmp_path / "code"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_READ))
    (copy / "locale").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    collect = ["-m", "django", "makemessages", "--locale", "en", "--no-wrap", "--no-location"]
    subprocess.run([sys.executable, *collect], cwd=copy, env=environment, check=True, capture_output=True, timeout=300)
    in_the_code = messages(catalogue(copy, "en"))
    assert len(in_the_code) > 1000
    for language in LANGUAGES:
        kept = messages(catalogue(ROOT, language))
        assert not sorted(map(str, in_the_code - kept))[:10], f"not in the catalogue of {language}"
        assert not sorted(map(str, kept - in_the_code))[:10], f"in the catalogue of {language} alone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_gettext_finds_nothing_wrong_with_a_catalogue(language, tmp_path):
    check = [program("msgfmt"), "--check-format", "--check-domain", "-o", tmp_path / "x.mo", catalogue(ROOT, language)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not polib.pofile(str(catalogue(ROOT, language))).fuzzy_entries()


SAID = {
    "en": ("1 March 2017", "March 2017", "1,234,567.5"),
    "fr": ("1 mars 2017", "mars 2017", "1\xa0234\xa0567,5"),
    "nl": ("1 maart 2017", "maart 2017", "1.234.567,5"),
    "de": ("1. März 2017", "März 2017", "1.234.567,5"),
    "it": ("1 marzo 2017", "marzo 2017", "1.234.567,5"),
    "es": ("1 de marzo de 2017", "marzo de 2017", "1\xa0234\xa0567,5"),
    "ca": ("1 març de 2017", "març del 2017", "1.234.567,5"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_numbers_are_written_as_the_language_does(language):
    day = datetime.date(2017, 3, 1)
    with translation.override(language):
        found = (
            formats.date_format(day),
            formats.date_format(day, "YEAR_MONTH_FORMAT"),
            formats.number_format(1234567.5, 1, force_grouping=True),
        )
    assert found == SAID[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_follow_the_rule_of_the_language_and_are_all_translated(language):
    one, many = "%d text is not translated yet.", "%d texts are not translated yet."
    alone = {0, 1} if language == "fr" else {1}
    with translation.override(language):
        said = {number: ngettext(one, many, number) for number in (0, 1, 2, 5, 11, 21, 100, 1_000_000)}
    singular, plural = said[1], said[2]
    assert singular != plural
    assert {number for number, text in said.items() if text == singular} == alone
    assert {number for number, text in said.items() if text == plural} == said.keys() - alone
    assert (singular == one, plural == many) == (language == "en", language == "en")
