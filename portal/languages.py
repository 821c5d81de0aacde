"""Names of languages in the reader's language."""

from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """The name of the language `code` in the active language; the code itself where nobody has named it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
