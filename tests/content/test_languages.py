"""Which parts of the first content each language has, and that they are whole."""

import polib
import pytest
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.catalogues import catalogue_path
from content.files import read_records
from portal.models import TranslationState

ROOT = settings.BASE_DIR / "content"
EVERYWHERE = """
    home topics patterns practices workshops recommendations collections resources glossary news about
    house-rules contact privacy emergency accessibility act tell find prevent
    citizen_tool crime_type ethical_benefit ethical_risk institutional_tool legal_risk reader_role
"""
OTHERS = {
    "nl": f"{EVERYWHERE} netherlands-co-creation neighbourhood-watch",
    "de": f"{EVERYWHERE} berlin-diy-policing-2017",
    "it": f"{EVERYWHERE} faenza-fa-tamtam neighbourhood-watch",
    "es": f"{EVERYWHERE} terrassa-social-media",
    "ca": f"{EVERYWHERE} terrassa-social-media",
}

FINISHED = ["nl", "de", "it", "es", "ca"]


def unfinished(path):
    if not path.exists():
        return ["no catalogue"]
    return [entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete and not entry.translated()]


def missing(language, names=None):
    """What is left to translate in the catalogues of `language`: all of them, or those in `names`."""
    paths = {
        catalogue_path(record, ROOT, language)
        for record in read_records(ROOT, [])
        if record.language != language and record.path.parent.name != record.language
    }
    chosen = [path for path in sorted(paths) if names is None or path.stem in names]
    assert names is None or {path.stem for path in chosen} == names
    return [f"{path.relative_to(ROOT)}: {text[:60]}" for path in chosen for text in unfinished(path)]


def test_french_is_complete():
    assert not missing("fr")


@pytest.mark.parametrize("language", FINISHED)
def test_the_chosen_pages_are_complete(language):
    assert not missing(language, set(OTHERS[language].split()))


@pytest.mark.parametrize("language", ["fr", *OTHERS])
def test_no_translation_waits_for_a_decision(language):
    catalogues = [polib.pofile(str(path)) for path in (ROOT / language).rglob("*.po")]
    assert not [entry.msgid for catalogue in catalogues for entry in catalogue.fuzzy_entries()]


@pytest.mark.content
@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_site")
class TestOnTheSite:
    def test_a_translator_sees_every_text_of_every_page_as_done(self):
        done = StringTranslation.objects.filter(
            translation_of_id=OuterRef("string_id"),
            context_id=OuterRef("context_id"),
            locale_id=OuterRef("source__translations__target_locale_id"),
            has_error=False,
        )
        progress = (
            StringSegment.objects.filter(source__translations__isnull=False)
            .annotate(done=Exists(done))
            .values("source__object_repr", "source__translations__target_locale__language_code")
            .annotate(missing=Count("pk", filter=Q(done=False)))
            .filter(missing__gt=0)
        )
        assert not list(progress)
        assert Translation.objects.count() > 300

    def test_each_translated_page_is_one_that_wagtail_localize_knows(self):
        known = set(Translation.objects.values_list("source__object_id", "target_locale_id"))
        pages = Page.objects.filter(depth__gt=1).exclude(locale__language_code="en")
        written_there = pages.filter(translation_key__in=self.originals())
        unknown = [
            page.title
            for page in pages.exclude(pk__in=written_there)
            if (page.translation_key, page.locale_id) not in known
        ]
        assert not unknown

    def originals(self):
        keys = Page.objects.values("translation_key").annotate(languages=Count("pk")).filter(languages=1)
        return keys.values("translation_key")

    def test_no_translation_is_behind_its_original(self):
        assert not TranslationState.objects.exclude(behind_since=None).exists()

    def test_addresses_are_in_the_language_of_the_page(self):
        page = Page.objects.get(locale__language_code="fr", url_path__endswith="/patterns/surveillance-de-voisinage/")
        assert page.url == "/fr/patterns/surveillance-de-voisinage/"
