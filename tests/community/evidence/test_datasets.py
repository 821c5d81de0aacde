"""Reports in the open data: facts alone, of those whose authors agreed."""

import csv
import io

import pytest
from django.test import Client

from community import services

from .conftest import hidden, published, reported

pytestmark = pytest.mark.django_db


def table(client=None, language="en"):
    response = (client or Client()).get(f"/{language}/open-data/reports/csv/")
    assert response.status_code == 200
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_only_published_reports_that_may_be_cited_are_given_and_only_their_facts(page, many, moderator):
    cited = published(reported(many[0], page, may_be_cited="on", text="=canary()", changed="canary"), moderator)
    published(reported(many[1], page), moderator)  # may not be cited
    reported(many[2], page, may_be_cited="on")  # held
    hidden(published(reported(many[3], page, may_be_cited="on"), moderator), moderator)
    gone = published(reported(many[4], page, may_be_cited="on"), moderator)
    services.withdraw(row=gone, author=gone.comment.user)
    (row,) = table()
    facts = [row[name] for name in ("kind", "page", "did", "country", "region", "began", "outcome", "licence")]
    assert facts == ["pattern", page.code, "tried", "NL", "", "2025-01", "failed", "CC-BY-4.0"]
    assert "canary" not in str(row)
    assert "Writer" not in str(row)
    assert cited.public_id not in str(row)


def test_a_region_is_given_from_three_reports_on(page, many, moderator):
    for client in many[:2]:
        published(reported(client, page, region="NL-ZH", may_be_cited="on"), moderator)
    assert {row["region"] for row in table()} == {""}
    published(reported(many[2], page, region="NL-ZH"), moderator)
    assert [row["region"] for row in table()] == ["NL-ZH", "NL-ZH"]


def test_reports_on_pages_that_not_everybody_may_read_are_given_to_nobody(page, writer, moderator):
    published(reported(writer, page, may_be_cited="on"), moderator)
    assert len(table(writer)) == 1
    page.view_restrictions.create(restriction_type="login")
    assert table(writer) == table() == []


def test_the_list_of_data_and_the_archive_have_it(page, writer, moderator):
    published(reported(writer, page, may_be_cited="on"), moderator)
    assert "open-data/reports/csv/" in Client().get("/en/open-data/").content.decode()
    assert Client().get("/en/open-data/zip/").status_code == 200
