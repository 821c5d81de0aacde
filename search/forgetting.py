"""Words of texts that were erased for somebody's sake, taken out of the index itself.

Deleting a document leaves its words in the list of words until the next rebuild, and in the pages of the full-text
table until these are merged. Nothing is shown because of them, but a name must not lie there.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import connection
from django.dispatch import receiver

from portal import searchable
from portal.words.analysis import clean, words

from .engines.embedded.sqlite import APART, TEXT
from .models import Word

AT_ONCE = 400


@receiver(searchable.erased)
def texts_were_erased(sender: Any, texts: Iterable[str], **kwargs: Any) -> None:
    texts = [clean(text) for text in texts]
    for language, _name in settings.LANGUAGES:
        forget(language, {word for text in texts for word in words(text, language)})
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in (TEXT, APART):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def forget(language: str, erased: Collection[str]) -> None:
    """Delete those of the words that no text holds any more."""
    wanted = sorted(erased)
    for start in range(0, len(wanted), AT_ONCE):
        known = Word.objects.filter(language=language, word__in=wanted[start : start + AT_ONCE])
        unused = [pk for pk, token in known.values_list("pk", "token") if not token or not _stands_anywhere(token)]
        Word.objects.filter(pk__in=unused).delete()


def _stands_anywhere(token: str) -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            phrase = '"{}"'.format(token.replace('"', ""))
            either = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE {table} MATCH %s" for table in (TEXT, APART))
            cursor.execute(f"SELECT 1 FROM ({either}) LIMIT 1", [phrase, phrase])
        else:
            cursor.execute(
                "SELECT 1 FROM search_document WHERE vector @@ array_to_tsvector(ARRAY[%s])::text::tsquery LIMIT 1",
                [token],
            )
        return cursor.fetchone() is not None
