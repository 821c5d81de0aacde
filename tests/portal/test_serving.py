"""Every page has an address under every language, and says in which language it is."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import make_home, make_news, make_pattern, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def languages():
    for code in ("fr", "ca"):
        make_home(code)


@pytest.mark.parametrize("path", ["/en/%00/", "/p/DIY-%00", "/en/tags/%00/", "/%00", "/accounts/%00"])
def test_a_null_in_an_address_is_not_found(client, languages, path):
    assert client.get(path).status_code == 404


def test_root_leads_to_the_readers_language(client, languages):
    assert client.get("/", headers={"accept-language": "fr"}).headers["Location"] == "/fr/"
    assert client.get("/", headers={"accept-language": "pt"}).headers["Location"] == "/en/"


def test_page_is_served_in_its_language(client, languages):
    make_pattern(title="Neighbourhood watch")
    response = client.get("/en/patterns/neighbourhood-watch/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "en"


def test_untranslated_page_is_shown_in_its_original_language_under_the_readers_address(client, languages):
    make_pattern(title="Neighbourhood watch")
    response = client.get("/ca/patterns/neighbourhood-watch/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "en"


def test_address_of_the_original_leads_to_the_translation(client, languages):
    pattern = make_pattern(title="Neighbourhood watch")
    translate(pattern, "fr", title="Surveillance", slug="surveillance")
    response = client.get("/fr/patterns/neighbourhood-watch/?comments=nl")
    assert response.status_code == 302
    assert response.headers["Location"] == "/fr/patterns/surveillance/?comments=nl"


def test_address_of_a_translation_leads_to_the_original_where_there_is_no_own_page(client, languages):
    pattern = make_pattern(title="Neighbourhood watch")
    translate(pattern, "fr", title="Surveillance", slug="surveillance")
    response = client.get("/ca/patterns/surveillance/")
    assert response.headers["Location"] == "/ca/patterns/neighbourhood-watch/"


def test_page_whose_original_is_french_is_shown_in_french_to_english_readers(client, languages):
    make_news("fr", title="Atelier")
    response = client.get("/en/news/atelier/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "fr"


def test_draft_translation_does_not_hide_the_original(client, languages):
    pattern = make_pattern(title="Neighbourhood watch")
    draft = translate(pattern, "fr", title="Brouillon", slug="brouillon", live=False)
    draft.unpublish()
    assert client.get("/fr/patterns/neighbourhood-watch/").headers["Content-Language"] == "en"
    assert client.get("/fr/patterns/brouillon/").status_code == 404


def test_draft_page_is_found_in_no_language(client, languages):
    page = make_pattern(title="Neighbourhood watch")
    page.unpublish()
    assert client.get("/en/patterns/neighbourhood-watch/").status_code == 404
    assert client.get("/fr/patterns/neighbourhood-watch/").status_code == 404


def close(page, kind):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="lantern")
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.create(name="Closed"))
    return restriction


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_closed_page_says_so_at_its_own_address_alone(client, languages, kind):
    pattern = make_pattern(title="Neighbourhood watch")
    french = translate(pattern, "fr", title="Surveillance", slug="surveillance")
    for page in (pattern, french):
        close(page, kind)
        Group.objects.filter(name="Closed").update(name=f"Closed {page.pk}")
    own = client.get("/en/patterns/neighbourhood-watch/")
    assert own.status_code == (200 if kind == "password" else 302)
    assert "Problem of" not in own.text
    for path in (
        "/ca/patterns/neighbourhood-watch/",
        "/fr/patterns/neighbourhood-watch/",
        "/en/patterns/surveillance/",
    ):
        assert client.get(path).status_code == 404, path


def test_an_open_translation_does_not_lead_to_its_closed_original(client, languages):
    """A translation is closed with its original; should it ever be open, the original stays closed."""
    pattern = make_pattern(title="Neighbourhood watch")
    french = translate(pattern, "fr", title="Surveillance", slug="surveillance")
    close(pattern, PageViewRestriction.LOGIN)
    assert client.get("/fr/patterns/surveillance/").status_code == 302
    copy = french.view_restrictions.get()
    copy.carried.delete()
    PageViewRestriction.objects.filter(pk=copy.pk)._raw_delete("default")
    for path in ("/ca/patterns/surveillance/", "/en/patterns/surveillance/"):
        response = client.get(path)
        assert (response.status_code, response.headers["Content-Language"]) == (200, "fr")


def test_readers_with_the_right_get_from_language_to_language(client, languages):
    pattern = make_pattern(title="Neighbourhood watch")
    close(pattern, PageViewRestriction.LOGIN)
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/ca/patterns/neighbourhood-watch/").status_code == 200


def test_a_password_opens_the_page_in_every_language(client, languages):
    pattern = make_pattern(title="Neighbourhood watch")
    restriction = close(pattern, PageViewRestriction.PASSWORD)
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, pattern.pk])
    answer = client.post(address, {"password": "lantern", "return_url": "/en/patterns/neighbourhood-watch/"})
    assert answer.headers["Location"] == "/en/patterns/neighbourhood-watch/"
    assert client.get("/ca/patterns/neighbourhood-watch/").status_code == 200


def test_short_address_leads_to_the_readers_language(client, languages):
    pattern = make_pattern(number=8, title="Neighbourhood watch")
    translate(pattern, "fr", title="Surveillance", slug="surveillance")
    assert (
        client.get("/p/DIY-08", headers={"accept-language": "fr"}).headers["Location"] == "/fr/patterns/surveillance/"
    )
    assert (
        client.get("/p/diy-8", headers={"accept-language": "ca"}).headers["Location"]
        == "/ca/patterns/neighbourhood-watch/"
    )
    assert client.get("/p/DIY-09", follow=True).status_code == 404


def test_short_address_of_a_draft_is_not_found(client, languages):
    make_pattern(number=8, live=False)
    assert client.get("/p/DIY-08", follow=True).status_code == 404


def test_wagtails_own_sign_in_without_lock_out_is_not_there(client, languages):
    assert client.get("/en/_util/login/").status_code == 404


def test_a_renamed_page_tells_its_new_address_to_whoever_may_see_it(
    client, languages, django_capture_on_commit_callbacks
):
    page = make_pattern(title="Neighbourhood watch")
    page.slug = "lantern-patrol"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    old = "/en/patterns/neighbourhood-watch/"
    for address in (old, f"{old}?from=mail"):
        assert client.get(address).headers["Location"].endswith("/en/patterns/lantern-patrol/")
    restriction = close(page, PageViewRestriction.LOGIN)
    assert client.get(old).status_code == 404
    reader = Client()
    reader.force_login(User.objects.create_user("reader"))
    assert reader.get(old).headers["Location"].endswith("/en/patterns/lantern-patrol/")
    restriction.delete()
    page.unpublish()
    assert client.get(old).status_code == 404


@pytest.mark.parametrize("kept", ["documents/minutes.pdf", "withheld/face.png"])
def test_media_hands_out_no_document_and_no_withheld_image(client, settings, kept):
    file = Path(settings.MEDIA_ROOT) / kept
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"closed")
    assert client.get(f"/media/{kept}").status_code == 404
    assert f"{kept.partition('/')[0]}" in (settings.BASE_DIR / "deploy/nginx.conf").read_text()


def test_number_of_queries_is_the_same_on_every_depth_of_the_tree(client, languages, django_assert_max_num_queries):
    make_pattern(title="Neighbourhood watch")
    client.get("/en/patterns/neighbourhood-watch/")
    with django_assert_max_num_queries(20):
        client.get("/en/patterns/neighbourhood-watch/")
