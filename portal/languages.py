"""The reader's language, names of languages in it, and the order of its words."""

import unicodedata

from django.conf import settings
from django.utils.translation import get_language, get_language_info

# Languages that write the names of languages small in a sentence, where Django gives them a capital.
SMALL = {"fr", "it", "es", "ca"}


def active_language() -> str:
    """The code of the language in which the reader reads the site."""
    return get_language() or settings.LANGUAGE_CODE


def language_name(code: str) -> str:
    """The name of the language `code` in the active language; the code itself where nobody has named it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def language_in_sentence(code: str) -> str:
    """The same inside a sentence: “en anglais”."""
    name = language_name(code)
    return name.lower() if get_language() in SMALL else name


def alphabetical(text: str) -> str:
    """What words are sorted by: letters without their accents, so that É stands under E."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
