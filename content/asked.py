"""What readers ask for pages and terms: one file for each language, `<language>/asked.yaml`.

    type: asked_as
    subjects:
      pattern/neighbourhood-watch:
        - rules for a street’s chat group

A subject is named by its kind and its code, the same in every language, and may have wordings in languages into which
it is not translated.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.apps import apps

from portal import searchable

from .files import Loader
from .kinds import ASKED, ASKED_FILE
from .problems import Place, Problem
from .references import NOT_LOADED, References


@dataclass(frozen=True)
class Asked:
    """The wordings of one subject in one language."""

    subject: str  # kind/code
    language: str
    wordings: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return ASKED, self.subject, self.language

    @property
    def text(self) -> str:
        return "\n".join(self.wordings)

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class Subject(NamedTuple):
    """Where to look for what is asked for."""

    label: str
    code: str
    is_there: bool  # on this site already

    def is_there_with(self, codes: Collection[str]) -> bool:
        """Or will be once these are loaded. What was deleted on the site is not."""
        return self.is_there or self.code in codes


def subjects(references: References) -> dict[str, Subject]:
    """What can be asked for, in the files and on the site, by kind and code."""
    found = {}
    for code, (label, pk) in references.pages.items():
        found[f"{apps.get_model(label).kind}/{code}"] = Subject(label, code, pk != NOT_LOADED)
    for label, codes in references.rows.items():
        if registration := searchable.registration(apps.get_model(label)):
            for code, pk in codes.items():
                found[f"{registration.kind}/{code}"] = Subject(label, code, pk != NOT_LOADED)
    return found


def read_asked(root: Path, languages: Iterable[str], known: Collection[str], found: list[Problem]) -> list[Asked]:
    """The files of these languages; `known` are the subjects that there are, in the files and on the site."""
    rows: list[Asked] = []
    for language in languages:
        path = root / language / ASKED_FILE
        if path.exists():
            rows += _read(path, language, known, Place(f"{language}/{ASKED_FILE}", found))
    return rows


def _read(path: Path, language: str, known: Collection[str], place: Place) -> Iterator[Asked]:
    try:
        data = yaml.load(path.read_bytes(), Loader=Loader)  # noqa: S506 - both loaders are safe ones
    except (yaml.YAMLError, UnicodeDecodeError):
        return  # `read_records` has said so
    subjects = data.get("subjects") if isinstance(data, dict) else None
    for unknown in set(data or ()) - {"type", "subjects"}:
        place.at(str(unknown)).complain("not a known field")
    if not isinstance(subjects, dict):
        place.at("subjects").complain("a mapping of kind/code to lists of wordings is needed")
        return
    for subject, wordings in subjects.items():
        here = place.at(str(subject))
        if subject not in known:
            close = get_close_matches(str(subject), known, n=1)
            here.complain("nothing has this kind and code" + (f"; did you mean “{close[0]}”?" if close else ""))
        elif lines := _lines(wordings, here):
            yield Asked(subject, language, lines)


def _lines(wordings: Any, place: Place) -> tuple[str, ...]:
    if not isinstance(wordings, list) or not wordings:
        place.complain("a list of wordings is needed")
        return ()
    model: Any = apps.get_model("search.AskedAs")
    if len(wordings) > model.MOST:
        place.complain(f"at most {model.MOST} wordings, and this has {len(wordings)}")
    lines: list[str] = []
    for number, wording in enumerate(wordings):
        here = place.entry(number)
        line = " ".join(wording.split()) if isinstance(wording, str) else ""
        if not line:
            here.complain("a text is needed")
        elif len(line) > model.LONGEST:
            here.complain(f"at most {model.LONGEST} characters, and this has {len(line)}: {line[:40]}…")
        elif line in lines:
            here.complain(f"stands here twice: {line[:40]}")
        lines.append(line)
    return tuple(lines)


def write_asked(rows: Iterable[Asked], known: Mapping[str, Subject]) -> None:
    """Wordings that the site does not have; the index follows once for all of them."""
    model: Any = apps.get_model("search.AskedAs")
    there = set(model.objects.values_list("subject", "language"))
    keys = {row.subject: _translation_key(known[row.subject]) for row in rows}
    new = [
        model(subject=subject, language=row.language, wordings=row.text)
        for row in rows
        if (subject := keys[row.subject]) and (subject, row.language) not in there
    ]
    searchable.changed.send(model, instances=model.objects.bulk_create(new))


def _translation_key(subject: Subject) -> str:
    rows = apps.get_model(subject.label)._default_manager.filter(code=subject.code).order_by("pk")
    key = rows.values_list("translation_key", flat=True).first()
    return str(key) if key else ""
