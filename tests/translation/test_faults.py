"""No door lets a text go public that would break the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationSource

from library.models import GlossaryTerm
from tests.factories import locale, make_topic
from tests.factories.editing import make_user, signed_in
from tests.factories.sections import make_term
from translation.faults import faults

from .walking import make_trees, published, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(db):
    """A published page, complete and published in French and German."""
    make_trees("fr", "de")
    english = make_topic(title="Subject", summary="About it.", body=[("paragraph", "<p>Read <b>it</b>.</p>")])
    return published(english, "fr", "de")


def of(source, language):
    return source.translations.get(target_locale=locale(language))


def written(path, text, language="fr"):
    """By whoever asks nobody: a load, an older version of the site."""
    rows = StringTranslation.objects.filter(locale=locale(language), context__path__startswith=path)
    assert rows.update(data=text, has_error=False)


def summary(source, language="fr"):
    return of(source, language).get_target_instance().summary


def test_editor_does_not_publish_a_text_with_an_error(source, django_capture_on_commit_callbacks):
    """Test 34 of the list, pitfall P20: what wagtail-localize's own check lets pass."""
    written("summary", "Nouveau")
    written("body", "Lisez <b>cela.")
    page = of(source, "fr").get_target_instance()
    address, client = reverse("wagtailadmin_pages:edit", args=[page.pk]), signed_in("Coordinators")
    with django_capture_on_commit_callbacks(execute=True):
        refused = client.post(address, {"action": "publish", "gaps": "whatever"})
    assert refused.status_code == 409
    assert "Lisez cela." in refused.content.decode()
    assert "&lt;b&gt; is not closed." in refused.content.decode()
    assert summary(source) == "fr 3"
    written("body", "Lisez <b>cela</b>.")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"action": "publish"}).status_code == 302
    assert summary(source) == "Nouveau"


def test_handing_out_publishes_the_languages_without_errors_and_names_the_others(
    source, django_capture_on_commit_callbacks
):
    """Pitfall P22: a title that is too long is told and not passed over."""
    for language in ("fr", "de"):
        written("summary", "New", language)
    written("title", "x" * 256)
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        told = signed_in("Coordinators").post(address, {"publish_translations": "on"}, follow=True).content.decode()
    assert "French was not published" in told
    assert "256 characters, and there is room for 255" in told
    assert (summary(source, "fr"), summary(source, "de")) == ("fr 3", "New")


def test_neither_approval_nor_a_selection_publishes_errors(source):
    written("summary", "Lisez <i>cela")
    page = of(source, "fr").get_target_instance()
    page.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert "is not closed" in signed_in("Coordinators").post(f"{bulk}?id={page.pk}").content.decode()
    page.get_workflow().start(page, make_user("Editors"))
    actions = page.current_workflow_task.get_actions(page, make_user("Coordinators", name="another"))
    assert "approve" not in {name for name, *_rest in actions}


def test_entry_with_an_error_is_not_published(source):
    english = make_term("watch", term="Watch")
    entries, _created = TranslationSource.update_or_create_from_instance(english)
    translation = translated(entries, "fr", "Veille")
    translation.save_target(publish=True)
    entry = GlossaryTerm.objects.get(locale=locale("fr"))
    written("term", "x" * 121)
    address = reverse(GlossaryTerm.snippet_viewset.get_url_name("edit"), args=[entry.pk])
    assert signed_in("Coordinators").post(address, {"action": "publish"}).status_code == 409
    assert GlossaryTerm.objects.get(locale=locale("fr")).term == entry.term


def test_faults_name_the_text_and_their_queries_do_not_grow(source):
    assert faults(of(source, "fr")) == []

    def found(paragraphs):
        english = source.get_source_instance()
        english.body = [("paragraph", "".join(f"<p>Read {number}.</p>" for number in range(paragraphs)))]
        english.save_revision().publish()
        source.update_from_db()
        for one in source.stringsegment_set.all():
            StringTranslation.objects.update_or_create(
                translation_of_id=one.string_id,
                context_id=one.context_id,
                locale=locale("fr"),
                defaults={"data": "<b>x"},
            )
        translation = of(source, "fr")
        with CaptureQueriesContext(connection) as queries:
            found = faults(translation)
        assert len(found) == source.stringsegment_set.count() > paragraphs
        assert str(found[0]).startswith("“x”: ")
        return len(queries)

    assert found(10) == found(20)


def test_locked_translation_is_not_published(source):
    page = of(source, "fr").get_target_instance()
    Page.objects.filter(pk=page.pk).update(locked=True)
    address, client = reverse("wagtailadmin_pages:edit", args=[page.pk]), signed_in("Coordinators")
    before = Page.objects.get(pk=page.pk).live_revision_id
    assert client.post(address, {"action": "publish", "gaps": "whatever"}).status_code in (302, 403)
    assert Page.objects.get(pk=page.pk).live_revision_id == before


def test_texts_are_told_as_readers_see_them(source):
    written("body", "Chats &amp; chiens<br/>ensemble <b>ici")
    assert "Chats & chiens ensemble ici" in " ".join(str(faults(of(source, "fr"))[0]).split())
