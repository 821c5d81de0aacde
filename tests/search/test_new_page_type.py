"""A type of page that a new app brings is found like any other: nothing in `search` has to know it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

MODELS = """
from django.db import models
from wagtail.admin.panels import FieldPanel
from portal.models import KnowledgePage

class LeafletPage(KnowledgePage):
    text = models.TextField()
    place = models.CharField(max_length=2)
    kind = "leaflet"
    search_rank = 1.5
    edit_handler = None

    def facets(self):
        return {"country": [self.place], "leaflet-format": ["folded"]}

    def search_labels(self):
        return [*super().search_labels(), "Flyer of the quokka keepers"]

    class Meta:
        verbose_name = "leaflet"
        verbose_name_plural = "leaflets"
"""

SCRIPT = '''
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from wagtail.models import PageViewRestriction
setup_test_environment()
call_command("migrate", run_syncdb=True, verbosity=0)
from leaflets.models import LeafletPage
from search import indexing
from tests.factories import locale, make_home, make_topic

home, client = make_home(), Client()
make_topic(title="Notes on a bilby")
values = dict(summary="How bilbies sleep.", text="They met a numbat.", place="IT", locale=locale("en"), code="sleep")
page = home.add_child(instance=LeafletPage(title="Bilby nights", slug="bilby-nights", **values))
page.save_revision().publish()
page.tags.add("Marsupials")
page.save_revision().publish()

def found(query, **parameters):
    response = client.get("/en/search/", {"q": query, **parameters}, follow=True)
    return [hit.url for hit in response.context["results"].hits], response

def suggested(typed):
    return [each["title"] for each in client.get("/en/search/suggest/", {"q": typed}).json()["options"]]

def told():
    """In results, suggestions and feeds."""
    return found("numbats")[0], suggested("bilby n"), client.get("/en/search/feed.json?q=numbat").json()["items"]

def check():
    for query in ("numbats", "flyer", "bilby country:Italy", "type:leaflet", "type:leaflets", "tag:marsupials"):
        urls, response = found(query)
        assert urls == [page.url], (query, urls)
    urls, response = found("bilby")
    assert urls[0] == page.url and len(urls) == 2, urls
    facets = response.context["results"].facets
    assert facets["kind"] == {"leaflet": 1, "topic": 1} and facets["country"] == {"IT": 1}, facets
    assert "leaflet-format" not in facets
    assert "<span>Leaflet</span>" in response.text
    assert suggested("bilby n") == ["Bilby nights"]
    assert all(told())

check()
indexing.rebuild()
check()
restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
assert told() == ([], [], [])
restriction.delete()
assert all(told())
page.unpublish()
assert told() == ([], [], [])
print("found")
'''


@pytest.mark.django_db
def test_a_page_type_of_an_app_of_its_own_is_found_filtered_suggested_and_hidden(tmp_path):
    """In a process of its own, since a model cannot be taken back."""
    if connection.vendor != "sqlite":
        pytest.skip("the app has a copy of the database to itself")
    app = tmp_path / "leaflets"
    app.mkdir()
    (app / "__init__.py").touch()
    (app / "models.py").write_text(MODELS)
    (tmp_path / "with_leaflets.py").write_text(
        "from portal.settings.test import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'leaflets']\n"
    )
    copy = tmp_path / "portal.sqlite3"
    with sqlite3.connect(connection.settings_dict["NAME"]) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "with_leaflets",
        "PORTAL_TEST_DATABASE": str(copy),
        "PYTHONPATH": f"{tmp_path}:{ROOT}",
    }
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "found\n"), done.stderr[-3000:]
