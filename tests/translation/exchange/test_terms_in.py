"""The way of a TBX file into the glossary's words of one language: sent, looked at, decided."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.factories import locale, make_home
from tests.factories.editing import make_user, signed_in
from tests.factories.sections import make_glossary, make_term
from translation import terms
from translation.exchange import tbx
from translation.exchange.models import Upload
from translation.exchange.planning import Kind, named_lines
from translation.models import TermUse

pytestmark = pytest.mark.django_db
FOREIGN = b"""<?xml version="1.0"?><tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dca" xml:lang="en"><text><body>
<conceptEntry id="7"><langSec xml:lang="en-GB"><termSec><term>neighbourhood watch</term></termSec></langSec>
<langSec xml:lang="fr-BE"><termSec><term>Voisins vigilants</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
<termSec><term>milice</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
<termSec><term>ronde</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry>
<conceptEntry id="8"><langSec xml:lang="en"><termSec><term>Lantern</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>Lanterne</term></termSec></langSec></conceptEntry>
<conceptEntry id="9"><langSec xml:lang="en"><termSec><term>Unheard of</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>Inconnu</term></termSec></langSec></conceptEntry>
</body></text></tbx>"""


@pytest.fixture
def watch(db):
    """Terms of an open glossary: one with a French name, one without, and one that French keeps as it is."""
    for language in ("en", "fr", "de"):
        make_home(language)
        make_glossary(language)
    watch = make_term("watch", term="Neighbourhood watch", alternatives="watch group")
    make_term("watch", "fr", term="Surveillance  de voisinage", alternatives="veille\nronde de nuit")
    make_term("watch", "de", term="Nachbarschaftswache")
    make_term("lantern", term="Lantern")
    app = make_term("app", term="App & co")
    use(watch, forbidden="milice privée", note="Pas\nen titre.", forms="voisins")
    use(app, kept=True, note="Comme en anglais.")
    return watch


def use(entry, language="fr", **told):
    return TermUse.objects.create(translation_key=entry.translation_key, locale=locale(language), **told)


def kept():
    return list(
        TermUse.objects.order_by("pk").values_list(
            "locale__language_code", "rendering", "forms", "forbidden", "note", "kept"
        )
    )


def looked_at(client, content, language="fr"):
    address = reverse("translation_exchange_terms_upload", args=[language])
    return client.post(address, {"file": SimpleUploadedFile("theirs.tbx", content)}, follow=True)


def rows(response):
    return {row.title: row for group in response.context["groups"] for row in group["rows"]}


def decide(client, response, **others):
    """As a browser sends it; `others` by the title of the term."""
    found = {}
    for title, row in rows(response).items():
        choice = others.get(title.partition(" ")[0], row.chosen)
        if row.choices and choice:
            found[f"row-0-{row.number}"] = f"{choice}:{row.seen}"
    return client.post(response.request["PATH_INFO"], found, follow=True)


def test_what_went_out_comes_back_without_a_change(watch):
    client = signed_in("Translators fr")
    content = client.get(reverse("translation_exchange_terms", args=["fr"])).content
    before = kept()
    response = looked_at(client, content)
    assert {row.kind for row in rows(response).values()} <= {Kind.UNCHANGED, Kind.EMPTY}
    assert (len(rows(response)), response.context["to_choose"]) == (len(terms.notions()), 0)
    client.post(response.request["PATH_INFO"])
    assert kept() == before


def test_file_says_what_translators_are_told_in_languages_of_their_own_only(watch):
    use(watch, "de", rendering="Wache im Viertel", forbidden="Heimliche Wehr", note="Verschwiegenes")
    address = reverse("translation_exchange_terms", args=["fr"])
    mine = signed_in("Translators fr").get(address).content.decode()
    for text in ("Pas\nen titre.", "milice privée", "Nachbarschaftswache", "Wache im Viertel"):
        assert text in mine
    assert "Heimliche Wehr" not in mine
    assert "Verschwiegenes" not in mine
    every = signed_in("Coordinators").get(address).content.decode()
    assert "Heimliche Wehr" in every
    assert "Verschwiegenes" in every


def test_another_name_is_a_conflict_and_a_missing_one_is_new(watch):
    client = signed_in("Translators fr")
    response = looked_at(client, FOREIGN)
    before = kept()
    found = rows(response)
    assert {title: row.kind for title, row in found.items()} == {
        "Neighbourhood watch": Kind.CONFLICT,
        "Lantern": Kind.NEW,
        "Unheard of": Kind.UNKNOWN,
    }
    html = response.content.decode()
    for text in ("Voisins vigilants", "Surveillance  de voisinage", "1 conflict is to be decided", "ronde", "milice"):
        assert text in html
    told = decide(client, response).content.decode()
    assert "1 text was written" in told
    assert "1 text is to be decided" in told
    assert kept() == [*before, ("fr", "Lanterne", "", "", "", False)]  # nothing overwritten without a word
    response = looked_at(client, FOREIGN)
    decide(client, response, Neighbourhood="keep")
    assert kept()[0] == before[0]
    decide(client, looked_at(client, FOREIGN), Neighbourhood="take")
    assert kept()[0] == ("fr", "Voisins vigilants", "voisins\nronde", "milice privée\nmilice", "Pas\nen titre.", False)
    name = next(one for one in terms.notions() if one.key == watch.translation_key).names["fr"]
    assert name.approved == "Voisins vigilants"
    assert ModelLogEntry.objects.filter(action="wagtail.edit").exists()
    assert {row.kind for row in rows(looked_at(client, FOREIGN)).values()} == {Kind.UNCHANGED, Kind.UNKNOWN}


def test_what_changed_since_it_was_shown_stays(watch):
    client = signed_in("Translators fr")
    response = looked_at(client, FOREIGN)
    TermUse.objects.filter(translation_key=watch.translation_key).update(rendering="Ronde citoyenne")
    told = decide(client, response, Neighbourhood="take").content.decode()
    assert "1 text is to be decided" in told
    assert TermUse.objects.get(translation_key=watch.translation_key).rendering == "Ronde citoyenne"


def test_word_cannot_be_asked_for_and_forbidden_at_once(watch):
    response = looked_at(signed_in("Translators fr"), FOREIGN.replace(b"milice<", b"Voisins vigilants<"))
    row = rows(response)["Neighbourhood watch"]
    assert (row.kind, row.choices) == (Kind.REFUSED, ())
    assert "This is what the term is called" in row.reason
    twice = looked_at(signed_in("Coordinators"), FOREIGN.replace(b">Lantern<", b">watch group<"))
    assert rows(twice)["Neighbourhood watch"].kind == Kind.REFUSED
    too_long = looked_at(signed_in("Editors"), FOREIGN.replace(b"Lanterne", b"x" * 121))
    assert rows(too_long)["Lantern"].kind == Kind.REFUSED


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><martif/>', "entities"),
        (b"<martif>" * 1000, "nested too deeply"),
        (b"<tmx/>", "not a TBX file"),
        (b"<martif/>", "no terms in the file"),
        (b"not xml", "not sound XML"),
        (b"<martif>" + b"<termEntry/>" * 5001 + b"</martif>", "At most 5000"),
        (b"", "empty"),
        (b"<martif>" + b" " * (5 * 2**20), "larger than 5 MB"),
    ],
)
def test_file_that_cannot_be_used(watch, data, told):
    before = kept()
    client = signed_in("Translators fr")
    response = looked_at(client, data)
    assert told in response.content.decode()
    if response.request["PATH_INFO"].count("glossary"):
        assert (
            "Nothing was written"
            in client.post(response.request["PATH_INFO"], {"row-0-0": "take:x"}, follow=True).content.decode()
        )
    assert kept() == before


def test_terms_of_another_language_are_not_touched(watch):
    """Nor by who serves that language and may not change terms."""
    mine, before = signed_in("Translators fr"), kept()
    address = reverse("translation_exchange_terms_upload", args=["de"])
    response = mine.post(address, {"file": SimpleUploadedFile("a.tbx", FOREIGN)})
    assert response.status_code in {302, 403}
    assert not Upload.objects.exists()
    page = looked_at(mine, FOREIGN).request["PATH_INFO"]
    for other in (signed_in("Translators de"), signed_in()):
        assert other.get(page).status_code in {302, 403, 404}
        assert other.post(page, {"row-0-1": "take:x"}).status_code in {302, 403, 404}
    assert mine.get(page.replace("/fr/", "/de/")).status_code in {302, 404}
    author = make_user("Translators fr", name="reader")
    author.groups.first().permissions.remove(*author.groups.first().permissions.filter(codename="change_glossaryterm"))
    mine.force_login(author)
    assert {row.kind for row in rows(looked_at(mine, FOREIGN)).values()} == {Kind.REFUSED, Kind.UNKNOWN}
    assert kept() == before


def test_file_without_ranks_prefers_its_first_term():
    (entry,) = tbx.read(
        b'<martif><termEntry id="c1"><langSet xml:lang="fr"><ntig><termGrp><term> A\n b </term></termGrp></ntig>'
        b"<tig><term>C</term></tig></langSet></termEntry></martif>"
    )
    wording = entry.languages["fr"]
    assert (entry.key, wording.preferred, wording.admitted, wording.avoided) == ("", "A b", ["C"], [])


def test_term_that_is_nested_in_many_others_is_read_once():
    deep = b"<tig>" * 20 + b"<term>A</term>" + b"</tig>" * 20
    (entry,) = tbx.read(b'<martif><termEntry><langSet xml:lang="fr">' + deep + b"</langSet></termEntry></martif>")
    assert not entry.languages["fr"].terms


def test_of_many_lines_the_first_are_named():
    assert named_lines(range(1, 4)) == "1, 2, 3"
    assert named_lines(range(1, 5000)) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …"
