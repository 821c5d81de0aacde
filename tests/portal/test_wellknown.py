from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.django_db


def test_robots_names_the_sitemap_and_closes_the_admin(client):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /fr/search/" in text


def test_security_contact_with_an_end_within_a_year(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())
    assert lines["Contact"] == "mailto:security@example.org"
    expires = datetime.fromisoformat(lines["Expires"].replace("Z", "+00:00"))
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_no_security_file_without_a_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
