"""What is new on the site takes part by saying what there is to find: nothing in `search` knows it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

import search as search_package
from portal import searchable
from portal.models import KnowledgePage
from search import indexing
from search.adapters import kind_labels
from search.service import search
from tests.factories import make_news

pytestmark = pytest.mark.django_db


def documents(redirects):
    for redirect in redirects:
        if redirect.redirect_page:
            yield redirect, document(redirect)


def document(redirect):
    return searchable.Searchable(
        page=redirect.redirect_page,
        kind="shortcut",
        language="en",
        subject=f"shortcut:{redirect.pk}",
        title=redirect.old_path.replace("/", " "),
        labels=("wombat way",),
        anchor="here",
        facets={"country": ("BE",)},
    )


@pytest.fixture
def shortcuts():
    """A feature of its own, known to nobody but this test."""
    searchable.register(
        Redirect,
        documents=documents,
        shown_on=lambda page: Redirect.objects.filter(redirect_page_id=page.pk),
        kind="shortcut",
        label="Shortcut",
    )
    yield
    del searchable._registered[Redirect]


def test_what_a_feature_registers_is_found_filtered_counted_and_follows(shortcuts):
    page = make_news(title="Target")
    redirect = Redirect.objects.create(old_path="/quokka", redirect_page=page)
    results = search("quokkas", language="en")
    assert [(hit.url, hit.kind) for hit in results.hits] == [(f"{page.url}#here", "shortcut")]
    assert (results.facets["kind"], results.facets["country"]) == ({"shortcut": 1}, {"BE": 1})
    assert search("wombat way", language="en", filters={"kind": ["shortcut"]}).total == 1
    assert "Shortcut" in Client().get("/en/search/?q=quokka&type=shortcut").content.decode()
    indexing.rebuild()
    assert search("quokka", language="en").total == 1
    redirect.old_path = "/bilby"
    redirect.save()
    assert (search("quokka", language="en").total, search("bilby", language="en").total) == (0, 1)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert search("bilby", language="en").facets.get("kind", {}) == {}
    restriction.delete()
    page.unpublish()
    assert search("bilby", language="en").total == 0
    page.save_revision().publish()
    redirect.refresh_from_db()
    assert search("bilby", language="en").total == 1
    redirect.delete()
    assert search("bilby", language="en").total == 0


def test_every_type_of_page_says_itself_what_it_is():
    """Its kind, its name in filters, its facets and its other names: all on the model."""
    models = [model for model in apps.get_models() if issubclass(model, KnowledgePage)]
    assert models
    for model in models:
        assert str(kind_labels()[model.kind])


def test_search_imports_no_feature():
    features = {"patterns", "practices", "workshops", "library", "community", "translation", "content"}
    for file in Path(search_package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not {name.split(".")[0] for name in names} & features, file
