import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from portal.headers import SecurityHeadersMiddleware
from tests.factories import make_home, make_pattern

pytestmark = pytest.mark.django_db


def directives(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_public_page_allows_no_inline_code_no_frame_and_no_other_host(client):
    make_home()
    response = client.get("/en/")
    policy = directives(response)
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "http" not in response.headers["Content-Security-Policy"]
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/en/no-such-page/", "/accounts/login/", "/robots.txt"])
def test_every_answer_has_a_policy(client, address):
    make_home()
    assert directives(client.get(address))["default-src"] == "'none'"


def test_admin_allows_the_inline_code_it_is_made_of_and_no_frame(admin_client):
    policy = directives(admin_client.get("/admin/"))
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'none'"


def test_only_previews_may_be_framed_and_only_by_the_admin(client):
    User.objects.create_superuser("chief", password="x")
    client.login(username="chief", password="x")
    page = make_pattern()
    client.post(f"/admin/pages/{page.pk}/edit/preview/", {})
    response = client.get(f"/admin/pages/{page.pk}/edit/preview/?mode=")
    assert directives(response)["frame-ancestors"] == "'self'"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_uploaded_file_opened_by_itself_can_run_nothing(rf):
    response = SecurityHeadersMiddleware(lambda _request: HttpResponse("<svg/>"))(rf.get("/media/images/x.svg"))
    policy = directives(response)
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_view_keeps_a_policy_of_its_own(rf):
    own = HttpResponse("x", headers={"Content-Security-Policy": "default-src 'none'; sandbox"})
    response = SecurityHeadersMiddleware(lambda _request: own)(rf.get("/documents/1/x.pdf"))
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
