import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from library.models import TopicIndexPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user

from . import service as services

DEFINITION = (
    '<p>Ring <b>the bell</b> &amp; read <a href="https://example.org/">the rules</a>.</p>'
    "<p>Type <code>lamp on</code> twice.</p><p>https://example.org/lanterns</p><p>press@example.org</p><p>2017</p>"
)


@pytest.fixture
def service(settings):
    with services.running() as one:
        settings.MACHINE_TRANSLATION = "libretranslate"
        settings.MACHINE_TRANSLATION_URL = one.url
        settings.MACHINE_TRANSLATION_SECONDS = 0.5
        yield one


@pytest.fixture
def translation(db):
    """Of a published page into French, begun as a draft: no text is there."""
    make_home("fr")
    make_index(TopicIndexPage, "topics", "fr")
    english = make_topic(title="Lanterns at night", summary="About lanterns.", definition=DEFINITION)
    source, _created = TranslationSource.update_or_create_from_instance(english)
    translation = Translation.objects.create(source=source, target_locale=locale("fr"))
    page = english.copy_for_translation(locale("fr"))
    page.save_revision()
    return translation


@pytest.fixture
def translator(db):
    return make_user("Translators fr")


def texts(translation):
    """What is written, by the text that it translates."""
    rows = StringTranslation.objects.filter(locale=translation.target_locale).select_related("translation_of")
    return {row.translation_of.data: row.data for row in rows}


def segment(translation, text):
    found = StringSegment.objects.filter(source=translation.source, string__data=text)
    return found.select_related("string", "context").first()


def address(translation):
    return reverse("translation_machine", args=[translation.target_locale.language_code, translation.pk])
