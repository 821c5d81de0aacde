"""Who may translate, hand out and publish what: one language at a time."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from library.models import GlossaryTerm, TopicIndexPage
from portal.models import Organisation, Person, Term
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user, signed_in
from translation import review, writing
from translation.gaps import gaps
from translation.links import check
from translation.models import Via

from .walking import make_trees, published, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(db):
    """The source of a published page with complete, published translations into French and Spanish."""
    make_trees("fr", "es")
    return published(make_topic(title="Subject", summary="About it."), "fr", "es")


def of(source, language):
    return source.translations.get(target_locale=locale(language))


def trusted_translator():
    """With the right that wagtail-localize asks for, which is the same for all languages."""
    user = make_user("Translators fr")
    permissions = Permission.objects.filter(codename__in=["submit_translation", "publish_page"])
    user.user_permissions.set(permissions)
    return user


def sign_in(client, user):
    client.force_login(user)
    return client


def sync(source):
    return reverse("wagtail_localize:update_translations", args=[source.pk])


def test_translator_does_not_hand_out_or_publish_other_languages(client, source):
    english = source.get_source_instance()
    english.summary = "Something else."
    english.save_revision().publish()
    response = sign_in(client, trusted_translator()).post(sync(source), {"publish_translations": "on"})
    assert response.status_code in {302, 403}
    assert of(source, "es").get_target_instance().summary == "es 3"
    assert not StringSegment.objects.filter(source=source, string__data="Something else.").exists()


def test_translator_does_not_submit_into_another_language(client, source):
    make_home("de")
    make_index(TopicIndexPage, "topics", "de")
    english = source.get_source_instance()
    address = reverse("wagtail_localize:submit_page_translation", args=[english.pk])
    client = sign_in(client, trusted_translator())
    form = client.get(address).context["form"]
    assert not form.fields["locales"].queryset.exists()  # French is there already, and no other one is theirs
    response = client.post(address, {"locales": [locale("de").pk]})
    assert response.status_code == 200
    assert not english.has_translation(locale("de"))


def test_draft_is_not_submitted_and_not_read_that_way(client, source):
    draft = make_topic(title="Undisclosed", live=False)
    address = reverse("wagtail_localize:submit_page_translation", args=[draft.pk])
    response = sign_in(client, trusted_translator()).post(address, {"locales": [locale("fr").pk]})
    assert response.status_code in {302, 403}
    assert "Undisclosed" not in client.get(address, follow=True).content.decode()
    coordinator = signed_in("Coordinators")
    told = coordinator.post(address, {"locales": [locale("fr").pk]}, follow=True).content.decode()
    assert "Publish the page first" in told
    assert not TranslationSource.objects.filter(object_id=draft.translation_key).exists()


def test_translation_is_not_sent_on_as_if_it_were_an_original(source):
    make_home("de")
    make_index(TopicIndexPage, "topics", "de")
    french = of(source, "fr").get_target_instance()
    address = reverse("wagtail_localize:submit_page_translation", args=[french.pk])
    told = signed_in("Coordinators").post(address, {"locales": [locale("de").pk]}, follow=True)
    assert "This is a translation. You are led" in told.content.decode()
    assert TranslationSource.objects.filter(object_id=source.object_id).count() == 1


def test_page_is_not_sent_where_the_page_above_it_is_missing(source):
    make_home("de")
    english = source.get_source_instance()
    address = reverse("wagtail_localize:submit_page_translation", args=[english.pk])
    client = signed_in("Coordinators")
    response = client.post(address, {"locales": [locale("de").pk]})
    assert "The page above this one is not translated yet into: German" in response.content.decode()
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    make_index(TopicIndexPage, "topics", "de")
    assert client.post(address, {"locales": [locale("de").pk], "include_subtree": "on"}).status_code == 302
    german = english.get_translation(locale("de"))
    assert not german.live
    assert not Page.find_problems()[0]


def test_text_of_another_language_cannot_be_written(source):
    client = signed_in("Translators fr")
    segment = source.stringsegment_set.first()
    for language, answer in (("fr", 200), ("es", 403)):
        address = reverse("wagtail_localize:edit_string_translation", args=[of(source, language).pk, segment.pk])
        response = client.put(address, "value=Neu", content_type="application/x-www-form-urlencoded")
        assert response.status_code == answer
        assert client.put(address, "x=1", content_type="application/x-www-form-urlencoded").status_code in {400, 403}
        assert client.put(address, "{", content_type="application/json").status_code in {400, 403}
    assert set(StringTranslation.objects.filter(data="Neu").values_list("locale__language_code", flat=True)) == {"fr"}


def test_texts_of_a_locked_page_and_of_one_in_review_stay_as_they_are(source):
    translation = of(source, "fr")
    page = translation.get_target_instance()
    client = signed_in("Translators fr")
    segment = source.stringsegment_set.first()
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])

    def write():
        return client.put(address, "value=Neu", content_type="application/x-www-form-urlencoded").status_code

    page.get_workflow().start(page, make_user("Coordinators"))
    assert write() == 403
    page.current_workflow_state.cancel()
    page.locked = True
    page.save()
    assert write() == 403
    Page.objects.filter(pk=page.pk).update(locked=False)
    assert write() == 200


@pytest.mark.parametrize("model", [Term, GlossaryTerm])
def test_entries_are_bound_to_the_language(client, model):
    rest = {"scheme": "ethical_risk", "label": "Risk"} if model is Term else {"term": "Risk", "definition": "D"}
    for language in ("fr", "es"):
        make_home(language)
    english = model.objects.create(code="x", locale=locale("en"), **rest)
    source, _created = TranslationSource.update_or_create_from_instance(english)
    for language in ("fr", "es"):
        translated(source, language, language)
        english.copy_for_translation(locale(language)).save()
    user = make_user("Translators fr")
    client = sign_in(client, user)
    edit = english.snippet_viewset.get_url_name("edit")
    for language, status in (("fr", 200), ("es", 403)):
        translation = of(source, language)
        entry = translation.get_target_instance()
        assert (client.get(reverse(edit, args=[entry.pk])).status_code == 200) == (status == 200)
        po = reverse("wagtail_localize:download_pofile", args=[translation.pk])
        assert (client.get(po).status_code == 200) == (status == 200)
        # An entry is public as soon as it is saved; that is left to those who may publish.
        assert client.post(reverse(edit, args=[entry.pk]), {"action": "publish"}).status_code in {302, 403}
    label = "label" if model is Term else "term"
    assert set(model.objects.values_list(label, flat=True)) == {"Risk"}
    french = of(source, "fr").get_target_instance()
    coordinator = signed_in("Coordinators")
    assert coordinator.post(reverse(edit, args=[french.pk]), {"action": "publish"}).status_code == 302
    french.refresh_from_db()
    assert getattr(french, label).startswith("fr ")


def test_report_shows_the_own_language_only(source):
    answer = signed_in("Translators fr").get(reverse("wagtail_localize:translations_report"))
    shown = {row.target_locale.language_code for row in answer.context["object_list"]}
    assert shown == {"fr"}
    assert signed_in("Moderators").get(reverse("wagtail_localize:translations_report")).status_code in {302, 403}


def test_names_of_people_are_not_told_through_the_editor(source):
    person = Person.objects.create(code="p", name="Ada Hidden")
    organisation = Organisation.objects.create(code="o", name="Town hall", kind="police")
    client = signed_in("Translators fr")
    for thing, is_told in ((person, False), (organisation, True)):
        options = thing._meta
        detail = [options.app_label, options.model_name, thing.pk]
        response = client.get(reverse("wagtail_localize:snippets_api_detail", args=detail))
        assert (response.status_code == 200) == is_told
        listing = client.get(reverse("wagtail_localize:snippets_api_listing", args=detail[:2]))
        assert listing.status_code in {302, 403}


# Links


@pytest.mark.parametrize(
    ("original", "value", "is_kept"),
    [
        ("https://example.org/", "https://example.org/fr?x=1#y", True),
        ("https://example.org/", "/fr/themes/", True),
        ("https://example.org/", "#part", True),
        ("https://example.org/", "mailto:info@example.org", True),
        ("https://example.org/", "tel:+3212345678", True),
        ("https://example.org/", "javascript:alert(1)", False),
        ("https://example.org/", "JaVaScRiPt:alert(1)", False),
        ("https://example.org/", " javascript:alert(1)", False),
        ("https://example.org/", "java\tscript:alert(1)", False),
        ("https://example.org/", "\x01javascript:alert(1)", False),
        ("https://example.org/", "data:text/html,<script>alert(1)</script>", False),
        ("https://example.org/", "vbscript:x", False),
        ("https://example.org/", "//evil.example", False),
        ("https://example.org/", "/\\evil.example", False),
        ("https://example.org/", "/\t/evil.example", False),
        ("https://example.org/", "https:evil", False),
        ("https://example.org/", "", False),
        ("https://example.org/", "x" * 5000, False),
        ("info@example.org", "info@example.fr", True),
        ("info@example.org", "javascript:alert(1)", False),
        (12, "13", True),
        (12, "https://example.org/", False),
        (12, "٣", False),
        (None, "javascript:alert(1)", False),
    ],
)
def test_only_safe_addresses_take_the_place_of_a_link(original, value, is_kept):
    if is_kept:
        check(original, value)
    else:
        with pytest.raises(ValidationError):
            check(original, value)


def test_unsafe_address_is_refused_and_a_safe_one_kept(source):
    context = source.stringsegment_set.get(context__path="definition").context  # which takes links
    segment = OverridableSegment.objects.create(
        source=source, context=context, order=1, data_json=json.dumps("https://example.org/")
    )
    address = reverse("wagtail_localize:edit_override", args=[of(source, "fr").pk, segment.pk])
    client = signed_in("Translators fr")

    def put(value):
        body = f'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n{value}\r\n--x--\r\n'.encode()
        return client.put(address, body, content_type="multipart/form-data; boundary=x").status_code

    assert client.put(address, {"value": "/"}, content_type="application/json").status_code == 400
    assert put("javascript:alert(1)") == 400
    assert not SegmentOverride.objects.exists()
    assert put("https://example.org/fr") == 201
    assert SegmentOverride.objects.get().data == "https://example.org/fr"
    assert client.delete(address).status_code == 200


# Never a mixture of two languages without somebody saying so


def edit_and_hand_out(source, summary="Changed, and not yet translated."):
    english = source.get_source_instance()
    english.summary = summary
    english.save_revision().publish()
    source.update_from_db()


def test_handing_out_keeps_the_last_good_version_of_what_is_not_complete(source, django_capture_on_commit_callbacks):
    english = source.get_source_instance()
    english.summary = "Changed."
    english.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in("Coordinators").post(sync(source), {"publish_translations": "on"}, follow=True)
    told = response.content.decode()
    assert "French was not published: 1 texts are not translated" in told
    assert of(source, "fr").get_target_instance().summary == "fr 3"
    assert StringSegment.objects.filter(source=source, string__data="Changed.").exists()


def test_publishing_with_gaps_lists_them_and_asks(source, django_capture_on_commit_callbacks):
    edit_and_hand_out(source)
    page = of(source, "fr").get_target_instance()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = signed_in("Coordinators")

    def publish(**more):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, {"action": "publish", **more})

    asked = publish()
    assert asked.status_code == 409
    assert "Changed, and not yet translated." in asked.content.decode()
    assert of(source, "fr").get_target_instance().summary == "fr 3"
    assert publish(gaps="of another list").status_code == 409
    token = asked.context["token"]
    StringTranslation.objects.filter(locale=locale("fr"), context__path="title").delete()
    assert publish(gaps=token).status_code == 409  # the list has grown since
    assert publish(gaps=publish().context["token"]).status_code == 302
    assert of(source, "fr").get_target_instance().summary == "Changed, and not yet translated."


def test_text_with_an_error_is_a_gap(source):
    StringTranslation.objects.filter(locale=locale("fr"), context__path="summary").update(has_error=True)
    page = of(source, "fr").get_target_instance()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert signed_in("Coordinators").post(address, {"action": "publish"}).status_code == 409


def test_complete_translation_is_published_at_once(source, django_capture_on_commit_callbacks):
    StringTranslation.objects.filter(locale=locale("fr"), context__path="summary").update(data="Nouveau")
    page = of(source, "fr").get_target_instance()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in("Coordinators").post(address, {"action": "publish"}).status_code == 302
    assert of(source, "fr").get_target_instance().summary == "Nouveau"


def test_translator_does_not_publish_even_what_is_complete(source):
    page = of(source, "fr").get_target_instance()
    StringTranslation.objects.filter(locale=locale("fr"), context__path="summary").update(data="Nouveau")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert signed_in("Translators fr").post(address, {"action": "publish"}).status_code in {302, 403}
    assert of(source, "fr").get_target_instance().summary == "fr 3"


def test_neither_approval_nor_a_selection_publishes_gaps(source):
    edit_and_hand_out(source)
    translation = of(source, "fr")
    page = translation.get_target_instance()
    page.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = signed_in("Coordinators").post(f"{bulk}?id={page.pk}")
    assert "1 text is not translated yet" in answer.content.decode()
    page.get_workflow().start(page, make_user("Editors"))
    task = page.current_workflow_task
    actions = {name for name, *_rest in task.get_actions(page, make_user("Coordinators", name="another"))}
    assert "reject" in actions
    assert "approve" not in actions


def test_a_selection_does_not_publish_a_draft_that_was_kept_before_its_gaps_were_filled(source):
    edit_and_hand_out(source)
    translation, user = of(source, "fr"), make_user("Coordinators", name="another")
    page = translation.get_target_instance()
    review.save_draft(translation, user)
    for segment in gaps(translation):
        writing.write(translation, segment, "Tout neuf", user=user, via=Via.EDITOR)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client = signed_in("Coordinators")
    assert "does not have the newest texts" in client.post(f"{bulk}?id={page.pk}").content.decode()
    assert of(source, "fr").get_target_instance().summary == "fr 3"
    review.save_draft(translation, user)
    client.post(f"{bulk}?id={page.pk}")
    assert of(source, "fr").get_target_instance().summary == "Tout neuf"


def test_translation_whose_page_was_deleted_is_not_found(source):
    translation = of(source, "fr")
    Page.objects.filter(pk=translation.get_target_instance().pk).update(translation_key="0" * 32)
    client = signed_in("Translators fr")
    for name in ("download_pofile", "preview_translation"):
        assert client.get(reverse(f"wagtail_localize:{name}", args=[translation.pk]), follow=True).status_code == 404
    assert Translation.objects.filter(pk=translation.pk).exists()
