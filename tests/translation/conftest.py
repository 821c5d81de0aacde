import pytest
from wagtail_localize.models import Translation, TranslationSource

from tests.factories import add_source, locale, make_home, make_resource, make_topic
from tests.factories.editing import make_user

from .walking import make_trees, published


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Runs what waits for the end of the transaction, also what that leaves behind."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def people(commit, db):
    """By what they do; the writer has written nothing yet."""
    with commit():
        make_home("fr")
    return {
        "writer": make_user("Translators fr", name="writer"),
        "coordinator": make_user("Coordinators", name="coordinator"),
    }


@pytest.fixture
def translation(people, commit):
    """Of a page whose French version is live."""
    with commit():
        make_trees("fr")
        return published(make_topic(title="Subject", summary="About it"), "fr").translations.get()


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
