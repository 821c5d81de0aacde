"""Pages whose translations go out as files and come in again."""

from wagtail_localize.models import Translation, TranslationSource

from library.models import TopicIndexPage
from tests.factories import locale, make_home, make_index, make_topic
from translation import writing
from translation.exchange.outgoing import texts

LINK = '<a href="https://example.org/">the statutes</a>'


def made(title, *languages, definition="", **fields):
    """A page with links and formatting, sent to be translated into `languages`, of which nothing is written yet."""
    for language in languages:
        make_home(language)
        make_index(TopicIndexPage, "topics", language)
    definition = definition or f"<p>Read {LINK} & <b>ask</b> 3 people.</p><p>Nobody decides alone.</p>"
    page = make_topic(title=title, summary="Who watches & who decides.", definition=definition, **fields)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    found = []
    for language in languages:
        copy = page.copy_for_translation(locale(language))
        copy.save()
        found.append(Translation.objects.create(source=source, target_locale=locale(language)))
    return found


def segment(translation, source):
    return translation.source.stringsegment_set.select_related("string", "context").get(string__data=source)


def write(translation, source, text, *, user=None, via=writing.Via.EDITOR):
    return writing.write(translation, segment(translation, source), text, user=user, via=via)


def data_of(translation):
    """What is written, by the text of the original."""
    return {row.translation_of.data: row.data for row in texts(translation).values()}
