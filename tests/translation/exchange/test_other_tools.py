"""There and back through the programs that agencies use, run as commands of their own."""

import shutil
import subprocess

import polib
import pytest

from library.models import GlossaryTerm
from tests.factories import locale
from tests.factories.editing import make_user
from tests.services.plugin import missing
from translation import terms
from translation.exchange import formats, memories, outgoing, planning, po, tbx, tmx
from translation.exchange.planning import Kind

from .pages import data_of, write
from .test_files import DOCUMENT, UNITS
from .test_planning import LIRE, NOBODY, READ, apply, edited, planned

GETTEXT = "gettext"
TOOLKIT = "translate-toolkit, the package of Debian,"


def run(program, *arguments, of=TOOLKIT):
    found = shutil.which(program)
    if found is None:
        missing(f"{of} was not found")
    done = subprocess.run([found, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def texts(document):
    return [(unit.path, unit.source, unit.text) for unit in document.units]


def test_gettext_finds_nothing_wrong(tmp_path):
    """Test 39: `msgfmt --check` takes the file as it goes out."""
    path = tmp_path / "a.po"
    path.write_bytes(po.write(DOCUMENT))
    said = run("msgfmt", "--check", "--verbose", "-o", tmp_path / "a.mo", path, of=GETTEXT)
    assert "warning" not in said
    assert "error" not in said


@pytest.mark.parametrize("options", [[], ["--width=40"], ["--sort-output"], ["--to-code=UTF-8", "--no-wrap"]])
def test_there_and_back_through_gettext(tmp_path, options):
    """Test 39: byte for byte, whatever the line breaks and the order."""
    sent, back = tmp_path / "a.po", tmp_path / "b.po"
    sent.write_bytes(po.write(DOCUMENT))
    run("msgcat", *options, "-o", back, sent, of=GETTEXT)
    found = po.read(back.read_bytes())
    assert sorted(texts(found)) == sorted(texts(DOCUMENT))
    assert {unit.token for unit in found.units} == {unit.token for unit in UNITS}
    assert (found.key, found.exported_at) == (DOCUMENT.key, DOCUMENT.exported_at)


def test_merged_with_a_newer_template(french, tmp_path):
    """Test 39: `msgmerge` keeps what a translator wrote, and a file of it changes just that."""
    sent, template, merged = tmp_path / "a.po", tmp_path / "a.pot", tmp_path / "b.po"
    sent.write_text(str(edited(french, Nobody="Personne ne décide seul.")))
    template.write_bytes(po.write(outgoing.document(french)))
    run("msgmerge", "--no-fuzzy-matching", "-o", merged, sent, template, of=GETTEXT)
    plan = planning.plan(po.read(merged.read_bytes()), french)
    assert [row.unit.source for row in plan.of(Kind.NEW)] == [NOBODY]
    assert len(plan.to_choose) == 1


def test_there_and_back_through_xliff_of_the_translate_toolkit(french, tmp_path):
    """Test 39: out as PO, worked on as XLIFF, back as PO."""
    file = edited(french, Nobody="Personne ne décide seul.", Read=LIRE)
    sent, other, back = tmp_path / "a.po", tmp_path / "a.xlf", tmp_path / "b.po"
    sent.write_text(str(file))
    run("po2xliff", sent, other)
    run("xliff2po", other, back)
    plan = planned(french, polib.pofile(str(back)))
    assert {row.unit.source for row in plan.rows if row.kind in (Kind.NEW, Kind.FUZZY)} == {NOBODY, READ}
    apply(plan)
    assert data_of(french)[READ] == LIRE
    assert data_of(french)[NOBODY] == "Personne ne décide seul."


def test_checks_of_the_translate_toolkit_find_nothing(french, tmp_path):
    sent, found = tmp_path / "a.po", tmp_path / "found.po"
    sent.write_text(str(edited(french, Nobody="Personne ne décide seul.", Read=LIRE)))
    run("pofilter", "--test=xmltags", "--test=variables", "--test=escapes", "-i", sent, "-o", found)
    assert not found.exists() or not polib.pofile(str(found))


def test_our_xliff_is_read_by_the_translate_toolkit(french, tmp_path):
    """Test 39: its texts are those that we wrote."""
    write(french, READ, LIRE)
    sent, back = tmp_path / "a.xlf", tmp_path / "b.po"
    sent.write_bytes(formats.FORMATS["xliff"].write(outgoing.document(french)))
    run("xliff2po", sent, back)
    found = {entry.msgid: entry.msgstr for entry in polib.pofile(str(back))}
    assert found["Lanterns"] == "Lanternes"
    assert NOBODY in found
    assert len(found) == len(outgoing.document(french).units)


def test_our_memory_is_read_by_the_translate_toolkit(french, tmp_path):
    """Test 39: a file without translations is filled from it."""
    memory, sent, found = tmp_path / "a.tmx", tmp_path / "a.po", tmp_path / "b.po"
    pairs = memories.pairs(make_user("Translators fr"), french.source.locale_id, french.target_locale_id)
    memory.write_bytes(b"".join(tmx.write(pairs, "en", "fr")))
    sent.write_text(str(edited(french, Lanterns="")))
    run("pretranslate", f"--tm={memory}", "-t", sent, sent, found)
    assert next(one for one in polib.pofile(str(found)) if one.msgid == "Lanterns").msgstr == "Lanternes"


def test_our_glossary_is_read_by_the_translate_toolkit(french, tmp_path):
    english = GlossaryTerm.objects.create(code="l", locale=locale("en"), term="Lantern & lamp", definition="A light.")
    copy = english.copy_for_translation(locale("fr"))
    copy.term = "Lanterne"
    copy.save()
    glossary, found = tmp_path / "a.tbx", tmp_path / "a.po"
    glossary.write_bytes(tbx.write(terms.notions({"en", "fr"}), "en", {"en", "fr"}))
    run("tbx2po", glossary, found)
    pairs = {(entry.msgid, entry.msgstr) for entry in polib.pofile(str(found))}
    assert ("Lantern & lamp", "Lanterne") in pairs


@pytest.mark.parametrize(("code", "name"), [("po", "a.po"), ("xliff", "a.xlf")])
def test_saved_by_the_translate_toolkit_as_weblate_does(tmp_path, code, name):
    """Test 39: its own classes read the file, take every text over and write it; each comes back as it was."""
    sent, back = tmp_path / name, tmp_path / f"back-{name}"
    sent.write_bytes(formats.FORMATS[code].write(DOCUMENT))
    run("pomerge", "-t", sent, "-i", sent, "-o", back)
    found, _via = formats.read(back.read_bytes())
    assert sorted(texts(found)) == sorted(texts(DOCUMENT))
    assert {unit.token for unit in found.units} == {unit.token for unit in UNITS}
    assert found.key == DOCUMENT.key
