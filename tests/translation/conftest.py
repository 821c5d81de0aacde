import pytest
from wagtail_localize.models import Translation, TranslationSource

from tests.factories import add_source, locale, make_home, make_resource, make_topic


@pytest.fixture
def french(db):
    """The published French translation of a page with a source, kept by wagtail-localize."""
    make_home("fr")
    english = make_topic(title="Subject")
    add_source(english, make_resource(title="Report on lanterns"))
    source, _created = TranslationSource.update_or_create_from_instance(english)
    translation = Translation.objects.create(source=source, target_locale=locale("fr"))
    source.update_or_create_from_instance(english.get_parent().specific)
    english.get_parent().specific.copy_for_translation(locale("fr"))
    translation.save_target(publish=True)
    return translation.get_target_instance()
