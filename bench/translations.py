"""The translation desk at size: pages in six languages with 40 texts each, most of them translated.

`make bench ARGS="--translation"`. Rows are inserted in bulk; what is measured is the desk's own work, in CPU time of
this process: a page of the desk, the states of one subject after an edit, and counting everything anew.
"""

import random
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from library.models import TopicIndexPage, TopicPage
from patterns.models import PatternPage
from translation import states
from translation.models import TranslationStatus

from .articles import Writer, insert

TEXTS = 40
MADE = "bench-translation-"
WORDS_OF_A_TEXT = 20
TRANSLATED = 0.9  # of the texts; the desk has something to show
DESK_QUERIES, DESK_MS, REFRESH_MS = 15, 60.0, 200.0
ROUNDS = 15


def run(size: int) -> None:
    if not Page.objects.filter(slug__startswith=MADE).exists():
        started = time.monotonic()
        build(size)
        print(f"  {size} pages, {StringTranslation.objects.count()} texts in {time.monotonic() - started:.0f} s")
    rebuilt = cpu(lambda: states.rebuild(_tell))
    print(f"\n  everything counted anew  {rebuilt / 1000:>8.1f} s CPU, {TranslationStatus.objects.count()} states")
    asked, desk = desk_page_of_a_server()
    print(
        f"  page of the desk         {asked:>5} queries {desk:>8.1f} ms CPU   goals: {DESK_QUERIES}, {DESK_MS:.0f} ms"
    )
    queries, refresh = after_an_edit()
    print(f"  states after one edit    {queries:>5} queries {refresh:>8.1f} ms CPU   goal: {REFRESH_MS:.0f} ms")
    missed = asked > DESK_QUERIES or desk > DESK_MS or refresh > REFRESH_MS
    print(f"\n{'Missed.' if missed else 'Every goal is met.'}")


def _tell(done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        print(f"    {done} of {total}", flush=True)


def cpu(do: Callable[[], Any]) -> float:
    """Milliseconds of CPU time."""
    started = time.process_time()
    do()
    return (time.process_time() - started) * 1000


def desk_page_of_a_server() -> tuple[int, float]:
    """In a process of its own, as a server asks it, not among the remains of the counting."""
    words = "import django; django.setup(); from bench.translations import desk_page; print(*desk_page())"
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.split()
    return int(said[-2]), float(said[-1])


def desk_page() -> tuple[int, float]:
    client = Client()
    user = User.objects.get_or_create(username="bench-translator")[0]
    user.groups.set(Group.objects.filter(name="Translators fr"))
    client.force_login(user)
    address = "/admin/translation/fr/"
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries), statistics.median(cpu(lambda: client.get(address)) for _round in range(ROUNDS))


def after_an_edit() -> tuple[int, float]:
    times, number = [], 0
    for page in TopicPage.objects.filter(slug__startswith=MADE, locale__language_code="en")[:ROUNDS]:
        page.summary = f"Edited at {time.time()}."
        page.save_revision().publish()
        with CaptureQueriesContext(connection) as queries:
            times.append(cpu(lambda key=page.translation_key: states.refresh(key)))  # type: ignore[misc]
        number = max(number, len(queries))
    return number, statistics.median(times)


@transaction.atomic
def build(size: int) -> None:
    english = Locale.objects.get(language_code="en")
    writer = Writer(list(PatternPage.objects.filter(locale=english, live=True)))
    pages = make_pages(size, english, writer)
    sources = make_sources(pages, english)
    targets = [locale for locale in states.site_locales() if locale.pk != english.pk]
    for locale in targets:
        make_translations(pages, sources, locale)


def make_pages(size: int, locale: Locale, writer: Writer) -> list[TopicPage]:
    pages = []
    for number in range(1, size + 1):
        slug = f"{MADE}{number}"
        paragraphs = "".join(f"<p>{writer.text(WORDS_OF_A_TEXT)} ({n})</p>" for n in range(TEXTS - 2))
        pages.append(
            TopicPage(
                title=f"Topic {number}",
                draft_title=f"Topic {number}",
                slug=slug,
                code=slug,
                summary=f"Summary {number}.",
                definition=paragraphs,
                translation_key=uuid.uuid4(),
            )
        )
    return insert_pages(pages, locale)


def insert_pages(pages: list[TopicPage], locale: Locale) -> list[TopicPage]:
    """Below the topics of a language."""
    index = TopicIndexPage.objects.get(locale=locale)
    last = index.get_last_child()
    step = int(last.path[-Page.steplen :], 36) if last else 0
    kind, now = pages[0].content_type, timezone.now()
    for number, page in enumerate(pages, 1):
        page.pk = page.id = page.page_ptr_id = None
        page.locale, page.content_type, page.live, page.depth = locale, kind, True, index.depth + 1
        page.path = Page._get_path(index.path, index.depth + 1, step + number)
        page.url_path = f"{index.url_path}{page.slug}/"
        page.first_published_at = page.last_published_at = now
    base = [field.name for field in Page._meta.local_concrete_fields if field.name != "id"]
    rows = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in base}) for page in pages], 500)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = page.page_ptr_id = row.pk
    insert(pages, TopicPage)
    Page.objects.filter(pk=index.pk).update(numchild=models.F("numchild") + len(pages))
    return pages


def make_sources(pages: list[TopicPage], locale: Locale) -> list[TranslationSource]:
    """What wagtail-localize makes of a page that is sent: its texts, each with its place."""
    kind = pages[0].content_type
    TranslatableObject.objects.bulk_create(
        [
            TranslatableObject(
                translation_key=page.translation_key, content_type=ContentType.objects.get_for_model(Page)
            )
            for page in pages
        ],
        500,
    )
    now = timezone.now()
    sources = TranslationSource.objects.bulk_create(
        [
            TranslationSource(
                object_id=page.translation_key,
                specific_content_type=kind,
                locale=locale,
                object_repr=page.title,
                content_json=page.to_json(),
                created_at=now,
                last_updated_at=now,
            )
            for page in pages
        ],
        100,
    )
    texts = {page.pk: [one for one in extract_segments(page) if isinstance(one, StringSegmentValue)] for page in pages}
    strings = _strings({one.string.data for values in texts.values() for one in values}, locale)
    places = _places(pages, texts)
    StringSegment.objects.bulk_create(
        [
            StringSegment(
                source=source,
                context_id=places[page.translation_key, one.path],
                string_id=strings[one.string.data],
                order=order,
                attrs="{}",
            )
            for page, source in zip(pages, sources, strict=True)
            for order, one in enumerate(texts[page.pk])
        ],
        2000,
    )
    return sources


def _strings(texts: set[str], locale: Locale) -> dict[str, int]:
    rows = [String(locale=locale, data=text, data_hash=String._get_data_hash(text)) for text in texts]
    String.objects.bulk_create(rows, 2000, ignore_conflicts=True)
    return dict(String.objects.filter(locale=locale).values_list("data", "pk"))


def _places(pages: list[TopicPage], texts: dict[int, list[Any]]) -> dict[tuple[uuid.UUID, str], int]:
    rows = [
        TranslationContext(object_id=page.translation_key, path=path, path_id=TranslationContext._get_path_id(path))
        for page in pages
        for path in dict.fromkeys(one.path for one in texts[page.pk])
    ]
    made = TranslationContext.objects.bulk_create(rows, 2000)
    return {(row.object_id, row.path): row.pk for row in made}


def make_translations(pages: list[TopicPage], sources: list[TranslationSource], locale: Locale) -> None:
    chance = random.Random(locale.pk)
    copies = [TopicPage(**{f.name: getattr(page, f.name) for f in TopicPage._meta.concrete_fields}) for page in pages]
    insert_pages(copies, locale)
    Translation.objects.bulk_create([Translation(source=source, target_locale=locale) for source in sources], 500)
    segments = StringSegment.objects.filter(source__in=[source.pk for source in sources])
    now = timezone.now()
    rows = [
        StringTranslation(
            translation_of_id=string,
            context_id=context,
            locale=locale,
            data=f"{locale.language_code} {string}",
            translation_type="manual",
            created_at=now,
            updated_at=now,
        )
        for string, context in segments.values_list("string_id", "context_id")
        if chance.random() < TRANSLATED
    ]
    StringTranslation.objects.bulk_create(rows, 2000)
    TranslationLog.objects.bulk_create([TranslationLog(source=source, locale=locale) for source in sources], 500)
