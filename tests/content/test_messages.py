"""The PO files that translators start from."""

import polib
import pytest
from django.conf import settings

from content.loading import load
from content.messages import write_messages
from content.problems import BrokenContent
from library.models import NewsPage

from .conftest import NEWS

pytestmark = pytest.mark.django_db

BODY = [
    {"heading": "Questions"},
    {"questions": {"title": "Ask", "items": ["Who?", "They met."]}},
    {"paragraph": "Read **this**, then [home](code:home)."},
]


@pytest.fixture
def loaded(tree):
    tree.write("en/news/first-meeting.yaml", NEWS, body=BODY, comment_prompt="And you?")
    load(tree.root)
    return tree


def catalogue(tree, name="fr/news/first-meeting.po"):
    return polib.pofile(str(tree.root / name))


def fill(tree, **translations):
    po = catalogue(tree)
    for entry in po:
        entry.msgstr = translations.get(entry.msgid.split()[0].strip("?.,"), entry.msgstr)
    po.save(str(tree.root / "fr/news/first-meeting.po"))


def test_a_catalogue_holds_the_texts_in_page_order_with_their_places(loaded):
    write_messages(loaded.root, "fr", ["first-meeting"])
    entries = [(entry.msgid, entry.comment) for entry in catalogue(loaded)]
    assert entries == [
        ("A first meeting", "title (at most 255 characters)"),
        ("They met.", "summary (at most 300 characters)\nbody > questions > items"),
        ("And you?", "comment prompt (at most 200 characters)"),
        ("Questions", "body > heading"),
        ("Ask", "body > questions > title"),
        ("Who?", "body > questions > items"),
        ('Read <b>this</b>, then <a id="a1">home</a>.', "body > paragraph"),
    ]


def test_header_names_the_language_and_no_date(loaded):
    write_messages(loaded.root, "fr")
    assert catalogue(loaded).metadata["Language"] == "fr"
    assert not [name for name in catalogue(loaded).metadata if "Date" in name]


def test_writing_again_changes_no_byte(loaded):
    write_messages(loaded.root, "fr")
    fill(loaded, And="Et vous ?")
    before = (loaded.root / "fr/news/first-meeting.po").read_bytes()
    write_messages(loaded.root, "fr")
    assert (loaded.root / "fr/news/first-meeting.po").read_bytes() == before


def test_translations_slugs_and_notes_are_kept(loaded):
    write_messages(loaded.root, "fr")
    fill(loaded, And="Et vous ?")
    po = catalogue(loaded)
    po.metadata["X-Slug"] = "reunion"
    po.find("Who?").tcomment = "somebody"
    po.find("Who?").flags.append("fuzzy")
    po.append(polib.POEntry(msgctxt="summary", msgid="They met.", msgstr="Rencontre."))
    po.save(str(loaded.root / "fr/news/first-meeting.po"))
    write_messages(loaded.root, "fr")
    po = catalogue(loaded)
    assert po.metadata["X-Slug"] == "reunion"
    assert po.find("And you?").msgstr == "Et vous ?"
    assert (po.find("Who?").tcomment, po.find("Who?").fuzzy) == ("somebody", True)
    assert [entry.msgstr for entry in po if entry.msgctxt == "summary"] == ["Rencontre."]
    assert [entry.comment for entry in po if entry.msgid == "They met." and not entry.msgctxt] == [
        "body > questions > items"
    ]


def test_what_vanished_from_the_page_is_kept_as_obsolete(loaded):
    write_messages(loaded.root, "fr")
    fill(loaded, And="Et vous ?")
    page = NewsPage.objects.get()
    page.comment_prompt = "What about you?"
    page.save_revision().publish()
    write_messages(loaded.root, "fr")
    po = catalogue(loaded)
    assert [(entry.msgid, entry.msgstr) for entry in po.obsolete_entries()] == [("And you?", "Et vous ?")]
    assert po.find("What about you?").msgstr == ""


def test_another_kind_of_quote_in_the_original_costs_no_translation(loaded):
    page = NewsPage.objects.get()
    page.comment_prompt = "What's yours?"
    page.save_revision().publish()
    write_messages(loaded.root, "fr")
    fill(loaded, **{"What's": "Et le vôtre ?"})
    page.comment_prompt = "What’s yours?"
    page.save_revision().publish()
    write_messages(loaded.root, "fr")
    assert catalogue(loaded).find("What’s yours?").msgstr == "Et le vôtre ?"
    assert not catalogue(loaded).obsolete_entries()


def test_words_are_counted(loaded):
    (written,) = write_messages(loaded.root, "fr", ["first-meeting"])
    assert (written.messages, written.words, written.missing_words) == (7, 14, 14)
    fill(loaded, And="Et vous ?")
    (written,) = write_messages(loaded.root, "fr", ["first-meeting"])
    assert (written.words, written.missing_words) == (14, 12)


def test_an_unknown_name_is_refused(loaded):
    with pytest.raises(BrokenContent, match="frist-meeting: code: no file to translate has this name"):
        write_messages(loaded.root, "fr", ["frist-meeting"])


def test_originals_in_the_language_itself_need_no_catalogue(loaded):
    write_messages(loaded.root, "en")
    assert not list((loaded.root / "en").rglob("*.po"))


@pytest.mark.content
def test_the_catalogues_of_the_content_fit_its_pages(loaded_site):
    """Each message stands on a page of today; run `manage.py content_messages` when this fails."""
    from content.catalogues import Messages, catalogue_path, read_catalogue
    from content.files import read_records
    from content.messages import placed_segments

    root = settings.BASE_DIR / "content"
    wrong = []
    for language, _name in settings.LANGUAGES:
        texts = {}
        for record in read_records(root, []):
            path = catalogue_path(record, root, language)
            if record.language != language and path.exists():
                texts.setdefault(path, set()).update(segment.text for _place, segment in placed_segments(record))
        for path, wanted in texts.items():
            known = {msgid for _context, msgid in Messages(read_catalogue(path)).entries}
            wrong += [f"{path.relative_to(root)}: missing {text[:60]}" for text in sorted(wanted - known)]
            wrong += [f"{path.relative_to(root)}: not on the page {text[:60]}" for text in sorted(known - wanted)]
    assert not wrong, "\n".join(wrong[:40])
