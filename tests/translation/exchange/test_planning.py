"""What a file would change is said before anything is written, and only what was chosen is written."""

import dataclasses
import datetime

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from translation.exchange import formats, outgoing, planning, po
from translation.exchange.planning import Choice, Kind
from translation.exchange.units import Document, FileRefused, Progress, Unit
from translation.models import TextEvent, Via

from .pages import data_of, made, write

pytestmark = pytest.mark.django_db

READ = 'Read <a id="a1">the statutes</a> &amp; <b>ask</b> 3 people.'
LIRE = 'Lisez <a id="a1">les statuts</a> &amp; <b>demandez</b> à 3 personnes.'
TITLE, SUMMARY, NOBODY = "Lanterns", "Who watches &amp; who decides.", "Nobody decides alone."


def exported(translation):
    return polib.pofile(po.write(outgoing.document(translation)).decode())


def edited(translation, *, fuzzy=False, **texts):
    """The file as a translator sends it back, with what she wrote by a part of the original."""
    file = exported(translation)
    return filled(file, fuzzy=fuzzy, **texts)


def filled(file, *, fuzzy=False, **texts):
    for part, text in texts.items():
        entry = next(one for one in file if part in one.msgid)
        entry.msgstr = text
        entry.flags = ["fuzzy"] if fuzzy else []
    return file


def planned(translation, file):
    return planning.plan(po.read(str(file).encode()), translation)


def kinds(plan):
    return {row.unit.source: row.kind for row in plan.rows if row.kind not in (Kind.EMPTY, Kind.UNCHANGED)}


def apply(plan, *, user=None, **others):
    """Everything as it is chosen beforehand, but for what is said of a number."""
    decisions = {row.number: (row.chosen or "", row.seen) for row in plan.to_choose}
    return planning.apply(plan, {**decisions, **others.get("but", {})}, user=user, via=Via.PO)


@pytest.mark.parametrize("code", formats.FORMATS)
def test_what_comes_back_unchanged_changes_nothing(french, code):
    """Test 27."""
    write(french, READ, LIRE)
    machine = write(french, NOBODY, "Personne ne décide seul.", via=Via.MACHINE)
    before, events = data_of(french), TextEvent.objects.count()
    document, _via = formats.read(formats.FORMATS[code].write(outgoing.document(french)))
    plan = planning.plan(document, french)
    assert {row.kind for row in plan.rows} == {Kind.UNCHANGED, Kind.EMPTY}
    assert not plan.to_choose
    assert apply(plan).written == 0
    assert (data_of(french), TextEvent.objects.count()) == (before, events)
    machine.refresh_from_db()
    assert machine.translation_type == "machine"


def test_new_and_changed_texts_are_written_after_they_were_shown(french):
    """Row 18."""
    plan = planned(french, edited(french, Lanterns="Les lanternes", watches="Qui veille & qui décide."))
    assert kinds(plan) == {TITLE: Kind.CHANGED, SUMMARY: Kind.NEW}
    assert data_of(french) == {TITLE: "Lanternes"}
    assert [row.unit.line for row in plan.to_choose] == sorted(row.unit.line for row in plan.to_choose)
    assert plan.to_choose[0].unit.line > 1
    outcome = apply(plan)
    assert (outcome.written, outcome.undecided) == (2, 0)
    assert data_of(french) == {TITLE: "Les lanternes", SUMMARY: "Qui veille &amp; qui décide."}
    assert set(TextEvent.objects.filter(new="Les lanternes").values_list("via", "old")) == {("po", "Lanternes")}


def test_what_is_left_as_it_is_stays(french):
    plan = planned(french, edited(french, Lanterns="Les lanternes"))
    outcome = apply(plan, but={plan.to_choose[0].number: (Choice.KEEP, "")})
    assert (outcome.written, outcome.kept) == (0, 1)
    assert data_of(french) == {TITLE: "Lanternes"}


def test_original_changed_while_the_file_was_away(french):
    """Test 28: the changed text is a conflict, the others are taken all the same."""
    file = edited(french, Read=LIRE, Nobody="Personne ne décide seul.", Lanterns="Les lanternes")
    page = french.source.get_source_instance()
    page.definition = page.definition.replace("3 people", "4 people")
    page.save_revision().publish()
    french.source.update_from_db()
    plan = planned(french, file)
    assert kinds(plan) == {READ: Kind.CONFLICT, NOBODY: Kind.NEW, TITLE: Kind.CHANGED}
    row = next(row for row in plan.rows if row.unit.source == READ)
    assert row.segment.string.data == READ.replace("3", "4")
    assert Choice.TAKE not in row.choices
    assert row.chosen is None
    assert [problem.code for problem in row.problems] == ["numbers"]
    outcome = apply(plan)
    assert (outcome.written, outcome.undecided) == (2, 1)
    assert row.segment.string.data not in data_of(french)
    plan = planned(french, file)
    row = next(row for row in plan.rows if row.unit.source == READ)
    assert apply(plan, but={row.number: (Choice.REVISE, row.seen)}).written == 1
    assert data_of(french)[READ.replace("3", "4")] == LIRE
    assert StringTranslation.objects.get(data=LIRE).translation_type == "machine"  # that is: nobody has read it


def test_translation_changed_here_while_the_file_was_away(french):
    """Test 29."""
    file = edited(french, Lanterns="Les lanternes")
    write(french, TITLE, "Falots")
    plan = planned(french, file)
    assert kinds(plan) == {TITLE: Kind.CONFLICT}
    assert plan.to_choose[0].chosen is None
    assert apply(plan).undecided == 1
    assert data_of(french) == {TITLE: "Falots"}
    row = plan.to_choose[0]
    assert apply(plan, but={row.number: (Choice.TAKE, row.seen)}).written == 1
    assert data_of(french) == {TITLE: "Les lanternes"}


def test_changed_between_the_look_and_the_decision(french):
    """Test 29, in the last moment: it becomes a conflict again, and the other texts are written."""
    plan = planned(french, edited(french, Lanterns="Les lanternes", Nobody="Personne ne décide seul."))
    write(french, TITLE, "Falots")
    outcome = apply(plan)
    assert (outcome.written, outcome.changed_meanwhile) == (1, 1)
    assert data_of(french) == {TITLE: "Falots", NOBODY: "Personne ne décide seul."}


def without_comments(file):
    for entry in file:
        entry.comment = entry.tcomment = ""
    return file


def test_tool_that_drops_comments(french):
    """Test 29: without a state for each text, the hour at which the file was made decides."""
    file = without_comments(edited(french, Lanterns="Les lanternes", Nobody="Personne ne décide seul."))
    assert kinds(planned(french, file)) == {TITLE: Kind.CHANGED, NOBODY: Kind.NEW}
    write(french, TITLE, "Falots")
    assert kinds(planned(french, file)) == {TITLE: Kind.CONFLICT, NOBODY: Kind.NEW}
    file.metadata["X-Exported-At"] = (timezone.now() + datetime.timedelta(hours=1)).isoformat()
    assert kinds(planned(french, file)) == {TITLE: Kind.CHANGED, NOBODY: Kind.NEW}
    del file.metadata["X-Exported-At"], file.metadata["POT-Creation-Date"]
    assert kinds(planned(french, file)) == {TITLE: Kind.CONFLICT, NOBODY: Kind.NEW}


def test_fuzzy_needs_revision(french):
    """Test 30."""
    file = edited(french, fuzzy=True, Lanterns="Les lanternes", Nobody="Personne ne décide seul.")
    plan = planned(french, file)
    assert kinds(plan) == {TITLE: Kind.FUZZY, NOBODY: Kind.FUZZY}
    assert all(Choice.TAKE not in row.choices for row in plan.to_choose)
    apply(plan)
    kept = StringTranslation.objects.get(data="Les lanternes")
    assert kept.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE  # counts as not read
    assert not planned(french, file).to_choose
    assert outgoing.document(french).units[0].progress == Progress.TO_REVISE
    reviewed = exported(french)
    reviewed[0].flags = []
    assert kinds(planned(french, reviewed)) == {TITLE: Kind.CHANGED}
    apply(planned(french, reviewed))
    kept.refresh_from_db()
    assert kept.translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL


def test_file_that_lost_its_header(french):
    """Test 31: taken where every text is of this page, refused where one is not."""
    file = edited(french, Nobody="Personne ne décide seul.")
    file.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    assert kinds(planned(french, file))[NOBODY] == Kind.NEW
    file.append(polib.POEntry(msgid="Stranger", msgctxt="title", msgstr="Étranger"))
    with pytest.raises(FileRefused, match="does not say which page it is for, and 1 of its texts"):
        planned(french, file)


def test_file_of_another_translation_is_refused(french):
    """Tests 9 and 31."""
    (other,) = made("Whistles", "fr")
    with pytest.raises(FileRefused, match="for another page or language"):
        planned(other, exported(french))
    file = exported(french)
    file.metadata["Language"] = "es"
    with pytest.raises(FileRefused, match="“es”, not for French"):
        planned(french, file)
    file.metadata["Language"] = "fr_BE"
    assert planned(french, file)


def test_nothing_that_matches_is_an_error(french):
    """Test 32."""
    file = exported(french)
    for number, entry in enumerate(list(file)):
        entry.msgid = f"Another {number}"
        entry.msgctxt = f"gone.{number}"
    with pytest.raises(FileRefused, match="None of the 4 texts"):
        planned(french, file)
    with pytest.raises(FileRefused, match="no texts"):
        planning.plan(Document(key=str(french.uuid)), french)
    many = [Unit("title", f"{number}", "x") for number in range(5_001)]
    with pytest.raises(FileRefused, match="5001 texts"):
        planning.plan(Document(key=str(french.uuid), units=many), french)


@pytest.mark.parametrize(
    "text",
    [
        LIRE.replace("</b>", ""),
        LIRE.replace("<b>", "<script>alert(1)</script><b>"),
        LIRE.replace('id="a1"', 'href="javascript:alert(1)"'),
        LIRE.replace('id="a1"', 'id="a1" onclick="x"'),
        LIRE.replace('id="a1"', 'id="a7"'),
        LIRE.replace(' id="a1"', ""),
        "Lisez les statuts &amp; <b>demandez</b> à 3 personnes.",
        LIRE.replace("</a>", ""),
        LIRE.replace("<b>", "<b").replace("</b>", "</b"),
    ],
)
def test_broken_or_dangerous_text_is_refused_with_its_line(french, text):
    """Tests 33 and 34; the other texts of the file are taken."""
    plan = planned(french, edited(french, Read=text, Nobody="Personne ne décide seul."))
    assert kinds(plan) == {READ: Kind.REFUSED, NOBODY: Kind.NEW}
    (row,) = plan.of(Kind.REFUSED)
    assert row.unit.line > 1
    assert any(problem.level == "error" for problem in row.problems)
    assert not row.choices
    assert apply(plan, but={row.number: (Choice.TAKE, row.seen)}).written == 1
    assert READ not in data_of(french)


def test_what_is_too_long_is_refused(french):
    plan = planned(french, edited(french, Lanterns="L" * 256))
    assert kinds(plan) == {TITLE: Kind.REFUSED}


def test_warnings_are_shown_and_do_not_block(french):
    plan = planned(french, edited(french, Read=LIRE.replace("3", "4")))
    assert kinds(plan) == {READ: Kind.NEW}
    assert plan.to_choose[0].problems


def test_same_text_twice_in_a_file(french):
    """Test 36."""
    file = edited(french, Nobody="Personne ne décide seul.")
    entry = next(one for one in file if one.msgid == NOBODY)
    file.append(polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=entry.msgstr))
    plan = planned(french, file)
    assert [row.kind for row in plan.rows if row.unit.source == NOBODY] == [Kind.NEW, Kind.UNCHANGED]
    file[-1].msgstr = "Nul ne décide seul."
    rows = [row for row in planned(french, file).rows if row.unit.source == NOBODY]
    assert [row.kind for row in rows] == [Kind.REFUSED, Kind.REFUSED]
    assert all(str(rows[1].unit.line) in row.reason for row in rows)


def test_same_file_twice(french):
    """Test 37: the second time there is nothing to do."""
    file = edited(french, Lanterns="Les lanternes", Nobody="Personne ne décide seul.")
    assert apply(planned(french, file)).written == 2
    assert not planned(french, file).to_choose


def test_text_without_a_place_is_found_by_its_original(french):
    """Some tools keep no context."""
    document = po.read(str(edited(french, Nobody="Personne ne décide seul.")).encode())
    units = [dataclasses.replace(unit, path="") for unit in document.units]
    assert kinds(planning.plan(dataclasses.replace(document, units=units), french)) == {NOBODY: Kind.NEW}


def test_sentence_that_stands_twice_in_a_field_goes_out_once(db):
    """Test 21, in files: gettext takes no entry twice."""
    (translation,) = made("Echo", "fr", definition="<p>Twice.</p><p>Between.</p><p>Twice.</p>")
    assert [unit.source for unit in outgoing.document(translation).units][2:] == ["Twice.", "Between."]


def test_earlier_wording_goes_out_beside_the_new_one(french):
    """Row 19: what the original said before and how that was translated."""
    write(french, READ, LIRE)
    page = french.source.get_source_instance()
    page.definition = page.definition.replace("3 people", "4 people")
    page.save_revision().publish()
    french.source.update_from_db()
    entry = next(one for one in exported(french) if "4 people" in one.msgid)
    assert entry.previous_msgid == READ
    assert f"Translated so far: {LIRE}" in entry.comment
    assert entry.msgstr == ""
    alone = next(one for one in exported(french) if one.msgid == NOBODY)
    assert not alone.previous_msgid


def test_number_of_queries_does_not_grow_with_the_page(french):
    def queries(translation):
        with CaptureQueriesContext(connection) as out:
            document = outgoing.document(translation)
        with CaptureQueriesContext(connection) as back:
            planning.plan(document, translation)
        return len(out), len(back)

    paragraphs = "".join(f"<p>Paragraph {number} says something.</p>" for number in range(12))
    (longer,) = made("Longer", "fr", definition=paragraphs)
    queries(french)
    assert queries(longer) == queries(french)
