"""Links, images and pages that differ in one language, on the workbench and without scripts."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission, Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation, TranslationSource

from library.models import TopicPage
from portal.models import PageSource, PortalImage
from tests.factories import locale, make_home, make_index, make_resource, make_workshop
from tests.factories.editing import make_user, signed_in
from tests.factories.sections import make_series
from translation import memory, review, states, writing
from translation.models import NO_LANGUAGE, State, TextEvent, TranslationStatus, Via
from workshops.models import WorkshopIndexPage

from .remembering import explain, submit
from .test_workbench import address

pytestmark = pytest.mark.django_db
RULES = "https://example.org/rules/"


def picture(title):
    rights = {"description": f"{title} seen", "credit": "c", "licence": "l"}
    return PortalImage.objects.create(title=title, file=get_test_image_file(f"{title.lower()}.png"), **rights)


@pytest.fixture
def translation(french):
    translation = TranslationSource.objects.get(object_id=french.translation_key).translations.get()
    english = translation.source.get_source_instance()
    english.definition = f'<p>Read <a href="{RULES}">the rules</a> first.</p>'
    english.image = picture("Lantern")
    english.save_revision().publish()
    translation.source.update_from_db()
    for one in translation.source.stringsegment_set.select_related("string", "context"):
        text = one.string.data.replace("Read", "Lisez") + " (fr)"
        key = {"translation_of": one.string, "context": one.context, "locale": locale("fr")}
        StringTranslation.objects.update_or_create(**key, defaults={"data": text, "translation_type": "manual"})
    return translation


@pytest.fixture
def translator(client):
    user = make_user("Translators fr", name="maud")
    client.force_login(user)
    return user


@pytest.fixture
def link(translation):
    return value_at(translation, "definition.")


def value_at(translation, path):
    found = OverridableSegment.objects.filter(source=translation.source).select_related("context")
    return found.get(context__path__startswith=path)


def url(translation, one, language="fr"):
    return reverse("translation_value", args=[language, translation.pk, one.pk])


def fields_of(page, one):
    """The hidden fields of its form, as a browser would send them."""
    form = page.content.decode().partition(f'id="vf-{one.pk}"')[2].partition("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'name="(expected|path)" value="([^"]*)"', form)}


def send(client, translation, one, page=None, **fields):
    page = page or client.get(address(translation))
    return client.post(url(translation, one), {**fields_of(page, one), "do": "own", **fields})


def row_of(response, one):
    return next(row for row in response.context["shown"] if row.segment == one)


def own(translation, one):
    found = writing.chosen(translation, one)
    return found.data if found else None


def test_what_a_page_belongs_to_is_the_same_in_every_language(client, translator):
    make_home("fr")
    make_index(WorkshopIndexPage, "workshops", "fr")
    workshop = make_workshop(title="Berlin", series=make_series(title="Six workshops"))
    translation = submit(workshop)
    another = make_series(title="Another")
    series = value_at(translation, "series")
    page = client.get(address(translation))
    assert f'id="vf-{series.pk}"' not in page.content.decode()
    client.post(url(translation, series), {"expected": "", "path": "series", "value": str(another.pk), "do": "choose"})
    assert not SegmentOverride.objects.exists()


def published(translation, commit):
    with commit(execute=True):
        translation.save_target(publish=True)
    return TopicPage.objects.get(pk=translation.get_target_instance().pk)


class TestThePage:
    def test_values_stand_at_their_place_with_what_the_original_has(self, client, translation, translator, link):
        response = client.get(address(translation))
        shown = [(row.group, row.name, getattr(row, "number", None)) for row in response.context["shown"]]
        at = shown.index(("Definition", "Link", None))
        assert shown[at - 1][:2] == ("Definition", "Paragraph")
        html = response.content.decode()
        assert html.count('<h2 class="bench-group">Definition</h2>') == 1
        assert RULES in html
        assert 'alt="Lantern seen"' in html
        assert "Report on lanterns" in html
        assert {row.name for row in response.context["shown"] if not hasattr(row, "number")} == {
            "Link",
            "Lead image",
            "Resource",
        }  # a code or a name follows the original
        to_do = client.get(address(translation, show="todo")).context["shown"]
        assert all(hasattr(row, "number") for row in to_do)

    def test_drafts_of_others_are_not_named(self, client, translation, translator):
        resource = PageSource.objects.get(page__locale__language_code="en").resource
        Page.objects.filter(pk=resource.pk).update(live=False)
        assert "Report on lanterns" not in client.get(address(translation)).content.decode()

    def test_the_number_of_queries_does_not_grow_with_the_values(self, client, translation, translator):
        english = translation.source.get_source_instance()
        counts = []
        for number in (6, 12):
            english.definition = "".join(f'<p><a href="https://example.org/{one}/">L</a></p>' for one in range(number))
            english.save_revision().publish()
            for one in range(PageSource.objects.filter(page=english).count(), number):
                place = {"page_id": english.pk, "locale": english.locale, "sort_order": one}
                PageSource.objects.create(resource=make_resource(), **place)
            translation.source.update_from_db()
            other = make_resource(title=f"Édition {number}")
            for one in OverridableSegment.objects.filter(source=translation.source).select_related("context"):
                if one.context.path.startswith("definition."):
                    writing.override(translation, one, f"https://example.fr/{one.pk}/", user=translator)
                elif "resource" in one.context.path:
                    writing.override(translation, one, str(other.pk), user=translator)
            client.get(address(translation))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address(translation)).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 75


class TestChoosing:
    def test_another_link_is_kept_and_shows_on_the_published_page(
        self, client, translation, translator, link, django_capture_on_commit_callbacks
    ):
        response = send(client, translation, link, value="https://example.fr/regles/")
        assert response.url == f"{reverse('translation_workbench', args=['fr', translation.pk])}?value={link.pk}"
        assert client.get(response.url).content.decode().count("autofocus") == 1
        page = published(translation, django_capture_on_commit_callbacks)
        assert 'Lisez <a href="https://example.fr/regles/">' in page.definition
        send(client, translation, link, do="same")
        assert own(translation, link) is None
        assert RULES in published(translation, django_capture_on_commit_callbacks).definition

    def test_image_and_page_are_chosen_from_what_there_is(
        self, client, translation, translator, django_capture_on_commit_callbacks
    ):
        lamp, edition = picture("Lampion"), make_resource(title="Édition française")
        for path, thing in (("image", lamp), ("portal_sources", edition)):
            assert send(client, translation, value_at(translation, path), value=str(thing.pk)).status_code == 302
        html = client.get(address(translation)).content.decode()
        assert 'alt="Lampion seen"' in html
        assert "Édition française" in html
        page = published(translation, django_capture_on_commit_callbacks)
        assert page.image == lamp
        assert page.portal_sources.get().resource == edition

    def test_unsafe_address_is_refused_beside_the_field_which_keeps_it(self, client, translation, translator, link):
        for typed in ("javascript:alert(1)", "//evil.example", "data:text/html,x", "nonsense"):
            response = send(client, translation, link, value=typed)
            html = response.content.decode()
            assert response.status_code == 400
            field = re.search(rf'<input type="text" id="v-{link.pk}"[^>]*>', html)[0]
            assert f'value="{typed}"' in field
            assert 'aria-invalid="true"' in field
            assert "Enter a web address" in html or "not a web address" in html
        assert own(translation, link) is None
        assert not TextEvent.objects.filter(source_language=NO_LANGUAGE).exists()

    def test_what_may_not_be_chosen_is_refused(self, client, translation, translator):
        source = value_at(translation, "portal_sources")
        hidden = make_resource(title="Undisclosed plan", live=False)
        for value in (hidden.pk, translation.get_target_instance().pk, 10**30, "²", "javascript:alert(1)"):
            response = send(client, translation, source, value=str(value))
            assert response.status_code == 400
            assert "Undisclosed" not in response.content.decode()
        code = OverridableSegment.objects.create(
            source=translation.source,
            context=translation.source.stringsegment_set.get(context__path="title").context,
            order=1,
            data_json='"subject"',
        )
        assert client.post(url(translation, code), {"value": "https://example.org/"}).status_code == 409
        assert not SegmentOverride.objects.exists()

    def test_image_that_may_not_be_chosen_is_not_named_either(self, client, translation, translator):
        image = value_at(translation, "image")
        closed = Collection.get_first_root_node().add_child(name="Closed")
        secret = picture("Secret")
        GroupCollectionPermission.objects.filter(group__user=translator).update(collection=closed)
        refused = send(client, translation, image, value=str(secret.pk))
        assert refused.status_code == 400
        assert "Secret" not in refused.content.decode()
        assert not secret.renditions.exists()

    def test_where_a_chosen_thing_is_deleted_the_original_is_followed(
        self, client, translation, translator, django_capture_on_commit_callbacks
    ):
        lamp, edition = picture("Lampion"), make_resource(title="Édition")
        send(client, translation, value_at(translation, "image"), value=str(lamp.pk))
        send(client, translation, value_at(translation, "portal_sources"), value=str(edition.pk))
        lamp.delete()
        edition.delete()
        assert not SegmentOverride.objects.exists()
        assert published(translation, django_capture_on_commit_callbacks).image.title == "Lantern"

    def test_a_conflict_shows_what_is_there_and_saving_again_is_a_decision(self, client, translation, translator, link):
        page = client.get(address(translation))
        other = make_user("Translators fr", name="camille")
        writing.override(translation, link, "https://camille.example/", user=other)
        response = send(client, translation, link, page, value="https://maud.example/")
        html = response.content.decode()
        assert response.status_code == 409
        assert "https://camille.example/" in html
        assert 'value="https://maud.example/"' in html
        assert own(translation, link) == "https://camille.example/"
        assert send(client, translation, link, response, value="https://maud.example/").status_code == 302
        assert own(translation, link) == "https://maud.example/"

    def test_original_handed_out_anew_finds_its_place_or_keeps_what_was_typed(
        self, client, translation, translator, link
    ):
        page = client.get(address(translation))
        english = translation.source.get_source_instance()
        english.definition = f'<p>First.</p><p>Read <a href="{RULES}">the rules</a>.</p>'
        english.save_revision().publish()
        translation.source.update_from_db()
        assert send(client, translation, link, page, value="https://example.fr/").status_code == 302
        english.definition = "<p>First.</p>"
        english.save_revision().publish()
        translation.source.update_from_db()
        response = send(client, translation, link, page, value="https://example.fr/lost/")
        assert response.status_code == 409
        assert "https://example.fr/lost/</textarea>" in response.content.decode()


class TestRights:
    def test_others_choose_nothing(self, client, translation, link):
        for theirs in (signed_in("Translators de"), signed_in()):
            assert theirs.post(url(translation, link), {"value": "https://example.de/"}).status_code in {302, 403}
        client.force_login(make_user("Translators fr", name="maud"))
        assert client.post(url(translation, link, "de"), {"value": "https://example.de/"}).status_code in {302, 404}
        assert client.get(url(translation, link)).status_code == 405
        assert own(translation, link) is None

    def test_of_a_locked_page_or_one_in_review_nothing_is_chosen(self, client, translation, translator, link):
        page = client.get(address(translation))
        target = Page.objects.filter(pk=translation.get_target_instance().pk)
        target.update(locked=True)
        assert "/value/" not in client.get(address(translation)).content.decode()
        assert send(client, translation, link, page, value="https://example.fr/").status_code in {302, 403}
        target.update(locked=False)
        explain(translation, translator)
        review.submit(translation, user=translator)
        assert "/value/" not in client.get(address(translation)).content.decode()
        assert send(client, translation, link, page, value="https://example.fr/").status_code in {302, 403}
        assert own(translation, link) is None

    def test_who_chose_a_link_does_not_approve_it(self, translation, translator, link):
        writing.override(translation, link, "https://example.fr/", user=translator)
        assert translator.pk in review.writers(translation)


class TestHistory:
    def test_each_choice_is_in_the_history_and_can_be_restored(self, client, translation, translator, link):
        for value in ("https://one.example/", "https://two.example/", ""):
            send(client, translation, link, value=value)
        events = TextEvent.objects.filter(source_language=NO_LANGUAGE).order_by("pk")
        assert list(events.values_list("source", "old", "new", "user__username", "via")) == [
            (RULES, "", "https://one.example/", "maud", Via.EDITOR),
            (RULES, "https://one.example/", "https://two.example/", "maud", Via.EDITOR),
            (RULES, "https://two.example/", "", "maud", Via.EDITOR),
        ]
        response = send(client, translation, link, restore=str(events[0].pk))
        assert response.status_code == 302
        assert own(translation, link) == "https://one.example/"
        assert TextEvent.objects.first().via == Via.UNDO
        assert send(client, translation, link, restore="0").status_code == 400

    def test_the_memory_suggests_no_address(self, translation, translator, link):
        writing.override(translation, link, "https://example.fr/", user=translator)
        found = memory.suggestions(translation, translator)
        assert not [one for some in found.values() for one in some if "example.fr" in one.text]

    def test_what_was_chosen_since_it_was_published_waits(
        self, translation, translator, link, django_capture_on_commit_callbacks
    ):
        published(translation, django_capture_on_commit_callbacks)

        def state():
            states.refresh(translation.source.object_id)
            key = {"translation_key": translation.source.object_id, "locale": locale("fr")}
            return TranslationStatus.objects.get(**key).state

        before = state()
        writing.override(translation, link, "https://example.fr/", user=translator)
        assert state() == State.IN_PROGRESS
        published(translation, django_capture_on_commit_callbacks)
        assert state() == before == State.COMPLETE
        writing.follow(translation, link, user=translator)
        assert state() == State.IN_PROGRESS
