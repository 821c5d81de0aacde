"""What is not text follows the original and is offered to nobody for translation; what is chosen is shown in the
reader's language, however deep it stands.
"""

import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import COMMENTS_RELATION_NAME, Page, TranslatableMixin, get_translatable_models

from patterns.models import PatternIndexPage
from portal.blocks import Line, Rich, Synchronised, Text
from portal.vocabulary import InstitutionalUse
from practices.models import PracticeIndexPage, PracticePattern
from tests.factories import (
    add_source,
    locale,
    make_home,
    make_index,
    make_pattern,
    make_practice,
    make_resource,
    translate,
)
from tests.factories.sections import make_recommendation
from translation import states
from translation.gaps import gaps
from translation.models import State
from workshops.models import RecommendationIndexPage, RecommendationPattern, RecommendationPractice

from .remembering import edit, finish, segment, submit, sync

OURS = [config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]
MODELS = [model for model in get_translatable_models(include_subclasses=True) if model._meta.app_label in OURS]
TRANSLATED = (Line, Text, Rich)


def leaves(block, path=""):
    """Every block that holds a value of its own, with the way to it."""
    if isinstance(block, ImageBlock):
        return
    if isinstance(block, blocks.ListBlock):
        yield from leaves(block.child_block, path)
    elif isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        for name, child in block.child_blocks.items():
            yield from leaves(child, f"{path}.{name}")
    else:
        yield path, block


def all_leaves():
    for model in MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield from leaves(field.stream_block, f"{model.__name__}.{field.name}")


def test_every_block_is_either_translated_text_or_follows_the_original():
    """wagtail-localize takes each text block for text to translate: a code has to say that it is none."""
    found = dict(all_leaves())
    assert len(found) > 100
    unclear = [
        f"{path}: {type(block).__name__}"
        for path, block in found.items()
        if not isinstance(block, (Synchronised, *TRANSLATED))
    ]
    assert not unclear
    assert all(
        block.get_translatable_segments("x") == [] for block in found.values() if isinstance(block, Synchronised)
    )


def child_models(model):
    relations = get_all_child_relations(model) if issubclass(model, ClusterableModel) else []
    return [one.related_model for one in relations if one.name != COMMENTS_RELATION_NAME]


def test_nothing_points_at_an_entry_of_one_language():
    """Codes do that. A page that is chosen is looked up in the reader's language when it is shown."""
    wrong = [
        f"{model.__name__}.{field.name}"
        for parent in MODELS
        for model in (parent, *child_models(parent))
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete
        if issubclass(field.related_model, TranslatableMixin) and not issubclass(field.related_model, Page)
    ]
    assert not wrong


def test_rows_below_a_page_that_hold_text_are_translatable_and_stand_one_level_deep():
    rows = {child for parent in MODELS for child in child_models(parent)}
    assert len(rows) > 4
    texts = {"CharField", "TextField", "RichTextField"}
    with_text = {
        row for row in rows for one in row._meta.concrete_fields if one.get_internal_type() in texts and not one.choices
    }
    assert {row.__name__ for row in with_text if not issubclass(row, TranslatableMixin)} <= {
        "PracticeContact",
        "CallContact",
    }
    assert not [row for row in rows if child_models(row)]


@pytest.fixture
def site(db):
    make_home("fr")
    indexes = {PatternIndexPage: "patterns", PracticeIndexPage: "practices", RecommendationIndexPage: "recommendations"}
    for model, slug in indexes.items():
        make_index(model, slug, "fr")


@pytest.mark.django_db
def test_codes_within_a_block_follow_the_original_and_its_note_is_translated(site):
    use = {"use": InstitutionalUse.values[0], "strength": "core", "tools": [], "note": "Every week."}
    page = make_pattern(title="Watch", uses=[{"type": "institutional", "value": use, "id": str(uuid.uuid4())}])
    translation = submit(page)
    below = translation.source.stringsegment_set.filter(context__path__startswith="uses")
    assert [one.string.data for one in below] == ["Every week."]
    finish(translation, "Mot")
    note = page.get_translation(locale("fr")).specific.uses[0].value["note"]
    stream = page.specific.uses.raw_data
    stream[0]["value"]["strength"] = "supporting"
    edit(page, uses=list(stream))
    (status,) = states.count(page.translation_key, [locale("fr")])
    assert (status.state, status.stale_since) == (State.COMPLETE, None)
    translation = sync(submit(page))
    assert not gaps(translation).exists()
    finish(translation)
    (now,) = page.get_translation(locale("fr")).specific.uses
    assert (now.value["strength"], now.value["note"]) == ("supporting", note)
    assert note.startswith("Mot")


@pytest.mark.django_db
def test_pages_chosen_in_rows_lead_to_those_of_the_readers_language(site):
    """Also in rows that are themselves not translated, and where the chosen page was translated afterwards."""
    pattern, practice = make_pattern(number=8, title="Watch"), make_practice(title="Faenza")
    advice = make_recommendation(number=1, title="Answer")
    RecommendationPattern.objects.create(page=advice, pattern=pattern)
    RecommendationPractice.objects.create(page=advice, practice=practice, note="In use here.", locale=advice.locale)
    PracticePattern.objects.create(page=practice, pattern=pattern, note="Seen here.", locale=practice.locale)
    report = make_resource(title="Report")
    add_source(practice, report)
    french = {one: finish(submit(type(one).objects.get(pk=one.pk)), f"{one.title} mot") for one in (advice, practice)}
    translate(pattern, "fr", title="Veille", slug="veille")
    translate(report, "fr", title="Rapport", slug="rapport")
    shown = {one.title: Client().get(page.url).content.decode() for one, page in french.items()}
    for html in shown.values():
        assert 'href="/fr/patterns/veille/' in html
        assert 'href="/fr/patterns/watch/' not in html
    assert f'href="{french[practice].url}' in shown["Answer"]
    assert 'href="/fr/resources/report/' in shown["Faenza"]
    assert Client().get("/fr/resources/report/").headers["Location"] == "/fr/resources/rapport/"
    assert segment(submit(advice), "In use here.").string.data == "In use here."
