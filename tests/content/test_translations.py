"""PO files become what wagtail-localize itself would have made of them."""

import polib
import pytest
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    Translation,
    TranslationContext,
    TranslationSource,
)

from content.loading import load
from content.problems import BrokenContent
from content.translations import short_slug
from library.models import GlossaryTerm, NewsPage
from portal.models import HomePage, Term

from .conftest import NEWS
from .test_small_trees import TRANSLATIONS, news, translate

pytestmark = pytest.mark.django_db

RICH = [{"paragraph": "Read **all** of [it](code:home) & more.\n\nTwice the same.\n\nTwice the same."}]
RICH_FR = {
    'Read <b>all</b> of <a id="a1">it</a> &amp; more.': 'Lisez <b>tout</b> de <a id="a1">cela</a> &amp; plus.',
    "Twice the same.": "Deux fois pareil.",
}


@pytest.fixture
def bilingual(tree):
    """The small tree with a rich page, a source, and everything in French."""
    tree.write("en/resources/resources.yaml", {"type": "resource_index", "title": "Shelf", "summary": "Reading."})
    tree.write(
        "en/resources/a-book.yaml", {"type": "resource", "title": "A book", "summary": "Thick.", "csl_type": "book"}
    )
    tree.write("en/news/first-meeting.yaml", NEWS, body=RICH, sources=[{"resource": "a-book", "locator": "page 3"}])
    translate(tree)
    tree.po(
        "fr/news/first-meeting.po",
        {**TRANSLATIONS["en/news/first-meeting.yaml"], **RICH_FR, "page 3": "page 3 (fr)"},
    )
    return tree


def counts():
    models = (
        *(String, StringSegment, StringTranslation, Template, TemplateSegment, OverridableSegment),
        *(Translation, TranslationContext, TranslationSource),
    )
    return {model.__name__: model.objects.count() for model in models}


def test_translation_is_published_with_every_text(bilingual):
    assert load(bilingual.root) == []
    page = news(language="fr")
    assert (page.live, page.title, page.draft_title) == (True, "Une première réunion", "Une première réunion")
    home = HomePage.objects.get(locale__language_code="en")
    assert page.body.raw_data[0]["value"] == (
        f'<p>Lisez <b>tout</b> de <a id="{home.pk}" linktype="page">cela</a> &amp; plus.</p>'
        "<p>Deux fois pareil.</p><p>Deux fois pareil.</p>"
    )
    assert page.portal_sources.get().locator == "page 3 (fr)"
    assert page.portal_sources.get().locale.language_code == "fr"
    assert page.url == "/fr/news/une-premiere-reunion/"
    assert page.latest_revision == page.live_revision
    assert not any(Page.find_problems())
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_a_translator_sees_every_text_in_the_editor(bilingual, admin_client):
    load(bilingual.root)
    page = news(language="fr")
    translation = Translation.objects.get(target_locale=page.locale, source__object_id=page.translation_key)
    total, done = translation.get_progress()
    assert total == done == 6
    response = admin_client.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 200
    html = response.content.decode()
    for text in ("Une première réunion", "Ils se sont vus.", "Deux fois pareil.", "page 3 (fr)"):
        assert text in html


def test_the_rows_are_those_that_wagtail_localize_makes(bilingual):
    load(bilingual.root)
    before = counts()
    paths = dict(TranslationContext.objects.values_list("path", "field_path"))
    for source in TranslationSource.objects.all():
        source.refresh_segments()
    assert counts() == before
    TranslationContext.objects.update(field_path="")
    for source in TranslationSource.objects.all():
        instance = source.as_instance()
        for segment in [*source.stringsegment_set.all(), *source.overridablesegment_set.all()]:
            segment.context.get_field_path(instance)
    again = dict(TranslationContext.objects.exclude(field_path="").values_list("path", "field_path"))
    assert again == {path: field_path for path, field_path in paths.items() if path in again}


def test_the_translation_goes_on_in_the_editor(bilingual):
    """What wagtail-localize saves afterwards is the same page."""
    load(bilingual.root)
    page = news(language="fr")
    translation = Translation.objects.get(target_locale=page.locale, source__object_id=page.translation_key)
    before = page.body.raw_data[0]["value"]
    po = translation.export_po()
    assert all(entry.msgstr for entry in po)
    assert translation.import_po(po) == []
    translation.save_target(publish=False)
    page = NewsPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().body.raw_data[0]["value"] == before
    assert page.slug == "une-premiere-reunion"


def test_slug_of_a_translation_is_stable(bilingual):
    load(bilingual.root)
    page = news(language="fr")
    page.title = "Autre titre"
    page.save_revision().publish()
    load(bilingual.root)
    assert news(language="fr").slug == "une-premiere-reunion"
    original = news()
    original.slug = "other"
    original.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(original)
    source.update_from_db()
    source.translations.get(target_locale=page.locale).save_target()
    assert news(language="fr").slug == "une-premiere-reunion"


def test_slug_may_be_given(bilingual):
    bilingual.po("fr/news/first-meeting.po", TRANSLATIONS["en/news/first-meeting.yaml"], X_Slug="reunion-1")
    load(bilingual.root)
    assert news(language="fr").slug == "reunion-1"


def test_indexes_keep_the_slug_of_the_original(bilingual):
    load(bilingual.root)
    assert news(language="fr").get_parent().slug == "news"
    assert HomePage.objects.get(locale__language_code="fr").slug == "home-fr"


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Comptes citoyens", "fr", "comptes-citoyens"),
        ("À l’heure d'une réunion", "fr", "a-l-heure-d-une-reunion"),
        ("World’s first", "en", "worlds-first"),
        (
            "Transmettre les petites affaires au service qui peut les régler",
            "fr",
            "transmettre-les-petites-affaires-au-service-qui-peut",
        ),
        ("X" * 90, "en", ""),
    ],
)
def test_slugs_are_short_and_end_with_a_word(title, language, slug):
    assert short_slug(title, language) == slug


def test_two_translations_of_one_slug_get_their_own(bilingual):
    bilingual.write("en/news/second-meeting.yaml", NEWS)
    bilingual.po("fr/news/second-meeting.po", {"A first meeting": "Une première réunion"})
    load(bilingual.root)
    assert news("second-meeting", "fr").slug == "une-premiere-reunion-1"


def test_missing_texts_stay_in_the_original_language_and_are_counted(bilingual):
    bilingual.po("fr/news/first-meeting.po", {"A first meeting": "Une première réunion"})
    assert load(bilingual.root) == ["fr/news/first-meeting.po: 5 texts of first-meeting are not translated yet"]
    page = news(language="fr")
    assert (page.title, page.summary) == ("Une première réunion", "They met.")


def test_fuzzy_texts_are_not_used(bilingual):
    path = bilingual.root / "fr/news/first-meeting.po"
    catalogue = polib.pofile(str(path))
    catalogue.find("They met.").flags.append("fuzzy")
    catalogue.save(str(path))
    load(bilingual.root)
    assert news(language="fr").summary == "They met."


def test_a_place_may_have_a_translation_of_its_own(bilingual):
    path = bilingual.root / "fr/news/first-meeting.po"
    catalogue = polib.pofile(str(path))
    catalogue.append(polib.POEntry(msgctxt="summary", msgid="They met.", msgstr="Rencontre."))
    catalogue.save(str(path))
    load(bilingual.root)
    assert news(language="fr").summary == "Rencontre."


def test_an_empty_file_asks_for_nothing(bilingual):
    bilingual.po("fr/news/first-meeting.po", {"A first meeting": ""})
    assert load(bilingual.root) == []
    assert not NewsPage.objects.filter(locale__language_code="fr").exists()


def test_a_page_whose_parent_is_not_translated_is_left_out_and_said(bilingual):
    (bilingual.root / "fr/news/news.po").unlink()
    assert load(bilingual.root) == ["fr/news/first-meeting.po: left out; its parent “news” is not there in fr"]
    assert not NewsPage.objects.filter(locale__language_code="fr").exists()
    assert HomePage.objects.filter(locale__language_code="fr").exists()


def test_terms_are_translated_from_one_file(bilingual):
    bilingual.write(
        "en/vocabulary/ethical_risk.yaml",
        "type: terms\nscheme: ethical_risk\nterms:\n- {code: haste, label: Haste, definition: Too fast.}\n"
        "- {code: fear, label: Fear}\n",
    )
    bilingual.write(
        "en/glossary/terms.yaml",
        "type: glossary_terms\nterms:\n- {code: patrol, term: Patrol, definition: A walk., source: a-book}\n",
    )
    bilingual.po("fr/vocabulary/ethical_risk.po", {"Haste": "Hâte", "Too fast.": "Trop vite."})
    bilingual.po("fr/glossary/terms.po", {"Patrol": "Ronde", "A walk.": "Une marche."})
    notices = load(bilingual.root)
    assert notices == ["fr/vocabulary/ethical_risk.po: 1 texts of fear are not translated yet"]
    term = Term.objects.get(code="haste", locale__language_code="fr")
    assert (term.label, term.definition, term.scheme) == ("Hâte", "Trop vite.", "ethical_risk")
    entry = GlossaryTerm.objects.get(code="patrol", locale__language_code="fr")
    assert (entry.term, entry.source.code) == ("Ronde", "a-book")
    source = TranslationSource.objects.get(object_id=entry.translation_key)
    assert source.translations.get().get_progress() == (2, 2)


def test_an_edited_original_shows_what_is_no_longer_translated(bilingual):
    load(bilingual.root, languages=["en"])
    page = news()
    page.summary = "They met again."
    page.save_revision().publish()
    assert load(bilingual.root) == ["fr/news/first-meeting.po: 1 texts of first-meeting are not translated yet"]
    assert news(language="fr").summary == "They met again."


@pytest.mark.parametrize(
    ("messages", "line"),
    [
        ({"They met.": "<script>x</script>"}, "<script> tag is not allowed"),
        ({"They met.": "<p>Ils</p>"}, "<p> tag is not allowed"),
        ({"They met.": '<b class="x">Ils</b>'}, "cannot have any HTML tags with attributes"),
        ({"They met.": "<b>Ils"}, "<b> is opened and closed unequally often"),
        ({next(iter(RICH_FR)): "Lisez tout."}, "keep each link of the original, and no other: a1"),
        ({next(iter(RICH_FR)): '<a id="a1">x</a><a id="a2">y</a>'}, "keep each link of the original, and no other: a2"),
        ({"A first meeting": "x" * 256}, "title: Ensure this value has at most 255 characters (it has 256)."),
        ({"They met.": "x" * 301}, "at most 300 characters, and this has 301"),
        ({"page 3": "x" * 121}, "at most 120 characters, and this has 121"),
    ],
)
def test_a_broken_catalogue_loads_nothing(bilingual, messages, line):
    bilingual.po("fr/news/first-meeting.po", messages)
    with pytest.raises(BrokenContent) as raised:
        load(bilingual.root)
    assert any(line in str(problem) for problem in raised.value.problems)
    assert all(str(problem).startswith("fr/news/first-meeting.po: ") for problem in raised.value.problems)
    assert not HomePage.objects.exists()


def test_a_catalogue_of_another_language_is_refused(bilingual):
    bilingual.po("fr/news/first-meeting.po", {"They met.": "Sie trafen sich."}, language="de")
    with pytest.raises(BrokenContent, match="Language: the header must name the language of the folder, fr"):
        load(bilingual.root)


def test_a_file_that_is_no_catalogue_is_refused(bilingual):
    bilingual.write("fr/news/first-meeting.po", "nonsense\n")
    with pytest.raises(BrokenContent, match=r"fr/news/first-meeting\.po: file: not readable as PO"):
        load(bilingual.root)
