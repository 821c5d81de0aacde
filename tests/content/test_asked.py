"""What readers ask for pages and terms, loaded from a file for each language."""

import pytest
import yaml
from django.conf import settings

from content.loading import load
from content.models import LoadedRecord
from content.problems import BrokenContent
from library.models import NewsPage
from search.models import AskedAs
from search.service import search

pytestmark = pytest.mark.django_db
MEETING = "news/first-meeting"


def asked(tree, subjects, language="en", **fields):
    text = yaml.safe_dump({"type": "asked_as", "subjects": subjects, **fields}, allow_unicode=True, sort_keys=False)
    return tree.write(f"{language}/asked.yaml", text)


def titles(text, language="en"):
    return [hit.title for hit in search(text, language=language).hits]


def test_pages_are_found_by_what_readers_ask_in_each_language(tree):
    asked(tree, {MEETING: ["who counts the quokkas"], "home/home": ["where to begin"]})
    asked(tree, {MEETING: ["qui compte les wombats"]}, "fr")
    load(tree.root)
    assert titles("quokka") == titles("wombat", "fr") == ["A first meeting"]
    assert AskedAs.objects.count() == 3


def test_terms_are_named_by_their_kind(tree):
    tree.write("en/glossary/glossary.yaml", {"type": "glossary", "title": "Glossary", "summary": "Words."})
    term = {"code": "census", "term": "Census", "definition": "A count."}
    tree.write("en/glossary/terms.yaml", yaml.safe_dump({"type": "glossary_terms", "terms": [term]}))
    asked(tree, {"term/census": ["who counts the quokkas"]})
    load(tree.root)
    assert titles("quokka") == ["Census"]


def test_what_was_edited_or_deleted_on_the_site_stays_so(tree):
    asked(tree, {MEETING: ["who counts the quokkas"], "home/home": ["where to begin"]})
    load(tree.root)
    row = AskedAs.objects.get(wordings="who counts the quokkas")
    row.wordings = "who feeds them"
    row.save()
    AskedAs.objects.get(wordings="where to begin").delete()
    asked(tree, {MEETING: ["who counts the wombats"], "home/home": ["where to start"], "index/news": ["what is new"]})
    load(tree.root)
    assert set(AskedAs.objects.values_list("wordings", flat=True)) == {"who feeds them", "what is new"}


def test_what_editors_wrote_before_stays(tree):
    load(tree.root)
    key = str(NewsPage.objects.get().translation_key)
    AskedAs.objects.create(subject=key, language="en", wordings="ours")
    asked(tree, {MEETING: ["theirs"]})
    load(tree.root)
    load(tree.root)
    assert AskedAs.objects.get().wordings == "ours"


def test_loading_again_changes_nothing_and_says_so(tree):
    asked(tree, {MEETING: ["who counts the quokkas"]})
    load(tree.root)
    before = list(AskedAs.objects.values()), LoadedRecord.objects.count()
    said = []
    load(tree.root, say=said.append)
    assert said == ["Nothing new to load."]
    assert (list(AskedAs.objects.values()), LoadedRecord.objects.count()) == before


def test_what_was_deleted_on_the_site_is_asked_for_no_more(tree):
    load(tree.root)
    NewsPage.objects.get().delete()
    asked(tree, {MEETING: ["who counts the quokkas"]})
    said = []
    load(tree.root, say=said.append)
    assert said == ["Nothing new to load."]
    assert not AskedAs.objects.exists()


def test_only_the_languages_that_are_loaded(tree):
    asked(tree, {MEETING: ["qui compte les wombats"]}, "fr")
    load(tree.root, languages=["en"])
    assert not AskedAs.objects.exists()
    load(tree.root)
    assert AskedAs.objects.get().language == "fr"


@pytest.mark.parametrize(
    ("subjects", "field", "reason"),
    [
        (["news"], "subjects", "a mapping of kind/code to lists of wordings is needed"),
        ({"news/first-meting": ["a b"]}, "news/first-meting", "did you mean “news/first-meeting”?"),
        ({"page/first-meeting": ["a b"]}, "page/first-meeting", "nothing has this kind and code"),
        ({MEETING: "quokkas"}, MEETING, "a list of wordings is needed"),
        ({MEETING: []}, MEETING, "a list of wordings is needed"),
        ({MEETING: ["a b", 3]}, f"{MEETING} 2", "a text is needed"),
        ({MEETING: ["a b", "w" * 121]}, f"{MEETING} 2", "at most 120 characters"),
        ({MEETING: ["a b", "a b"]}, f"{MEETING} 2", "stands here twice"),
        ({MEETING: [f"a {n}" for n in range(21)]}, MEETING, "at most 20 wordings"),
    ],
)
def test_a_broken_file_names_field_and_reason_and_loads_nothing(tree, subjects, field, reason):
    asked(tree, subjects)
    with pytest.raises(BrokenContent) as broken:
        load(tree.root)
    [problem] = broken.value.problems
    assert (problem.file, problem.field) == ("en/asked.yaml", field)
    assert reason in problem.reason
    assert not NewsPage.objects.exists()


def test_a_file_in_another_place_or_with_other_fields_is_refused(tree):
    asked(tree, {MEETING: ["a b"]}, language="en/news", colour="red")
    with pytest.raises(BrokenContent, match=r"a file of this type is en/asked\.yaml"):
        load(tree.root)
    (tree.root / "en/news/asked.yaml").unlink()
    asked(tree, {MEETING: ["a b"]}, colour="red")
    with pytest.raises(BrokenContent, match="colour: not a known field"):
        load(tree.root)
    tree.write("en/asked.yaml", "type: [")
    with pytest.raises(BrokenContent, match="not readable as YAML"):
        load(tree.root)


def test_the_first_content_has_wordings_for_everything_in_every_language():
    files = {
        language: yaml.safe_load((settings.BASE_DIR / "content" / language / "asked.yaml").read_text("utf-8"))[
            "subjects"
        ]
        for language, _name in settings.LANGUAGES
    }
    assert len({frozenset(subjects) for subjects in files.values()}) == 1
    assert len(files["en"]) > 100
    few = [f"{code}: {name}" for code, subjects in files.items() for name, lines in subjects.items() if len(lines) < 4]
    assert not few
