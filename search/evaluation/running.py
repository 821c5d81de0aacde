"""Puts questions to an engine, the way the search page does."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..engines.base import Engine
from ..parsing import parse
from ..rescue import find
from ..shown import Shown
from . import judged, squad
from .cases import Case, Outcome
from .metrics import CUT
from .scratch import Scratch, scratch_index
from .typos import with_typo

# What of the other language stands in the index beside the texts that are asked for.
BRIDGES = ("none", "titles", "texts")


@dataclass(frozen=True)
class Options:
    half: str = ""
    typos: bool = False
    cross: str = ""  # the language of the questions, where it is not that of the texts
    bridge: str = "none"
    limit: int = 0  # questions of each language; 0 is all


def ask(cases: Iterable[Case], engine: Engine, named: Mapping[str, str] | None = None) -> list[Outcome]:
    """Each question's first hits; `named` gives subjects the names by which the judgements know them."""
    shown = Shown()
    outcomes = []
    for case in cases:
        query = replace(parse(case.text, case.language), limit=CUT)
        answer = find(query, shown, engine)
        if answer.found.degraded:
            raise judged.WrongJudgement(f"{engine.name} did not answer, another engine did.")
        subjects = [match.subject for match in answer.found.matches]
        ranked = tuple(named.get(subject, subject) if named else subject for subject in subjects)
        outcomes.append(Outcome(case, ranked, answer.found.total, answer.step))
    return outcomes


def own(languages: Sequence[str], engine: Engine, options: Options) -> dict[str, list[Outcome]]:
    """The project's own questions to the site as it is loaded."""
    named = judged.names_of_subjects()
    sets = {language: judged.read(language, options.half) for language in languages or judged.languages()}
    judged.check_names((case for cases in sets.values() for case in cases), named)
    if options.cross:
        sets = {language: [case for case in cases if case.asks == "crosslingual"] for language, cases in sets.items()}
    return {language: ask(_prepared(cases, options), engine, named) for language, cases in sets.items()}


def external(path: Path, languages: Sequence[str], engine: Engine, options: Options) -> dict[str, list[Outcome]]:
    """A set in the form of SQuAD, each language in a scratch index of its own."""
    files = squad.files(path)
    sets = {language: squad.read(files[language]) for language in files}
    wanted = [language for language in languages or sets if language != options.cross]
    outcomes = {}
    for language in wanted:
        asked_in = options.cross or language
        if missing := {language, asked_in} - sets.keys():
            raise judged.WrongJudgement(f"{path} holds no set in {', '.join(sorted(missing))}.")
        cases = squad.cases(sets[asked_in], asked_in, options.half)
        with scratch_index(engine) as scratch:
            scratch.put(_documents(scratch, sets, language, options))
            outcomes[language] = ask(_prepared(cases, options), engine)
    return outcomes


def _documents(scratch: Scratch, sets: Mapping[str, list[squad.Paragraph]], language: str, options: Options) -> Any:
    for number, paragraph in enumerate(sets[language]):
        yield scratch.document(f"{language}:{number}", paragraph.subject, language, body=paragraph.text)
    if options.cross and options.bridge != "none":
        for number, sibling in enumerate(sets[options.cross]):
            body = sibling.text if options.bridge == "texts" else ""
            key = f"{options.cross}:{number}"
            yield scratch.document(key, sibling.subject, options.cross, title=sibling.title, body=body)


def _prepared(cases: list[Case], options: Options) -> list[Case]:
    if options.limit:
        cases = sorted(cases, key=lambda case: zlib.crc32(case.text.encode()))[: options.limit]
    return [replace(case, text=with_typo(case.text)) for case in cases] if options.typos else cases
