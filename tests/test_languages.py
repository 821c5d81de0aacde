"""A new language of the site is forgotten nowhere: whatever keeps words of each language has them for all."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

LANGUAGES = {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize(
    "known",
    [
        "portal.words.analysis.SNOWBALL",
        "portal.words.stopwords.STOPWORDS",
        "portal.words.stopwords.FILLERS",
        "portal.explained.PLURALS",
        "portal.guard.languages.CODES",
        "portal.guard.phones.SERVICES",
        "portal.guard.shapes.EXEMPT_IN",
        "search.engines.elasticsearch.analysis.STEMMERS",
        "search.thesaurus.COLUMNS",
        "translation.languages.LANGUAGES",
    ],
)
def test_every_language_of_the_site_is_known(known):
    assert LANGUAGES - set(import_string(known)) == set()


def test_interface_has_a_catalogue_for_every_language_and_none_else():
    assert {path.name for path in (settings.BASE_DIR / "locale").iterdir()} == LANGUAGES
