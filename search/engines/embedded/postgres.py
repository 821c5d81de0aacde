"""Tokens in a tsvector: it finds the candidates, and BM25 in Python ranks the best of them.

PostgreSQL's own ts_rank knows nothing of how rare a word is and falls behind BM25 on every test set, so it only
chooses which documents are worth the exact score.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from portal import searchable

from ... import bulk
from ...models import Document
from ...shown import Shown
from . import memory, postings
from .bm25 import saturation
from .memory import RANK, SUBJECT, TOLD
from .plan import MANY, LanguagePlan, Plan, without_needless
from .scoring import NAMED, PHRASE, TYPED, Occurrences, parts_of, score_rows, share_of, shares
from .store import FIELD_WEIGHTS, Crowd, Matched, Row, TokensByField, Worth, average_length, exact_rows, with_exact

RESCORED = 300
# Where a field begins among the positions of a tsvector, which end at 16383: so one vector keeps all fields apart.
FIELD_STARTS = {"title": 0, "labels": 500, "summary": 1500, "headings": 2000, "asked": 3000, "body": 4000}
STARTS, WEIGHTS = list(FIELD_STARTS.values()), [FIELD_WEIGHTS[name] for name in FIELD_STARTS]
LAST_POSITION = 16_383
POSITIONS_PER_WORD = 255
# Class A stays free for marking the words of a query, see WORDS_OF_QUERY.
CLASSES = {"title": "B", "labels": "B", "summary": "C", "headings": "C", "asked": "C", "body": ""}
CLOSENESS = "{0.1, 0.4, 1.0, 1.0}"  # what a word adds to ts_rank in each class, from D to A
HOLDING = """
    SELECT holding.ids, holding.closeness FROM unnest(%s::text[]) WITH ORDINALITY AS ways (way, number),
    search_texts_holding(way::tsquery, %s::text[], %s::real[]) AS holding ORDER BY number
"""
WORDS_OF_QUERY = "ts_filter(setweight(vector, 'A', %s::text[]), '{a}')::text"
NEXT_IDS = "SELECT nextval(pg_get_serial_sequence('search_document', 'id')) FROM generate_series(1, %s)"
Positions = Mapping[str, set[int]]
LEXEME = re.compile(r"'([^']+)':([\dA,]+)")


class PostgresStore:
    def match(self, plan: Plan, shown: Shown, *, dated: bool = False) -> Matched:
        if not plan.languages:
            return Matched(exact_rows(with_exact(shown.documents, plan), dated))
        without = () if shown.with_apart else tuple(searchable.kinds_apart())
        typed = [part for part in parts_of(plan) if part.weight == TYPED and part.position != PHRASE]
        places = _holding([[part.token] for part in typed], without)
        found = [(part.position, its) for part, its in zip(typed, places, strict=True)]
        plan = without_needless(plan, {position for position, (ids, _closeness) in found if len(ids) > MANY})
        others: dict[int, list[str]] = defaultdict(list)
        for part in parts_of(plan):
            if part.weight != TYPED:
                others[part.position].append(part.token)
        found += zip(others, _holding(others.values(), without), strict=True)
        terms = _terms(found)
        if any(language.phrases or language.excluded for language in plan.languages):
            [wanted] = _scanned([" | ".join(map(_in_language, plan.languages))], without)
            terms = {pk: terms.get(pk, 0) for pk in wanted[0]}  # nothing but what must occur, without what must not
            found.append((PHRASE, wanted))
        return _ranked(memory.entries(terms, shown), terms, [its for _position, its in found], plan, dated)

    def write(self, rows: list[Document], tokens: list[TokensByField]) -> None:
        """In one go: to add the tokens afterwards would write each row, and all that leads to it, twice."""
        with connection.cursor() as cursor:
            cursor.execute(NEXT_IDS, [len(rows)])
            for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = pk
        values = ((*bulk.values_of(row), vector(its)) for row, its in zip(rows, tokens, strict=True))
        bulk.insert("search_document", (*bulk.columns_of(Document), "vector"), values)


def vector(fields: TokensByField) -> str:
    """The literal of a tsvector. Tokens hold letters and digits alone, so quoting them is safe."""
    positions: dict[str, list[str]] = {}
    starts = [*FIELD_STARTS.values(), LAST_POSITION + 1]
    for (name, start), end in zip(FIELD_STARTS.items(), starts[1:], strict=True):
        for offset, token in enumerate(fields[name], start=1):
            if start + offset >= end:
                break
            positions.setdefault(token, []).append(f"{start + offset}{CLASSES[name]}")
    return " ".join(f"'{token}':{','.join(found[:POSITIONS_PER_WORD])}" for token, found in positions.items())


def _in_language(plan: LanguagePlan) -> str:
    wanted = " & ".join(_phrase(phrase) for phrase in plan.phrases) or _any_of(plan.tokens)
    without = "".join(f" & !({_phrase(phrase)})" for phrase in plan.excluded)
    return f"(({wanted}){without})"


def _phrase(tokens: Iterable[str]) -> str:
    return "(" + " <-> ".join(f"'{token}'" for token in tokens) + ")"


def _any_of(tokens: Iterable[str]) -> str:
    """A token of several words, which synonyms may be, is a phrase."""
    return " | ".join(_phrase(token.split()) for token in tokens)


def _all_tokens(plan: Plan) -> list[str]:
    """Every token that adds to the score, those that stand together one by one."""
    return list(dict.fromkeys(token for part in parts_of(plan) for token in part.token.split()))


def _holding(ways: Collection[list[str]], without: tuple[str, ...]) -> list[postings.Places]:
    """The documents that hold any of some tokens, and how close they are to them, for each of several such lists.

    The index says so; to ask of each document which terms it holds would read all their texts. What many hold is kept.
    """
    wanted = [_any_of(tokens) for tokens in ways]
    kept = postings.current() if without else {}  # with kinds kept apart, other documents hold them
    found = {way: kept[way] for way in wanted if way in kept}
    if missing := [way for way in dict.fromkeys(wanted) if way not in found]:
        scanned = dict(zip(missing, _scanned(missing, without), strict=True))
        postings.keep(kept, scanned)
        found |= scanned
    return [found[way] for way in wanted]


def _scanned(ways: list[str], without: tuple[str, ...]) -> list[postings.Places]:
    with connection.cursor() as cursor:
        cursor.execute(HOLDING, [ways, list(without), CLOSENESS])
        return cursor.fetchall()


def _terms(found: Iterable[tuple[int, postings.Places]]) -> dict[int, int]:
    """Which terms of the query each document holds, as bits."""
    terms: dict[int, int] = {}
    for position, (ids, _closeness) in found:
        bit = 1 << position
        for pk in ids:
            terms[pk] = terms.get(pk, 0) | bit
    return terms


def _ranked(
    entries: dict[int, memory.Entry], terms: Mapping[int, int], found: list[postings.Places], plan: Plan, dated: bool
) -> Matched:
    alike: dict[int, list[int]] = defaultdict(list)  # few combinations
    for pk in entries:
        alike[terms[pk]].append(pk)
    share = shares({held: len(ids) for held, ids in alike.items()}, plan)
    covered = {held: share_of(held, share) for held in alike}
    exact = memory.named(entries, plan)
    best, closeness = _best(alike, covered, exact, found)

    def row(pk: int) -> Row:
        row = memory.row(pk, entries[pk], exact.get(pk, 0))
        row.score = closeness.get(pk, 0.0) / 1000  # comes after what is scored
        row.terms, row.covered = (held := terms[pk]), covered[held]
        return row

    apart = entries.keys() if dated else best | exact.keys() | _of_shared_subjects(entries)
    rows = [row(pk) for pk in entries if pk in apart]
    crowds: list[Crowd] = []
    if len(rows) < len(entries):
        highest = max(closeness.values(), default=0.0) / 1000 * max(entry[RANK] for entry in entries.values())
        for held, ids in alike.items():
            same: dict[memory.Told, list[int]] = defaultdict(list)
            for pk in ids:
                if pk not in apart:
                    same[entries[pk][TOLD]].append(pk)
            crowds += [Crowd(*told, held, covered[held], its, row, highest) for told, its in same.items()]
    worth = _rescore([row for row in rows if row.id in best], matched := Matched(rows, crowds), plan)
    worth.share = share
    for each in rows:
        each.worth = worth
    return matched


def _of_shared_subjects(entries: Mapping[int, memory.Entry]) -> set[int]:
    """Those of subjects that several documents are about."""
    subjects = [entry[SUBJECT] for entry in entries.values()]
    if len(set(subjects)) == len(subjects):
        return set()
    times = Counter(subjects)
    return {pk for pk, entry in entries.items() if times[entry[SUBJECT]] > 1}


def _best(
    alike: Mapping[int, list[int]],
    covered: Mapping[int, float],
    exact: Mapping[int, int],
    found: list[postings.Places],
) -> tuple[set[int], dict[int, float]]:
    """Those that are worth the exact score: what holds most of the query, and of what holds as much the closest.

    How close a text is to the words is counted only of those among which it decides, and told of them.
    """
    places: dict[tuple[int, float], list[int]] = defaultdict(list)
    for held, ids in alike.items():
        places[0, covered[held]] += [pk for pk in ids if pk not in exact] if exact else ids
        for pk in exact.keys() & ids if exact else ():
            places[exact[pk], covered[held]].append(pk)
    best: set[int] = set()
    deciding: list[int] = []
    for place in sorted(places, reverse=True):
        deciding = places[place]
        if len(best) + len(deciding) > RESCORED:
            break
        best.update(deciding)
    else:
        return best, {}
    if len(best) == RESCORED:
        return best, {}
    closeness = dict.fromkeys(deciding, 0.0)
    for its, values in found:
        for pk, value in zip(its, values, strict=True):
            if pk in closeness:
                closeness[pk] += value / len(found)
    closest = sorted(sorted(closeness), key=closeness.__getitem__, reverse=True)  # of equal ones the first written
    return best.union(closest[: RESCORED - len(best)]), closeness


def _rescore(best: list[Row], matched: Matched, plan: Plan) -> Worth:
    """Gives the best rows BM25 scores; the others come after them, by how close they are where that was asked."""
    if not best:
        return Worth({})
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, length, {WORDS_OF_QUERY} FROM search_document WHERE id = ANY(%s::bigint[])",
            [_all_tokens(plan), _array(row.id for row in best)],
        )
        found = cursor.fetchall()
    average = average_length()
    texts = [(pk, _positions(words), length / average) for pk, length, words in found]
    return score_rows(best, _occurrences(best, matched, plan, texts), plan.counts)


def _array(ids: Iterable[int]) -> str:
    """As PostgreSQL reads it: thousands of numbers, which the driver would look at one by one."""
    return "{" + ",".join(map(str, ids)) + "}"


def _occurrences(
    best: list[Row], matched: Matched, plan: Plan, texts: list[tuple[int, Positions, float]]
) -> Occurrences:
    """Where each part of the query occurs in the best texts.

    All documents that hold a term are among those that matched, since any token makes a match, so they tell how rare it
    is; with phrases only texts that have them are among them.
    """
    alike = matched.alike()
    matching: Counter[str] = Counter()
    for (language, _terms), number in alike.items():
        matching[language] += number
    holding = _holding_terms(alike, plan)
    known = {pk for pk, _positions, _length in texts}
    looked_at = _holding_terms(Matched([row for row in best if row.id in known]).alike(), plan)
    for part in parts_of(plan):
        tokens = part.token.split()
        found = {}
        for pk, positions, relative_length in texts:
            if starts := _starts(tokens, positions):
                named = NAMED if min(starts) <= FIELD_STARTS["summary"] else 0.0
                found[pk] = saturation(_weight(starts), relative_length) + named
        term = part.language, part.position
        # As often among all that hold the term as among those that were looked at, which are all unless there are many.
        share = len(found) / looked_at[term] if looked_at[term] else 1.0
        yield part, matching[part.language] if part.position == PHRASE else round(holding[term] * share), found


def _holding_terms(alike: Mapping[tuple[str, int], int], plan: Plan) -> Counter[tuple[str, int]]:
    """How many texts hold each term, by language and position."""
    found: Counter[tuple[str, int]] = Counter()
    for (language, terms), number in alike.items():
        for place in range(plan.term_count):
            found[language, place] += number * (terms >> place & 1)
    return found


def _positions(words: str) -> Positions:
    """Where each token of the query stands in a text."""
    return {
        token: {int(position) for position in positions.replace("A", "").split(",")}
        for token, positions in LEXEME.findall(words)
    }


def _starts(tokens: list[str], positions: Positions) -> set[int]:
    """Where the tokens stand one after the other."""
    starts = positions.get(tokens[0], set())
    for step, token in enumerate(tokens[1:], start=1):
        starts = starts & {position - step for position in positions.get(token, ())}
    return starts


def _weight(starts: set[int]) -> float:
    """How often that is, weighted by field."""
    return sum(WEIGHTS[bisect_left(STARTS, position) - 1] for position in starts)
