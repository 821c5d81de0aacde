"""TMX and TBX: the memory and the glossary for other tools, and their memory for ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from library.models import GlossaryTerm
from tests.factories import locale
from tests.factories.editing import signed_in
from translation import memory, terms, writing
from translation.exchange import safe_xml, tbx, tmx
from translation.exchange.units import FileRefused
from translation.models import TermUse, TextEvent

from .pages import made, write
from .test_pages_of_the_admin import text_of
from .test_planning import LIRE, NOBODY, READ, SUMMARY, TITLE

pytestmark = pytest.mark.django_db
PAIRS = [tmx.Pair(READ, LIRE), tmx.Pair("A<br/>B &lt; C", "<b>A</b><br/>« B » &lt; C"), tmx.Pair("x\u2028y", "\u00a0y")]


def address(name, language="fr"):
    return reverse(f"translation_exchange_{name}", args=[language])


def downloaded(client, source="en", language="fr"):
    response = client.get(address("memory", language), {"source": source}, follow=True)
    return b"".join(response.streaming_content) if response.streaming else response.content


def upload(client, content, source="en", language="fr", name="theirs.tmx"):
    data = {"source": source, "file": SimpleUploadedFile(name, content)}
    return text_of(client.post(address("memory_upload", language), data, follow=True))


def test_pairs_come_back_as_they_were():
    found = tmx.read(b"".join(tmx.write(PAIRS, "en", "fr")), "en", "fr")
    assert [(one.source, one.text) for one in found] == [
        (READ, LIRE),
        ("A<br/>B &lt; C", "<b>A</b><br/>« B » &lt; C"),
        ("x y", "y"),
    ]


def test_tmx_of_another_tool():
    """With a DOCTYPE, regional codes, marks of its own, several languages."""
    text = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4"><header srclang="EN-US"/><body>
    <tu><tuv xml:lang="EN-US"><seg>Read <bpt i="1">{\\b </bpt>this<ept i="1">}</ept> &amp; go</seg></tuv>
    <tuv xml:lang="FR_CA"><seg>Lisez <hi>ceci</hi> &amp; partez</seg></tuv>
    <tuv xml:lang="de"><seg>Lies</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Only English</seg></tuv></tu></body></tmx>"""
    assert tmx.read(text.encode(), "en", "fr") == [tmx.Pair("Read this &amp; go", "Lisez ceci &amp; partez")]
    with pytest.raises(FileRefused, match="no texts in both languages"):
        tmx.read(text.encode(), "en", "it")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><tmx/>', "entities"),
        (b"<tmx>" * 1000, "nested too deeply"),
        (b"<xliff/>", "not a TMX file"),
        (b"not xml", "not sound XML"),
        (b"", "empty"),
        (b"<tmx>" + b" " * (5 * 2**20), "larger than 5 MB"),
    ],
)
def test_tmx_that_cannot_be_used(french, data, told):
    """Test 40."""
    assert told in upload(signed_in("Coordinators"), data)
    assert not TextEvent.objects.filter(via="tmx").exists()


def test_memory_has_what_the_person_may_read_and_no_more(french):
    """Row 20: of one pair of languages, what a person has written, on pages that she may edit."""
    write(french, NOBODY, "Personne.", via=writing.Via.MACHINE)
    german, spanish = made("Whistles", "de", "es")
    write(german, "Whistles", "Trillerpfeifen")
    write(spanish, "Whistles", "Silbatos")
    found = downloaded(signed_in("Translators fr")).decode()
    assert "<seg>Lanternes</seg>" in found
    for text in ("Personne", "Trillerpfeifen", "Silbatos"):
        assert text not in found
    client = signed_in("Translators de")
    assert b"Lanternes" not in downloaded(client)
    assert b"Trillerpfeifen" in downloaded(client, language="de")
    assert b"<tu" not in downloaded(client, source="it", language="de")
    for source in ("", "de", "xx"):
        assert b"<tmx" not in downloaded(client, source=source, language="de")


def test_text_that_stands_on_two_pages_goes_out_once(french):
    (other,) = made("Lanterns again", "fr")
    write(french, SUMMARY, "Qui veille &amp; qui décide.")
    write(other, SUMMARY, "Qui veille &amp; qui décide.")
    assert downloaded(signed_in("Translators fr")).count(b"Qui veille") == 1


def test_memory_of_another_tool_is_suggested(french):
    user_client = signed_in("Coordinators")
    pairs = [tmx.Pair(NOBODY, "Nul ne décide seul."), tmx.Pair(READ, "<script>x</script>"), tmx.Pair(TITLE, "Falots")]
    content = b"".join(tmx.write(pairs, "en", "fr"))
    shown = upload(user_client, content)
    assert "2 texts were added" in shown
    assert "1 text has errors" in shown
    assert "2 texts were known already" in upload(user_client, content)
    assert TextEvent.objects.filter(via="tmx").count() == 2
    segment = french.source.stringsegment_set.get(string__data=NOBODY)
    coordinator = TextEvent.objects.filter(via="tmx").first().user
    found = memory.suggestions(french, coordinator)[segment.pk]
    assert [one.text for one in found] == ["Nul ne décide seul."]


def test_memory_is_added_to_by_whoever_leads(french):
    content = b"".join(tmx.write(PAIRS, "en", "fr"))
    assert "permission" in upload(signed_in("Translators fr"), content)
    lead = signed_in("Coordinators")
    assert "Choose a file first" in text_of(lead.post(address("memory_upload"), {"source": "en"}, follow=True))
    assert "valid choice" in upload(lead, content, source="fr")
    assert lead.get(address("memory_upload")).status_code == 405
    assert not TextEvent.objects.filter(via="tmx").exists()


def test_glossary_goes_out_with_what_is_approved_and_what_is_not(french):
    """Row 20: TBX."""
    english = GlossaryTerm.objects.create(code="l", locale=locale("en"), term="Lantern & lamp", definition="A light.")
    copy = english.copy_for_translation(locale("fr"))
    copy.term = "Lanterne"
    copy.save()
    key = english.translation_key
    TermUse.objects.create(translation_key=key, locale=locale("fr"), forbidden="Lampion", note="At night.")
    response = signed_in("Translators fr").get(address("terms"))
    assert "glossary.tbx" in response["Content-Disposition"]
    root = safe_xml.parse(response.content)
    entry = next(one for one in root.iter("termEntry") if one.get("id") == f"c{key}")
    named = {one.get("{http://www.w3.org/XML/1998/namespace}lang"): one for one in entry.iter("langSet")}
    french_terms = {tig.find("term").text: tig.find("termNote").text for tig in named["fr"].iter("tig")}
    assert french_terms == {"Lanterne": tbx.PREFERRED, "Lampion": tbx.AVOIDED}
    assert named["fr"].find("note").text == "At night."
    assert named["en"].find("tig/term").text == "Lantern & lamp"
    assert len(list(root.iter("termEntry"))) == len(terms.notions())
