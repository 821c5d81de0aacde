"""Many articles with comments, made from the pattern pages of the first content and inserted in bulk.

Each is a full pattern page (the richest page type: forces, considerations, uses, sources, relations) whose texts are
drawn from the sentences of the real patterns, about 800 words in all. So pages, listings and search work on text and
rows like the real ones, only more of them.
"""

import itertools
import json
import random
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.db import connection, models, transaction
from django.utils import timezone
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from community.models import CommentState, DiscussionThread, State
from patterns.models import PatternIndexPage, PatternPage, PatternRelation
from portal import stamps
from portal.models import PageFacet, PageSource, PageTag

WORDS = 800
COMMENTS = 20
MADE = "bench-"  # the slugs of made articles begin so
TEXT_FIELDS = ("context", "problem", "solution")
STREAMS = ("forces", "building_blocks", "when_to_use", "when_not_to_use", "considerations", "guidance")
SHORTEST_TEXT = 6  # words; a shorter string in a stream is a code, a date or a name


class Writer:
    """Texts of a wanted length from the sentences of the real patterns."""

    def __init__(self, patterns: list[PatternPage]) -> None:
        self.random = random.Random(8)
        texts = [getattr(page, name) for page in patterns for name in TEXT_FIELDS]
        texts += [text for page in patterns for name in STREAMS for text in long_texts(raw(page, name))]
        plain = re.sub(r"<[^>]+>", " ", " ".join(texts))
        self.sentences = [part.split() for part in re.split(r"(?<=[.?!])\s+", plain) if len(part.split()) > 3]

    def text(self, words: int) -> str:
        chosen: list[str] = []
        while len(chosen) < words:
            chosen += self.random.choice(self.sentences)
        return " ".join(chosen[:words]).rstrip(".,;:") + "."

    def rewritten(self, value: Any, scale: float) -> Any:
        if isinstance(value, dict):
            return {key: item if key == "id" else self.rewritten(item, scale) for key, item in value.items()}
        if isinstance(value, list):
            return [self.rewritten(item, scale) for item in value]
        words = len(value.split()) if isinstance(value, str) else 0
        return self.text(max(4, round(words * scale))) if words >= SHORTEST_TEXT else value


def raw(page: PatternPage, name: str) -> list:
    return list(getattr(page, name).raw_data)


def long_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from long_texts(item)
    elif isinstance(value, str) and len(value.split()) >= SHORTEST_TEXT:
        yield value


def count_words(page: PatternPage) -> int:
    texts = [re.sub(r"<[^>]+>", " ", getattr(page, name)) for name in TEXT_FIELDS]
    texts += [text for name in STREAMS for text in long_texts(raw(page, name))]
    return sum(len(text.split()) for text in texts)


def insert(objects: list, model: type[models.Model]) -> None:
    """Insert the rows of `model` alone: Django's bulk_create refuses models that extend another's table."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    rows = [[field.get_db_prep_save(field.pre_save(item, True), connection) for field in fields] for item in objects]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", rows)


@transaction.atomic
def build(size: int) -> bool:
    """Make `size` articles, unless an earlier run has."""
    if Page.objects.filter(slug__startswith=MADE).exists():
        return False
    patterns = list(PatternPage.objects.filter(locale__language_code="en", live=True).order_by("number"))
    index = PatternIndexPage.objects.get(locale__language_code="en")
    pages = make_pages(size, patterns, index)
    owners = {PageSource: "page_id", PageTag: "content_object_id", PatternRelation: "page_id", PageFacet: "page_id"}
    copy_rows(pages, patterns[1:] + patterns[:1], owners)
    add_comments(pages, Writer(patterns))
    stamps.touch(stamps.SITE, stamps.TERMS)
    return True


def make_pages(size: int, patterns: list[PatternPage], index: PatternIndexPage) -> list[PatternPage]:
    writer = Writer(patterns)
    pages = [article(number, patterns[number % len(patterns)], writer) for number in range(1, size + 1)]
    inserted(pages, index)
    return pages


def inserted(pages: list[Any], index: Page) -> None:
    """Put pages of one type below their index."""
    step = int(index.get_last_child().path[-Page.steplen :], 36)
    for number, page in enumerate(pages, 1):
        page.path = Page._get_path(index.path, index.depth + 1, step + number)
        page.url_path = f"{index.url_path}{page.slug}/"
    base = [field.name for field in Page._meta.local_concrete_fields if field.name != "id"]
    rows = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in base}) for page in pages], 500)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = page.page_ptr_id = row.pk
    insert(pages, type(pages[0]))
    Page.objects.filter(pk=index.pk).update(numchild=models.F("numchild") + len(pages))


def article(number: int, model: PatternPage, writer: Writer) -> PatternPage:
    page = PatternPage.objects.get(pk=model.pk)
    scale = WORDS / count_words(page)
    for name in TEXT_FIELDS:
        words = len(re.sub(r"<[^>]+>", " ", getattr(page, name)).split())
        setattr(page, name, f"<p>{writer.text(round(words * scale))}</p>")
    for name in STREAMS:
        setattr(page, name, json.dumps(writer.rewritten(raw(page, name), scale)))
    page.pk = page.id = None
    page.number = 1000 + number
    page.title = page.draft_title = f"{model.title} {number}"
    page.slug = page.code = f"{MADE}{number}"
    page.translation_key = uuid.uuid4()
    page.latest_revision = page.live_revision = page.alias_of = None
    page.numchild = 0
    return page


def copy_rows(pages: list[Any], patterns: list[Any], owners: dict[type[models.Model], str]) -> None:
    """Rows such as sources, tags and filter codes, as the model pages have them, whose turns the pages take.

    `owners` names what leads to the page in each type of row.
    """
    for model, owner in owners.items():
        rows = {page.pk: list(model.objects.filter(**{owner: page.pk})) for page in patterns}
        copies = []
        for page, source in zip(pages, itertools.cycle(patterns), strict=False):
            for row in rows[source.pk]:
                values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
                values |= {owner: page.pk} | ({"translation_key": uuid.uuid4()} if "translation_key" in values else {})
                copies.append(model(**values))
        model.objects.bulk_create(copies, 500)


def add_comments(pages: list[PatternPage], writer: Writer) -> None:
    threads = DiscussionThread.objects.bulk_create(
        [DiscussionThread(translation_key=page.translation_key) for page in pages], 500
    )
    site, kind = Site.objects.get_current(), ContentType.objects.get_for_model(DiscussionThread)
    now = timezone.now()
    texts = [
        XtdComment(
            content_type=kind,
            object_pk=str(thread.pk),
            site=site,
            user_name=f"Visitor {number}",
            comment=writer.text(40),
            submit_date=now - timedelta(hours=COMMENTS - number),
            thread_id=0,
        )
        for thread in threads
        for number in range(COMMENTS)
    ]
    base = XtdComment._meta.pk.related_model
    names = [field.name for field in base._meta.local_concrete_fields if not field.primary_key]
    made = base._base_manager.bulk_create(
        [base(**{name: getattr(text, name) for name in names}) for text in texts], 500
    )
    for text, row in zip(texts, made, strict=True):
        text.pk = text.id = text.comment_ptr_id = row.pk
    insert(texts, XtdComment)
    add_states(threads, texts)


def add_states(threads: list[DiscussionThread], texts: list[XtdComment]) -> None:
    """Every third comment begins an exchange, the next answers it, the one after that answers the answer."""
    states: dict[int, CommentState] = {}
    for level in range(3):
        for place in (place for place in range(len(texts)) if place % COMMENTS % 3 == level):
            text, above = texts[place], states.get(place - 1) if level else None
            states[place] = CommentState(
                comment_id=text.pk,
                thread=threads[place // COMMENTS],
                parent=above,
                path=above.path_below(text.pk) if above else f"{text.pk:010d}",
                language="fr" if place % 4 == 3 else "en",
                state=State.PUBLISHED,
                guest=True,
                digest=f"{text.pk:064d}",
                posted_at=text.submit_date,
            )
        CommentState.objects.bulk_create([state for state in states.values() if state.pk is None], 500)
