"""Citations as real citation tools read them: pybtex for BibTeX, rispy for RIS, citeproc for CSL-JSON."""

import json
import re

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from portal.listing import PER_PAGE
from tests.factories import make_pattern, make_practice, make_resource, make_workshop, translate
from tests.factories.sections import make_organisation, make_recommendation

pytestmark = pytest.mark.django_db

AWKWARD = 'R&D: 100 % of {braces}, $5_000 #1 ~ ^ \\ and "quotes" é ñ ß'


def body(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def test_a_page_is_cited_as_the_version_in_its_language(client):
    page = make_pattern(number=8, title="Neighbourhood watch")
    translate(page, "fr", title="Surveillance de voisinage")
    found = parse_string(body(client, "/fr/patterns/neighbourhood-watch/bib/"), "bibtex")
    (key,) = found.entries
    fields = found.entries[key].fields
    assert key == "pattern-neighbourhood-watch-fr"
    assert fields["title"] == "{Surveillance de voisinage}"
    assert fields["url"] == "http://testserver/fr/patterns/neighbourhood-watch/"
    assert (fields["language"], fields["number"]) == ("fr", "DIY-08")
    (author,) = found.entries[key].persons["author"]
    assert not author.first_names, "an organisation has no given name"


def test_people_and_organisations_stay_whole(client):
    make_organisation("Police and Crime, Office for")
    make_resource(title="Book", csl_type="book", creators="van Steden, R.; Mehlbaum, S.; Efus and friends", year=2021)
    text = body(client, "/en/resources/book/bib/")
    persons = parse_string(text, "bibtex").entries["resource-book"].persons["author"]
    assert [str(person) for person in persons] == ["van Steden, R.", "Mehlbaum, S.", "{Efus and friends}"]
    make_resource(
        title="Report", csl_type="report", organisation=make_organisation("Police and Crime, Office for"), year=2020
    )
    text = body(client, "/en/resources/report/bib/")
    assert "author = {{Police and Crime, Office for}}" in text
    (item,) = json.loads(body(client, "/en/resources/report/csl/"))
    assert item["author"] == [{"literal": "Police and Crime, Office for"}]
    make_resource(title="Toolbox", creators="EUCPN, in collaboration with CEPOL")
    (item,) = json.loads(body(client, "/en/resources/toolbox/csl/"))
    assert item["author"] == [{"literal": "EUCPN, in collaboration with CEPOL"}]


def test_no_character_breaks_a_file(client):
    make_resource(title="Awkward", work_title=AWKWARD, container=f"In {AWKWARD}", csl_type="article", year=2019)
    (entry,) = parse_string(body(client, "/en/resources/bib/"), "bibtex").entries.values()
    assert entry.type == "article"
    assert entry.fields["title"].startswith(r"{R\&D: 100 \% of {\textbraceleft}braces{\textbraceright}, \$5\_000 \#1")
    assert "é ñ ß" in entry.fields["title"]
    (item,) = json.loads(body(client, "/en/resources/csl/"))
    assert item["title"] == AWKWARD
    (reference,) = rispy.loads(body(client, "/en/resources/ris/"))
    assert reference["title"] == AWKWARD


def test_a_line_break_cannot_add_a_field_to_a_reference(client):
    make_practice(title="Place", summary="One.\r\nUR  - http://evil.example/\nER  - ")
    (reference,) = rispy.loads(body(client, "/en/practices/place/ris/"))
    assert reference["urls"] == ["http://testserver/en/practices/place/"]


def test_ris_is_read_with_its_type_and_its_people(client):
    make_resource(title="Book", csl_type="book", creators="Mols, A.; Pridmore, J.", year=2019, doi="10.1000/x_y")
    (reference,) = rispy.loads(body(client, "/en/resources/book/ris/"))
    assert reference["type_of_reference"] == "BOOK"
    assert reference["authors"] == ["Mols, A.", "Pridmore, J."]
    assert (reference["year"], reference["doi"]) == ("2019", "10.1000/x_y")


def test_csl_can_be_set_by_a_citation_processor(client):
    make_resource(title="Book", csl_type="book", creators="Mols, A.; Pridmore, J.", year=2019, publisher="Press")
    make_workshop(title="Berlin")
    items = json.loads(body(client, "/en/resources/csl/")) + json.loads(body(client, "/en/workshops/berlin/csl/"))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    book, page = (str(entry) for entry in bibliography.bibliography())
    assert "Mols, A. and Pridmore, J. (2019)" in book
    assert "Berlin" in page


def test_the_list_of_works_is_cited_as_it_is_filtered(client):
    for number in range(PER_PAGE + 1):
        make_resource(title=f"Book {number}", csl_type="book")
    make_resource(title="Film", csl_type="webpage")
    keys = parse_string(body(client, "/en/resources/bib/?type=book"), "bibtex").entries
    assert len(keys) == PER_PAGE + 1, "every key is there once"
    assert len(rispy.loads(body(client, "/en/resources/ris/?type=webpage"))) == 1
    assert json.loads(body(client, "/en/resources/csl/?type=software")) == []


def test_every_type_to_cite_says_so_on_its_page_and_in_its_head(client):
    pages = [make_pattern(title="One"), make_practice(title="Two"), make_workshop(title="Three")]
    pages += [make_recommendation(title="Four"), make_resource(title="Five", csl_type="report", year=2017)]
    places = ("patterns", "practices", "workshops", "recommendations", "resources")
    addresses = [f"/en/{place}/{page.slug}/" for place, page in zip(places, pages, strict=True)]
    for page, address in zip(pages, addresses, strict=True):
        html = client.get(address).content.decode()
        for form in ("bib", "ris", "csl"):
            assert f'href="{address}{form}/"' in html
            assert client.get(f"{address}{form}/").status_code == 200
        tags = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', html))
        assert tags["citation_title"] == page.title
        assert tags["citation_public_url"] == f"http://testserver{address}"
        pdf = f"http://testserver/en/print/{page.kind}/{page.code}/" if page in pages[:3] else None
        assert tags.get("citation_pdf_url") == pdf
    assert client.get(f"/en/print/pattern/{pages[0].code}/").headers["Content-Type"] == "application/pdf"
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", dict(tags_of(client, addresses[0]))["citation_publication_date"])
    assert dict(tags_of(client, addresses[-1]))["citation_publication_date"] == "2017"


def tags_of(client, url):
    return re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', client.get(url).content.decode())


def test_what_may_not_be_read_may_not_be_cited(client):
    page = make_practice(title="Draft", live=False)
    make_practice(title="Shown")
    for form in ("bib", "ris", "csl"):
        assert client.get(f"/en/practices/{page.slug}/{form}/").status_code == 404
