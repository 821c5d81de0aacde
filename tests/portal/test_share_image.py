import io

import pytest
from PIL import Image
from wagtail.models import PageViewRestriction

from portal.share_image import SERIF, drawing, lines
from tests.factories import make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_published_page_has_a_picture_of_the_size_that_others_show(client):
    page = make_pattern(
        title="Watch", diagram='<circle cx="10" cy="10" r="4" fill="currentColor"/>', diagram_text="A dot"
    )
    response = client.get(f"/share/{page.pk}.png")
    assert response.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert client.get(f"/share/{page.pk}.png").content == response.content
    assert f"http://testserver/share/{page.pk}.png" in client.get("/en/patterns/watch/").content.decode()


def test_drafts_and_unknown_pages_have_none(client):
    assert client.get(f"/share/{make_pattern(live=False).pk}.png").status_code == 404
    assert client.get("/share/999999.png").status_code == 404


def test_a_picture_is_asked_for_anew_and_gone_with_its_page(client):
    page = make_pattern()
    address = f"/share/{page.pk}.png"
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 404


def test_the_kept_file_cannot_be_found_from_what_is_sent(client, settings):
    response = client.get(f"/share/{make_pattern().pk}.png")
    (kept,) = (settings.MEDIA_ROOT / "share").iterdir()
    digest = kept.stem.partition("-")[2]
    assert not any(digest[:8] in value for value in response.headers.values())


def test_the_picture_follows_the_text(client):
    page = make_practice(title="Faenza")
    before = client.get(f"/share/{page.pk}.png")
    page.title = "Faenza again"
    page.save_revision().publish()
    assert client.get(f"/share/{page.pk}.png").headers["ETag"] != before.headers["ETag"]


def test_text_is_escaped_and_in_the_pages_language():
    page = make_pattern(title="A < B & C", group="prevent")
    assert "A &lt; B &amp; C" in drawing(page)
    assert "Watch out" not in drawing(translate(page, "fr", title="Titre"))


def test_a_letter_that_xml_does_not_know_stops_no_picture(client):
    page = make_pattern(title="Two\x0blines", summary="A \x07bell.", card_problem="\ufffe")
    assert client.get(f"/share/{page.pk}.png").status_code == 200


def test_long_titles_are_broken_and_cut():
    found, fits = lines("word " * 60, SERIF, 62, 560, 3)
    assert (len(found), fits) == (3, False)
    assert found[-1].endswith("…")
