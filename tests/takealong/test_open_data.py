"""The page of open data and its archive."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from rdflib import Graph

from portal import schedule
from portal.datasets import datasets
from tests.factories import make_home, make_pattern, make_practice, translate
from tests.factories.sections import make_glossary, make_term

pytestmark = pytest.mark.django_db


def archive(client, address="/en/open-data/zip/"):
    response = client.get(address)
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.content))


def test_the_page_counts_and_explains_every_table(client):
    make_pattern(number=8)
    make_practice()
    make_practice()
    html = client.get("/en/open-data/").content.decode()
    assert "One row for each local practice, brief or full. 2 rows." in " ".join(html.split())
    for dataset in datasets():
        assert f'id="d-{dataset.code}"' in html
        assert all(f"<code>{column.code}</code>" in html for column in dataset.columns)
    assert 'href="/en/practices/geojson/"' in html
    assert 'href="/en/open-data/relations/csv/"' in html
    assert 'href="/en/open-data/"' in client.get("/en/patterns/").content.decode(), "the footer leads here"


def test_every_link_of_the_page_works(client):
    import re

    make_practice()
    html = client.get("/en/open-data/").content.decode().split("<main")[1].split("</main")[0]
    links = re.findall(r'href="(/[^"]*)"', html)
    assert len(links) > 10
    assert {client.get(link).status_code for link in links} == {200}


def test_the_archive_holds_every_table_and_what_it_means(client):
    make_practice(title="Place", latitude="44.29", longitude="11.88")
    make_glossary()
    make_term("vigilance")
    found = archive(client)
    assert {f"{dataset.code}.csv" for dataset in datasets()} <= set(found.namelist())
    assert json.loads(found.read("practices.geojson"))["features"][0]["id"] == "place"
    book = list(csv.DictReader(io.StringIO(found.read("codebook.csv").decode("utf-8-sig"))))
    explained = {(row["dataset"], row["column"]) for row in book}
    for dataset in datasets():
        table = csv.reader(io.StringIO(found.read(f"{dataset.code}.csv").decode("utf-8-sig")))
        assert {(dataset.code, name) for name in next(table)} <= explained
    assert b"CC BY 4.0" in found.read("README.txt")
    assert len(Graph().parse(data=found.read("vocabularies.ttl"), format="turtle")) > 500


def test_the_same_data_make_the_same_bytes_and_new_data_others(client):
    make_practice(title="First")
    one = client.get("/en/open-data/zip/")
    from django.core.cache import cache

    cache.clear()
    assert client.get("/en/open-data/zip/").content == one.content
    assert client.get("/en/open-data/zip/", headers={"if-none-match": one.headers["ETag"]}).status_code == 304
    make_practice(title="Second")
    other = client.get("/en/open-data/zip/", headers={"if-none-match": one.headers["ETag"]})
    assert other.status_code == 200
    assert other.content != one.content


def test_the_archive_is_made_once(client, django_assert_max_num_queries):
    for _time in range(3):
        make_practice()
    first = client.get("/en/open-data/zip/").content
    with django_assert_max_num_queries(4):
        assert client.get("/en/open-data/zip/").content == first


def test_the_archive_is_in_the_readers_language(client):
    translate(make_practice(title="Place"), "it", title="Luogo")
    make_home("it")
    assert b"Luogo" in archive(client, "/it/open-data/zip/").read("practices.csv")
    assert b"Dati aperti" in archive(client, "/it/open-data/zip/").read("README.txt")


def test_a_page_that_ended_by_the_clock_alone_is_in_no_kept_archive(client, monkeypatch):
    page = make_pattern(number=8, title="Ending")
    now, hour = timezone.now(), timedelta(hours=1)
    page_row = type(page).objects.filter(pk=page.pk)
    page_row.update(expire_at=now + hour)
    schedule.forget()
    assert b"Ending" in archive(client).read("patterns.csv")
    page_row.update(expire_at=now - hour)  # the database has a clock of its own
    monkeypatch.setattr(timezone, "now", lambda: now + 2 * hour)
    assert b"Ending" not in archive(client).read("patterns.csv")
