"""Every output of “Take along”, walked with pages and words that must be in none of them.

A new output belongs into `OUTPUTS`; the tests below find those that registered themselves and are not in it.
"""

import datetime
import io
import zipfile

import pytest
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from library.models import ResourceIndexPage
from portal import calendars, citing, skos
from portal.datasets import datasets
from portal.models import Consent, Person, PortalImage
from portal.views_of_pages import _shared, shared_views
from practices.models import PracticeContact, PracticePage
from tests.factories import (
    add_source,
    make_news,
    make_pattern,
    make_practice,
    make_resource,
    make_topic,
    make_workshop,
    translate,
)
from tests.factories.sections import make_call, make_glossary, make_recommendation, make_term
from tests.search.hidden import HIDDEN, SECRET, for_a_group

pytestmark = pytest.mark.django_db

LISTS = {
    "patterns": ["csv", "json", "feed"],
    "practices": ["csv", "json", "geojson", "feed"],
    "workshops": ["csv", "json", "feed", "calendar"],
    "recommendations": ["csv", "json", "feed"],
    "resources": ["csv", "json", "bib", "ris", "csl", "feed"],
    "glossary": ["csv", "json"],
    "news": ["calendar"],
}
PAGES = {
    "patterns/seen": ["bib", "ris", "csl"],
    "practices/seen": ["bib", "ris", "csl"],
    "workshops/seen": ["bib", "ris", "csl", "calendar"],
    "recommendations/seen": ["bib", "ris", "csl"],
    "resources/seen": ["bib", "ris", "csl"],
    "topics/seen": ["bib", "ris", "csl"],
    "news/seen-call": ["calendar"],
}
SITE = [
    *(
        "open-data/",
        "open-data/zip/",
        "open-data/codebook/",
        "changes/",
        "changes/feed/",
        "calendar/",
        "tags/seen/feed/",
        "feed/country/it/",
        "embed/pattern/seen/",
        "embed/practice/seen/",
        "embed/pattern/seen/oembed/",
    ),
    *(
        f"open-data/{name}/{form}/"
        for name in ("relations", "figures", "findings", "reports")
        for form in ("csv", "json")
    ),
]
OUTPUTS = [
    *(f"/en/{page}/{form}/" for pages in (LISTS, PAGES) for page, forms in pages.items() for form in forms),
    *(f"/en/{page}/" for page in PAGES),  # the head: structured data and tags
    *(f"/en/{address}" for address in SITE),
    *(f"/vocab/{scheme}/{form}/" for scheme in ("glossary", "ethical_risk") for form in ("turtle", "jsonld")),
]


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers["Content-Type"] == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())
    return data.decode()


@pytest.fixture
def site():
    """One page of each kind that everybody may read."""
    pages = [make_pattern(title="Seen"), make_practice(title="Seen"), make_workshop(title="Seen")]
    pages += [make_recommendation(title="Seen"), make_resource(title="Seen"), make_topic(title="Seen")]
    pages += [make_call(title="Seen call", closes="2017-05"), make_news(title="Seen news")]
    pages[0].tags.add("seen")
    pages[0].save()
    make_glossary()
    make_term("seen")
    return {type(page).__name__: page for page in pages}


def test_every_registered_output_is_walked():
    named = {form for pages in (LISTS, PAGES) for forms in pages.values() for form in forms}
    assert {path.rstrip("/") for path in _shared} == named
    for dataset in datasets():
        assert dataset.place in LISTS or f"open-data/{dataset.code}/csv/" in SITE
        if dataset.index:
            forms = {path.rstrip("/") for path in shared_views(dataset.index)}
            assert set(LISTS[dataset.place]) == forms
    kinds = {model._meta.model_name.removesuffix("page") for model in [*citing._pages, *calendars._pages]}
    walked = {page.split("/")[0].rstrip("s") for page in PAGES} | {"call", "collection"}
    assert kinds <= walked, "a type of page that can be cited or dated, and is not walked"
    assert {"glossary", "ethical_risk"} <= {scheme.code for scheme in skos.schemes()}
    assert set(citing._lists) == {ResourceIndexPage}


def test_what_is_seen_is_there(client, site):
    empty = ("ethical_risk", "relations", "figures", "findings", "reports", "codebook", "news/calendar", "seen-call")
    for address in OUTPUTS:
        text = text_of(client, address)
        assert "een" in text or any(name in address for name in empty), address


def test_no_output_tells_of_what_is_hidden(client, site):
    for hide in HIDDEN:
        if hide is not for_a_group:
            hide()
    make_resource(title=f"{SECRET} draft", live=False)
    make_workshop(title=f"{SECRET} over", expire_at=timezone.now() - datetime.timedelta(minutes=1))
    make_recommendation(title=f"{SECRET} draft", live=False)
    make_call(title=f"{SECRET} call", closes="2030-01-01", live=False)
    add_source(site["PatternPage"], make_resource(title=f"{SECRET} source", live=False))
    for address in OUTPUTS:
        assert SECRET not in text_of(client, address).casefold(), address


def test_no_output_tells_of_what_is_for_a_group(client, site):
    for_a_group()  # the whole list of practices
    for address in OUTPUTS:
        if address.startswith("/en/practices/"):
            assert client.get(address).status_code == 302, address
        elif address.startswith(("/en/embed/practice/", "/en/feed/country/")):
            assert client.get(address).status_code == 404, address
        else:
            assert SECRET not in text_of(client, address).casefold(), address


def test_every_subject_is_there_once_whatever_its_languages(client, site):
    translate(site["PracticePage"], "fr", title="Zibeline")
    for address in ("practices/csv/", "open-data/zip/", "changes/", "practices/feed/", "practices/geojson/"):
        assert "Zibeline" not in text_of(client, f"/en/{address}"), address
        assert "Zibeline" in text_of(client, f"/fr/{address}"), address
    assert text_of(client, "/fr/practices/csv/").count("\r\n") == 2


QUOTE = {
    "text": "Wolverine words.",
    "original_text": "",
    "original_language": "",
    "attribution": "Wolverine speaker",
    "paraphrase": False,
    "patterns": [],
}


def test_no_file_holds_what_needs_a_consent_even_while_it_is_valid(client, site):
    """A consent can be withdrawn, and a file on somebody's disk cannot. What ends with it: `tests/test_leaks.py`."""
    given = {"subject": "S", "scope": "S", "given_on": datetime.date(2019, 1, 1)}
    consent = {kind: Consent.objects.create(code=kind, kind=kind, **given) for kind in ("contact", "quote", "photo")}
    person = Person.objects.create(
        code="wolverine", name="Wolverine Person", email="wolverine@example.org", consent=consent["contact"]
    )
    PracticeContact.objects.create(page=site["PracticePage"], person=person, role="Wolverine role")
    image = PortalImage.objects.create(
        title="Wolverine photo", file=get_test_image_file("wolverine.png"), consent=consent["photo"]
    )
    PracticePage.objects.update(image=image)
    workshop = site["WorkshopPage"]
    workshop.quotes = [("quote", {**QUOTE, "consent": consent["quote"]})]
    workshop.save_revision().publish()
    on_pages = {f"/en/{page}/" for page in PAGES}
    for address in OUTPUTS:
        if address not in on_pages:  # which show them while the consent is valid
            assert "wolverine" not in text_of(client, address).casefold(), address
    assert "Wolverine words." in text_of(client, "/en/workshops/seen/"), "else this test proves nothing"


def test_a_group_sees_its_own_list_and_the_open_data_stay_public(client, site, django_user_model):
    from wagtail.models import PageViewRestriction

    page = make_practice(title="For members")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "For members" not in text_of(client, "/en/practices/csv/")
    client.force_login(django_user_model.objects.create_user("member", password="pw"))
    assert "For members" in text_of(client, "/en/practices/csv/")
    for address in ("open-data/zip/", "open-data/", "changes/", "calendar/"):
        assert "For members" not in text_of(client, f"/en/{address}")
