"""A broken file names file, field and reason, and nothing is loaded."""

import pytest
from wagtail.models import Page

from content.loading import load
from content.models import LoadedRecord
from content.problems import BrokenContent
from portal.models import Organisation, Term

from .conftest import NEWS

pytestmark = pytest.mark.django_db

TERMS = {"type": "terms", "scheme": "ethical_risk", "terms": [{"code": "haste", "label": "Haste"}]}
ORGANISATIONS = {"type": "organisations", "organisations": [{"code": "efus", "name": "Efus", "kind": "network"}]}


def problems(tree):
    with pytest.raises(BrokenContent) as raised:
        load(tree.root)
    assert not LoadedRecord.objects.exists()
    assert not Term.objects.exists()
    assert not Organisation.objects.exists()
    assert Page.objects.count() == 2  # the root and the welcome page of a new database
    lines = [str(problem) for problem in raised.value.problems]
    assert all("\n" not in line for line in lines)
    return lines


def news(**fields):
    return {**NEWS, **fields}


CASES = [
    (news(type="novelty"), "type", "“novelty” is not a known type"),
    (news(subtitle="x"), "subtitle", "not a known field"),
    (news(path="0001"), "path", "not a known field"),
    (news(live=False), "live", "not a known field"),
    (news(code="other"), "code", "must be the name of the file, “one”, not “other”"),
    (news(title=2017), "title", "text is needed, not 2017; put it in quotes"),
    (news(title="x" * 256), "title", "Ensure this value has at most 255 characters (it has 256)."),
    (news(summary="x" * 301), "summary", "Ensure this value has at most 300 characters"),
    ({key: value for key, value in NEWS.items() if key != "summary"}, "summary", "is missing"),
    (news(date="tomorrow"), "date", "“tomorrow” value has an invalid date format"),
    (news(provenance="hearsay"), "provenance", "Value 'hearsay' is not a valid choice."),
    (news(parent="nowhere"), "parent", "no page has the code “nowhere”"),
    (news(tags="police"), "tags", "a list of words is needed"),
    (news(tags=["Police"]), "tags", "tags are lower case: “Police”"),
    (news(body="text"), "body", "a list of blocks is needed"),
    (news(body=[{"paragraf": "x"}]), "body 1", "no block “paragraf” here; there is heading, paragraph"),
    (news(body=[{"heading": "a"}, {"heading": ""}]), "body 2 (heading)", "This field is required."),
    (news(body=[{"callout": "x"}]), "body 1 (callout)", "a mapping is needed: title, text"),
    (
        news(body=[{"callout": {"title": "a", "text": "b", "colour": "red"}}]),
        "body 1 (callout) → colour",
        "not a known field",
    ),
    (news(body=[{"callout": {"title": "a"}}]), "body 1 (callout) → text", "is missing"),
    (news(body=[{"paragraph": "**bold"}]), "body 1 (paragraph)", "unfinished Markdown at “**bold”"),
    (news(body=[{"paragraph": "# Heading"}]), "body 1 (paragraph)", "only paragraphs, lists, bold"),
    (news(body=[{"paragraph": "a <script>b</script>"}]), "body 1 (paragraph)", "not <script>"),
    (news(body=[{"paragraph": "[x](javascript:alert)"}]), "body 1 (paragraph)", "is no address"),
    (news(body=[{"paragraph": "[x](code:firstmeeting)"}]), "body 1 (paragraph)", "did you mean “first-meeting”?"),
    (
        news(body=[{"related": {"title": "More", "pages": ["first-meeting", "gone"]}}]),
        "body 1 (related) → pages 2",
        "no page has the code “gone”",
    ),
    (news(body=[{"image": "x.png"}]), "body 1 (image)", "pictures are not loaded from files"),
    (
        news(sources=[{"resource": "home"}]),
        "sources 1 → resource",
        "“home” is a home page, and a resource is needed here",
    ),
    (news(sources=[{"locator": "p. 1"}]), "sources 1 → resource", "is missing"),
    (news(sources=[{"resorce": "home"}]), "sources 1 → resorce", "not a known field"),
    (news(sources="home"), "sources", "a list of rows is needed"),
    (news(change_notes=[{"change": {"date": "2017-01-10", "kind": "huge", "text": "a"}}]), "kind", "valid choice"),
]


@pytest.mark.parametrize(
    ("data", "field", "reason"), CASES, ids=[f"{field}: {reason}" for _data, field, reason in CASES]
)
def test_broken_page(tree, data, field, reason):
    tree.write("en/news/one.yaml", data)
    lines = problems(tree)
    assert all(line.startswith("en/news/one.yaml: ") for line in lines)
    assert field in lines[0].split(": ")[1]
    assert reason in lines[0]


def test_all_problems_of_all_files_are_told_at_once(tree):
    tree.write("en/news/one.yaml", NEWS, colour="red", provenance="hearsay")
    tree.write("en/news/two.yaml", NEWS, date="never")
    assert [line.split(": ")[:2] for line in problems(tree)] == [
        ["en/news/one.yaml", "colour"],
        ["en/news/one.yaml", "provenance"],
        ["en/news/two.yaml", "date"],
    ]


def test_file_that_is_no_yaml(tree):
    tree.write("en/news/one.yaml", "title: [unclosed")
    assert "not readable as YAML" in problems(tree)[0]


def test_file_that_is_no_mapping(tree):
    tree.write("en/news/one.yaml", "- one\n- two\n")
    assert problems(tree)[0].startswith("en/news/one.yaml: file: a file holds one mapping")


def test_code_is_given_once(tree):
    tree.write("en/topics/first-meeting.yaml", {"type": "topic", "title": "a", "summary": "b", "definition": "c"})
    assert "is already the code of en/news/first-meeting.yaml" in problems(tree)[0]


def test_wrong_diagram(tree):
    tree.write("en/patterns/patterns.yaml", {"type": "pattern_index", "title": "P", "summary": "S"})
    tree.write(
        "en/patterns/one.yaml",
        {
            **{"type": "pattern", "title": "P", "summary": "S", "number": 1, "group": "act", "confidence_reason": "r"},
            **{"card_problem": "p", "card_therefore": "t", "context": "c", "problem": "p", "solution": "s"},
        },
        diagram="<text>no</text>",
    )
    assert any("diagram: Use only circle, rect, path and g" in line for line in problems(tree))


def test_what_a_page_needs_before_it_is_published(tree):
    """The rules of the edit form hold for files too."""
    tree.write("en/collections/collections.yaml", {"type": "collection_index", "title": "C", "summary": "S"})
    tree.write(
        "en/collections/short.yaml",
        {"type": "collection", "title": "C", "summary": "S", "collection_kind": "reading"},
        steps=[{"step": {"page": "first-meeting"}}],
    )
    assert problems(tree) == ["en/collections/short.yaml: steps: A collection has at least two steps."]


def test_what_only_the_database_notices(tree):
    tree.write("en/workshops/recommendations.yaml", {"type": "recommendation_index", "title": "R", "summary": "S"})
    for code in ("rec-a", "rec-b"):
        tree.write(
            f"en/workshops/{code}.yaml",
            {"type": "recommendation", "title": "R", "summary": "S", "number": 7, "rationale": "Why."},
        )
    assert "en/workshops/rec-b.yaml: number: Another recommendation has this number." in problems(tree)


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        (
            "en/vocabulary/ethical_risk.yaml",
            {**TERMS, "terms": [{"code": "haste"}]},
            "en/vocabulary/ethical_risk.yaml: haste → label: is missing",
        ),
        (
            "en/vocabulary/ethical_risk.yaml",
            {**TERMS, "terms": [{"label": "Haste"}]},
            "en/vocabulary/ethical_risk.yaml: terms 1: an entry needs a code",
        ),
        (
            "en/vocabulary/other.yaml",
            TERMS,
            "en/vocabulary/other.yaml: scheme: must be the name of the file, “other”",
        ),
        (
            "en/organisations.yaml",
            {**ORGANISATIONS, "colour": "red"},
            "en/organisations.yaml: colour: not a known field",
        ),
        (
            "en/organisations.yaml",
            {"type": "organisations", "organisations": [{"code": "efus", "name": "Efus", "kind": "club"}]},
            "en/organisations.yaml: efus → kind: Value 'club' is not a valid choice.",
        ),
        (
            "en/people.yaml",
            {"type": "people", "people": [{"code": "ann", "name": "Ann", "organisation": "nobody"}]},
            "en/people.yaml: ann → organisation: no organisation has the code “nobody”",
        ),
    ],
)
def test_broken_register(tree, name, data, line):
    tree.write(name, {key: value for key, value in data.items() if key != "code"})
    assert line in problems(tree)
