"""“Make it the original” in the admin: who may, what it says before, why not now, and what is so afterwards."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.models import TopicIndexPage, TopicPage
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation import doctor, promotion, review, states
from translation.models import State, TranslationStatus

from .remembering import edit, finish, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def english(db, commit):
    """Translated into French and German; begun in Italian; a draft beside it."""
    with commit():
        for language in ("fr", "de", "it"):
            make_home(language)
            make_index(TopicIndexPage, "topics", language)
        page = make_topic(title="Lapwing", summary="A bird.", definition="<p>One.</p><p>Two.</p>")
        make_topic(title="Undisclosed", live=False)
        submit(page, "it")
        for language, mark in (("fr", "Mot"), ("de", "Wort")):
            finish(submit(page, language), mark)
    return TopicPage.objects.get(pk=page.pk)


@pytest.fixture
def french(english):
    return TopicPage.objects.get(translation_key=english.translation_key, locale=locale("fr"))


@pytest.fixture
def coordinator(english):
    client = Client()
    client.force_login(make_user("Coordinators", name="coordinator"))
    return client


def address(page):
    return reverse("translation_promote", args=[page.pk])


def translation(page, language="fr"):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=locale(language))


def asked(client, page):
    return client.get(address(page)).content.decode()


def confirm(client, page, original, commit):
    with commit():
        return client.post(address(page), {"original": original.pk})


def original_language(page):
    found = TranslationSource.objects.filter(object_id=page.translation_key, translations__enabled=True)
    return set(found.values_list("locale__language_code", flat=True))


def refused(client, page, original, commit, reason):
    """The page says why and has no button; what is sent all the same changes nothing."""
    before = list(StringTranslation.objects.order_by("pk").values_list("pk", "data"))
    html = asked(client, page)
    assert "This cannot be done now" in html
    assert reason in html
    assert 'name="original"' not in html
    response = confirm(client, page, original, commit)
    assert response.status_code == 409
    assert reason in response.content.decode()
    assert original_language(page) == {"en"}
    assert list(StringTranslation.objects.order_by("pk").values_list("pk", "data")) == before
    assert not PageLogEntry.objects.filter(action=promotion.LOGGED).exists()


# Who may


@pytest.mark.parametrize("groups", [("Translators fr",), ("Editors",), ("Moderators",), ()])
def test_nobody_but_coordinators_sees_the_page_or_does_it(english, french, groups, commit):
    client = Client()
    client.force_login(make_user(*groups, name="other"))
    assert client.get(address(french)).status_code != 200
    confirm(client, french, english, commit)
    assert original_language(english) == {"en"}
    edit_page = client.get(reverse("wagtailadmin_pages:edit", args=[french.pk]))
    assert address(french) not in edit_page.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_pages_are_to_be_those_that_one_may_publish(coordinator, english, french, language, commit):
    home = Page.objects.get(depth=2, locale=locale(language))
    GroupPagePermission.objects.filter(page=home, permission__codename="publish_page").delete()
    assert coordinator.get(address(french)).status_code in (302, 403)
    confirm(coordinator, french, english, commit)
    assert original_language(english) == {"en"}


def test_it_is_offered_where_the_translation_is_edited_and_not_at_the_original(coordinator, english, french):
    bench = coordinator.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    assert address(french) in bench
    assert address(french) in coordinator.get(reverse("wagtailadmin_explore", args=[french.pk])).content.decode()
    assert (
        address(english) not in coordinator.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
    )
    alone = make_topic(title="Alone")
    assert address(alone) not in coordinator.get(reverse("wagtailadmin_pages:edit", args=[alone.pk])).content.decode()


# What it says


def test_it_says_what_becomes_of_every_page_and_changes_nothing(coordinator, english, french):
    html = asked(coordinator, french)
    assert f"“{french.title}” becomes the original" in html
    assert "make “Lapwing” the original again" in html
    assert html.count("Nothing is to be translated anew") == 2  # English, German
    texts = translation(english).source.stringsegment_set.count()
    assert f"0 of {texts} texts are translated" in html  # Italian, of which nobody reads the title yet
    assert html.count("draft") == 1
    assert original_language(english) == {"en"}
    assert not PageLogEntry.objects.filter(action=promotion.LOGGED).exists()


def test_a_page_that_says_more_in_one_language_has_texts_to_be_translated(coordinator, english, french, commit):
    """German was made by hand, with one paragraph less."""
    by_hand = make_topic(title="Heron", summary="A bird.", definition="<p>One.</p><p>Two.</p>")
    german = by_hand.copy_for_translation(locale("de"))
    german.title, german.definition = "Reiher", "<p>Eins.</p>"
    german.save()
    german.save_revision().publish()
    (fate,) = promotion.fates(TopicPage.objects.get(pk=by_hand.pk))
    assert (fate.kept, fate.texts) == (fate.texts - 2, fate.texts)


# What is so afterwards


def test_coordinator_makes_the_french_page_the_original(coordinator, english, french, commit):
    before = {page.pk: (page.url_path, page.live) for page in Page.objects.all()}
    told = {fate.page.locale.language_code: fate.is_whole for fate in promotion.fates(french)}
    response = confirm(coordinator, french, english, commit)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[french.pk])
    shown = coordinator.get(response.url).content.decode()
    assert "is the original now" in shown
    assert address(english) in shown  # the way back
    assert original_language(english) == {"fr"}
    rows = TranslationStatus.objects.filter(translation_key=english.translation_key)
    found = {row.locale.language_code: (row.state, row.stale_since) for row in rows}
    assert found == {
        "en": (State.COMPLETE, None),
        "de": (State.COMPLETE, None),
        "it": (State.MISSING, None),
    }
    assert {code: state == State.COMPLETE for code, (state, _stale) in found.items()} == told
    assert {page.pk: (page.url_path, page.live) for page in Page.objects.all()} == before
    entry = PageLogEntry.objects.get(action=promotion.LOGGED)
    assert (entry.page_id, entry.user.username) == (french.pk, "coordinator")
    assert not doctor.examine()


def test_it_is_turned_back_in_the_same_way(coordinator, english, french, commit):
    texts = set(StringTranslation.objects.values_list("locale", "data"))
    confirm(coordinator, french, english, commit)
    assert "Nothing is to be translated anew" in asked(coordinator, english)
    confirm(coordinator, english, french, commit)
    assert original_language(english) == {"en"}
    assert texts <= set(StringTranslation.objects.values_list("locale", "data"))
    status = TranslationStatus.objects.get(translation_key=english.translation_key, locale=locale("fr"))
    assert (status.state, status.stale_since) == (State.COMPLETE, None)
    assert not doctor.examine()


def test_page_takes_the_place_of_an_original_that_was_deleted(coordinator, english, french, commit):
    with commit():
        english.delete()
    assert "becomes the original" in asked(coordinator, french)
    assert "turn this back" not in asked(coordinator, french)
    with commit():
        assert coordinator.post(address(french), {"original": ""}).status_code == 302
    assert original_language(french) == {"fr"}
    assert not doctor.examine()


def test_sent_twice_or_after_somebody_else_was_quicker_it_says_so(coordinator, english, french, commit):
    german = Page.objects.get(translation_key=english.translation_key, locale=locale("de"))
    confirm(coordinator, german, english, commit)
    response = confirm(coordinator, french, english, commit)
    assert response.status_code == 409
    assert "is another page by now" in response.content.decode()
    assert f'value="{german.pk}"' in response.content.decode()
    assert original_language(english) == {"de"}
    again = confirm(coordinator, german, english, commit)  # pressed twice
    assert "is the original already" in again.content.decode()
    assert original_language(english) == {"de"}


def said(page, language, place="summary"):
    """What stands as the translation of this text of the page that is the original now."""
    found = translation(page, language)
    rows = StringTranslation.objects.filter(locale=locale(language), context__path=place)
    return rows.get(translation_of__in=found.source.stringsegment_set.values("string")).data


def summaries(page, commit):
    """What readers see after all translations were published anew."""
    for language in ("en", "de"):
        with commit():
            finish(translation(page, language), "Lost")
    pages = TopicPage.objects.filter(translation_key=page.translation_key, live=True)
    return dict(pages.values_list("locale__language_code", "summary"))


@pytest.mark.parametrize("was_original_before", [False, True])
@pytest.mark.parametrize("by_hand", [False, True])
def test_newest_texts_of_the_old_original_count_where_nobody_kept_the_page_up(
    coordinator, english, french, commit, by_hand, was_original_before
):
    """The French page is by hand, or its translation was stopped; nobody handed out what changed since."""
    if was_original_before:
        for page in (french, english):
            with commit():
                promotion.promote(page)
    mine = Translation.objects.filter(target_locale=locale("fr"))
    mine.delete() if by_hand else mine.update(enabled=False)
    edit(english, summary="Another bird.")
    assert {fate.page.locale.language_code for fate in promotion.fates(french) if fate.is_whole} == {"en", "de"}
    confirm(coordinator, french, english, commit)
    assert original_language(english) == {"fr"}
    assert said(english, "en") == "Another bird."
    german = TopicPage.objects.get(translation_key=english.translation_key, locale=locale("de")).summary
    assert summaries(english, commit) == {"fr": french.summary, "en": "Another bird.", "de": german}


def test_old_original_that_was_unpublished_keeps_the_texts_of_its_draft(coordinator, english, french, commit):
    with commit():
        english.unpublish()
        english.refresh_from_db()
        english.summary = "Another bird."
        english.save_revision()
    assert [fate.is_whole for fate in promotion.fates(french)][1] is True
    with commit():
        promotion.promote(french)
    assert said(english, "en") == "Another bird."


def test_page_written_by_hand_in_a_third_language_keeps_its_texts(coordinator, english, french, commit):
    Translation.objects.filter(target_locale=locale("de")).delete()
    german = TopicPage.objects.get(translation_key=english.translation_key, locale=locale("de"))
    told = {fate.page.locale.language_code: fate.is_whole for fate in promotion.fates(french)}
    assert told["de"] is True
    confirm(coordinator, french, english, commit)
    status = TranslationStatus.objects.get(translation_key=english.translation_key, locale=locale("de"))
    assert (status.done, status.state) == (status.segments, State.COMPLETE)
    assert summaries(english, commit)["de"] == german.summary
    assert not doctor.examine()


def test_word_that_was_corrected_meanwhile_is_not_taken_back_with_the_original(coordinator, english, french, commit):
    confirm(coordinator, french, english, commit)
    corrected = StringTranslation.objects.get(
        locale=locale("de"), context__path="summary", translation_of__locale=locale("fr")
    )
    corrected.data = "Berichtigt"
    with commit():
        corrected.save()
        finish(translation(english, "de"))
    confirm(coordinator, english, french, commit)
    assert original_language(english) == {"en"}
    assert said(english, "de") == "Berichtigt"
    status = TranslationStatus.objects.get(translation_key=english.translation_key, locale=locale("de"))
    assert (status.state, status.stale_since) == (State.COMPLETE, None)


def test_what_a_machine_wrote_meanwhile_does_not_take_the_place_of_what_a_person_wrote(
    coordinator, english, french, commit
):
    confirm(coordinator, french, english, commit)
    before = StringTranslation.objects.get(
        locale=locale("de"), context__path="summary", translation_of__locale=locale("en")
    ).data
    rows = StringTranslation.objects.filter(locale=locale("de"), translation_of__locale=locale("fr"))
    rows.filter(context__path="summary").update(data="Maschine", translation_type="machine")
    confirm(coordinator, english, french, commit)
    assert said(english, "de") == before


# Why not now


def test_draft_is_refused(coordinator, english, commit):
    italian = Page.objects.get(translation_key=english.translation_key, locale=locale("it"))
    refused(coordinator, italian, english, commit, "Publish the page first")


def test_alias_is_refused(coordinator, english, french, commit):
    Page.objects.filter(pk=french.pk).update(alias_of=english)
    refused(coordinator, french, english, commit, "shows the text of another page")


def test_unread_machine_text_is_refused(coordinator, english, french, commit):
    text = StringTranslation.objects.filter(locale=locale("fr"))[0]
    StringTranslation.objects.filter(pk=text.pk).update(translation_type="machine")
    refused(coordinator, french, english, commit, "nobody has read it")


def test_missing_text_is_refused(coordinator, english, french, commit):
    StringTranslation.objects.filter(locale=locale("fr"))[0].delete()
    refused(coordinator, french, english, commit, "1 text is not translated yet")


def test_stale_translation_is_refused(coordinator, english, french, commit):
    edit(english, summary="Another bird.")
    refused(coordinator, french, english, commit, "has changed since this page was translated")


def test_text_that_readers_do_not_see_yet_is_refused(coordinator, english, french, commit):
    text = StringTranslation.objects.filter(locale=locale("fr"))[0]
    text.data = "Encore un mot"
    with commit():
        text.save()
        review.save_draft(translation(english), None)
    refused(coordinator, french, english, commit, "Publish it first")


def test_draft_of_the_original_is_refused_and_not_lost(coordinator, english, french, commit):
    english.summary = "Not yet."
    english.save_revision()
    refused(coordinator, french, english, commit, "“Lapwing” has changes that are not published")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_locked_page_is_refused(coordinator, english, french, language, commit):
    page = Page.objects.get(translation_key=english.translation_key, locale=locale(language))
    Page.objects.filter(pk=page.pk).update(locked=True)
    refused(coordinator, french, english, commit, f"“{page.title}” is locked")


@pytest.mark.parametrize("language", ["fr", "de"])
def test_page_in_review_is_refused_also_of_a_third_language(coordinator, english, french, language, commit):
    StringTranslation.objects.update(last_translated_by=make_user(f"Translators {language}"))
    with commit():
        review.submit(translation(english, language), user=make_user(name="writer"))
    name = {"fr": "French", "de": "German"}[language]
    refused(coordinator, french, english, commit, f"Wait until the review has ended: {name}")


def test_stopped_translation_whose_page_is_written_by_hand_is_refused_and_not_lost(
    coordinator, english, french, commit
):
    Translation.objects.filter(target_locale=locale("de")).update(enabled=False)
    refused(coordinator, french, english, commit, "would be lost. Start it again first: German")


def test_original_itself_is_refused(coordinator, english, french, commit):
    assert "is the original already" in asked(coordinator, english)
    with pytest.raises(promotion.Refused, match="already"):
        promotion.promote(english)
    states.rebuild()
    assert not doctor.examine()
