"""Marks the words asked for in stored plain text. Everything is escaped before a mark is set."""

from collections.abc import Iterable, Iterator
from html import escape  # Django's own asks each time whether its text is lazy
from typing import NamedTuple

from django.utils.safestring import SafeString

SNIPPET = 230  # characters
LOOK_BACK = 70  # before the first mark, to begin with its sentence
MARKS_PER_WORD = 6  # places of one word looked at: the beginning of a text tells what it is about
STARTS = 12  # marks at which a snippet may begin
ELLIPSIS = "…"
MARK, MARK_END = "<mark>", "</mark>"


class Span(NamedTuple):
    start: int
    end: int
    word: str


def spans(text: str, spellings: Iterable[str]) -> list[Span]:
    """Where whole words of `spellings` stand in the text."""
    lowered = _lower(text)
    found: list[Span] = []
    for word in spellings:
        at = lowered.find(word)
        marks = 0
        while at >= 0 and marks < MARKS_PER_WORD:
            end = at + len(word)
            if not (at and lowered[at - 1].isalnum()) and not (end < len(lowered) and lowered[end].isalnum()):
                found.append(Span(at, end, word))
                marks += 1
            at = lowered.find(word, end)
    return sorted(found)


def marked(text: str, spellings: Iterable[str]) -> SafeString:
    return _mark(text, spans(text, spellings))


def most_marked(lines: Iterable[str], spellings: Iterable[str]) -> tuple[SafeString, int]:
    """The line with most of the words, the first of equal ones, and how many different ones it has; it may be none."""
    spellings = tuple(spellings)
    best, best_found, most = "", list[Span](), 0
    for line in lines:
        found = spans(line, spellings)
        if len(found) > most and (number := len({span.word for span in _one_by_one(found)})) > most:
            best, best_found, most = line, found, number
    return _mark(best, best_found), most


class Passage(NamedTuple):
    """A part of a text with its words marked, and the number of the line in which it stands."""

    html: SafeString
    line: int


NOWHERE = Passage(SafeString(""), -1)


def best_passage(text: str, spellings: Iterable[str]) -> Passage:
    """The passage with most of the words, within one paragraph; `NOWHERE` if none of them occurs."""
    found = spans(text, spellings)
    if not found:
        return NOWHERE
    first = _best(text, found)
    line_start = text.rfind("\n", 0, found[first].start) + 1
    line_end = text.find("\n", found[first].start)
    line_end = len(text) if line_end < 0 else line_end
    start = _beginning(text, found[first].start, line_start, line_end)
    end = _ending(text, start, line_end)
    inside = [
        Span(span.start - start, span.end - start, span.word)
        for span in found
        if span.start >= start and span.end <= end
    ]
    passage = _mark(text[start:end], inside)
    before = "" if start == line_start else ELLIPSIS + " "
    after = "" if end == line_end else " " + ELLIPSIS
    return Passage(SafeString(f"{before}{passage}{after}"), text.count("\n", 0, found[first].start))


def _best(text: str, found: list[Span]) -> int:
    """The mark at which the passage with most of the words begins."""
    return max(range(min(len(found), STARTS)), key=lambda n: _richness(text, found, n))


def _richness(text: str, found: list[Span], first: int) -> tuple[int, int]:
    """How many different words, and how many marks, a snippet beginning at this mark shows."""
    begin = found[first].start
    line_end = text.find("\n", begin, begin + SNIPPET)
    limit = line_end if line_end >= 0 else begin + SNIPPET - LOOK_BACK
    words = set()
    last = first
    while last < len(found) and found[last].end <= limit:
        words.add(found[last].word)
        last += 1
    return len(words), last - first


def _beginning(text: str, mark: int, line_start: int, line_end: int) -> int:
    """A start some words before the mark: the paragraph's or the sentence's if near, else between two words."""
    if line_end - line_start <= SNIPPET or mark - line_start <= LOOK_BACK:
        return line_start
    earliest = mark - LOOK_BACK
    sentence = max(text.rfind(stop, earliest, mark) for stop in (". ", "! ", "? ", "; "))
    if sentence >= 0:
        return sentence + 2
    space = text.find(" ", earliest, mark)
    return space + 1 if space >= 0 else mark


def _ending(text: str, start: int, line_end: int) -> int:
    if line_end - start <= SNIPPET:
        return line_end
    space = text.rfind(" ", start, start + SNIPPET)
    return space if space > start else start + SNIPPET


def _mark(text: str, found: Iterable[Span]) -> SafeString:
    parts: list[str] = []
    done = 0
    for start, end, _word in _one_by_one(found):
        parts += [escape(text[done:start]), MARK, escape(text[start:end]), MARK_END]
        done = end
    return SafeString("".join([*parts, escape(text[done:])]))


def _one_by_one(found: Iterable[Span]) -> Iterator[Span]:
    """Those that get a mark: none begins within another."""
    done = 0
    for span in found:
        if span.start >= done:
            yield span
            done = span.end


def _lower(text: str) -> str:
    """Lower case, letter for letter, so that places stay the same."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
