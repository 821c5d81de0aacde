"""Are the interface catalogues complete? Every text translated, none fuzzy, the same placeholders on both sides.

Runs in the project's environment. English is the language of the msgids: an empty English msgstr is its msgid.
"""

import re
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from portal.settings.languages import LANGUAGE_CODE, LANGUAGES

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif%]|\{\w*\}")
FORMS = re.compile(r".*nplurals=(\d).*")
SHOWN = 5


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def problem(entry: polib.POEntry, may_be_empty: bool, forms: int) -> str:
    if entry.fuzzy:
        return "fuzzy"
    if entry.msgid_plural and len(entry.msgstr_plural) != forms:
        return f"{len(entry.msgstr_plural)} plural forms instead of {forms}"
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(texts):
        return "" if may_be_empty and not any(texts) else "not translated"
    # A singular may leave its number out (“one comment”); the plural forms may not.
    wanted = placeholders(entry.msgid_plural or entry.msgid)
    if any(placeholders(text) != wanted for text in (texts[1:] if entry.msgid_plural else texts)):
        return "placeholders differ"
    return ""


def check(language: str) -> list[str]:
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return [f"{path.relative_to(ROOT)} is missing"]
    found = []
    catalogue = polib.pofile(str(path))
    forms = int(FORMS.sub(r"\1", catalogue.metadata["Plural-Forms"]))  # a missing one would be shown in English
    for entry in catalogue:
        if not entry.obsolete and (why := problem(entry, language == LANGUAGE_CODE, forms)):
            found.append(f"{path.relative_to(ROOT)}:{entry.linenum}: {why}: {entry.msgid[:70]!r}")
    return found


def main() -> int:
    problems = {language: check(language) for language, _ in LANGUAGES}
    for language, found in problems.items():
        print(f"{language}: {'complete' if not found else f'{len(found)} to mend'}")
        for line in found[:SHOWN]:
            print(f"  {line}")
    return int(any(problems.values()) and "--report" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
