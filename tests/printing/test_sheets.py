"""A page on A4: it says what the page says, and nothing that the page withholds."""

import io
from datetime import timedelta

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from portal.models import PageSource, PortalImage
from practices.models import PracticeContact
from tests.factories import add_source, make_home, make_pattern, make_practice, make_workshop, translate
from tests.factories.sections import make_consent, make_person
from tests.printing.reading import reader, squeezed, structure, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def watch():
    make_home("fr")
    blocks = [("block", {"name": "Rules", "how": "Write them.", "works_best_if": "Short.", "watch_out": "Dust."})]
    page = make_pattern(
        number=8,
        title="Watch",
        group="prevent",
        problem="<p>First.</p><ul><li>One <b>bold</b> word</li></ul>",
        building_blocks=blocks,
        diagram='<circle cx="60" cy="40" r="8" fill="currentColor"/>',
        diagram_text="One dot",
    )
    add_source(page)
    return page


def sheet(client, page, language="en"):
    response = client.get(f"/{language}/print/{page.kind}/{page.code}/")
    assert response.status_code == 200
    return response.content


def test_a_sheet_says_what_the_page_says(client, watch):
    content = sheet(client, watch)
    found = text_of(content)
    for words in ("08", "Watch", "Prevent", "First.", "One bold word", "Rules", "Write them.", "Solution.", "Sources"):
        assert squeezed(words) in found
    for words in ("http://testserver/en/patterns/watch/", "CC BY 4.0", "English", "Cite this page"):
        assert squeezed(words) in found
    kinds = [element["/S"] for element in structure(content)]
    assert {"/H1", "/H2", "/H3", "/L", "/Table", "/TH", "/Figure"} <= set(kinds)
    assert kinds.count("/H1") == 1
    assert reader(content).trailer["/Root"]["/Lang"] == "en"
    assert reader(content).metadata.title == "Watch"


@pytest.mark.parametrize("code", ["pt-BR", "x", "in Dutch"])
def test_a_language_as_an_editor_wrote_it_does_not_keep_a_page_from_paper(client, watch, code):
    resource = PageSource.objects.get(page=watch).resource
    resource.language, resource.work_title = code, "Boa noite"
    resource.save_revision().publish()
    assert squeezed("Boa noite") in text_of(sheet(client, watch))


def test_a_link_that_leads_nowhere_does_not_keep_a_page_from_paper(client):
    links = f'<a href="http://[half">half</a> <a href="https://example.org/{"y" * 9000}">long</a>'
    page = make_pattern(title="Linked", problem=f"<p>{links}</p>")
    assert squeezed("half long") in text_of(sheet(client, page))


def test_what_serves_only_a_screen_and_what_others_wrote_is_left_out(client, watch):
    found = text_of(sheet(client, watch))
    for words in ("Discussion", "Read in", "Help improve this page", "On paper", "On this page"):
        assert squeezed(words) not in found


@pytest.mark.parametrize("make", [make_pattern, make_practice, make_workshop])
def test_each_kind_has_a_sheet_and_its_page_leads_to_it(client, make):
    page = make(title="One of them")
    assert squeezed("One of them") in text_of(sheet(client, page))
    shown = client.get(page.get_absolute_url()).content.decode()
    assert f'href="/en/print/{page.kind}/{page.code}/"' in shown


def test_a_sheet_is_in_the_readers_language_or_else_in_the_pages_own(client, watch):
    translate(watch, "fr", title="Veille", solution="<p>Voilà.</p>")
    assert "Voilà." in text_of(sheet(client, watch, "fr"))
    german = sheet(client, watch, "de")
    assert reader(german).trailer["/Root"]["/Lang"] == "en"
    assert "Therefore" in text_of(german)


def test_pages_that_readers_may_not_see_have_none(client, watch):
    assert client.get(f"/en/print/pattern/{make_pattern(live=False).code}/").status_code == 404
    assert client.get("/en/print/pattern/unknown/").status_code == 404
    assert client.get("/en/print/user/watch/").status_code == 404
    first = client.get("/en/print/pattern/watch/")
    PageViewRestriction.objects.create(page=watch, restriction_type=PageViewRestriction.LOGIN)
    again = client.get("/en/print/pattern/watch/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 404


def test_a_contact_leaves_the_sheet_with_its_consent(client):
    consent = make_consent()
    page = make_practice(title="Faenza")
    PracticeContact.objects.create(page=page, person=make_person("Ada Contact", consent), role="Asks")
    assert "AdaContact" in text_of(sheet(client, page))
    consent.withdrawn_on = timezone.localdate() - timedelta(days=1)
    consent.save()
    assert "AdaContact" not in text_of(sheet(client, page))


def test_a_quote_leaves_the_sheet_with_its_consent(client):
    consent = make_consent("valid", "quote")
    said = {"text": "Change yourselves.", "attribution": "A participant", "consent": consent}
    page = make_workshop(title="Berlin", quotes=[("quote", said)])
    assert "Changeyourselves." in text_of(sheet(client, page))
    consent.withdrawn_on = timezone.localdate() - timedelta(days=1)
    consent.save()
    assert "Changeyourselves." not in text_of(sheet(client, page))


def test_a_photo_is_on_the_sheet_with_its_words_while_it_may_be_shown(client, watch):
    drawn = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(drawn, "PNG")
    consent = make_consent(kind="photo")
    file = ImageFile(io.BytesIO(drawn.getvalue()), name="p.png")
    image = PortalImage.objects.create(title="P", file=file, description="Two people", consent=consent)
    watch.image = image
    watch.save_revision().publish()
    shown = {str(element.get("/Alt", "")) for element in structure(sheet(client, watch))}
    assert "Two people" in shown
    consent.expires_on = timezone.localdate() - timedelta(days=1)
    consent.save()
    shown = {str(element.get("/Alt", "")) for element in structure(sheet(client, watch))}
    assert "Two people" not in shown


def test_text_is_never_code(client):
    words = '#panic("x") $y$ @z *w* [q]'
    page = make_pattern(title="Watch", context=f"<p>{words}</p>")
    assert squeezed(words) in text_of(sheet(client, page))
