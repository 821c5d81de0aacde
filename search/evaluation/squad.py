"""Question sets in the form of SQuAD: every paragraph is a document, every question asks for its own paragraph."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .cases import BEST_GRADE, Case

LANGUAGE = re.compile(r"(?:^|[._-])([a-z]{2})$")


@dataclass(frozen=True)
class Paragraph:
    subject: str  # the same in every language of a parallel set: its place in the file
    title: str  # of the article it comes from
    text: str
    questions: tuple[tuple[str, str], ...]  # id, text


def language_of(path: Path) -> str:
    """From the end of the name, as in xquad.de.json."""
    found = LANGUAGE.search(path.stem)
    return found[1] if found else ""


def files(path: Path) -> dict[str, Path]:
    """The sets below a folder, or the one file, by language."""
    found = sorted(path.glob("*.json")) if path.is_dir() else [path]
    return {language: each for each in found if (language := language_of(each))}


def read(path: Path) -> list[Paragraph]:
    return list(_paragraphs(json.loads(path.read_text("utf-8"))))


def _paragraphs(content: Any) -> Iterator[Paragraph]:
    number = 0
    for article in content["data"]:
        title = str(article.get("title", "")).replace("_", " ")
        for paragraph in article["paragraphs"]:
            number += 1
            asked = tuple((str(row["id"]), str(row["question"])) for row in paragraph["qas"])
            yield Paragraph(f"paragraph {number}", title, str(paragraph["context"]), asked)


def cases(paragraphs: list[Paragraph], language: str, half: str = "") -> list[Case]:
    return [
        Case(text=text, language=language, grades={paragraph.subject: BEST_GRADE}, asks="question", half=half_of(key))
        for paragraph in paragraphs
        for key, text in paragraph.questions
        if not half or half_of(key) == half
    ]


def half_of(key: str) -> str:
    """Always the same half for the same question, in every language."""
    return "test" if hashlib.sha256(key.encode()).digest()[0] % 2 else "dev"
