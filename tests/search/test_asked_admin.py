"""Editors say what readers ask for a page, or take it from the report of searches; others do not."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from library.models import GlossaryPage, GlossaryTerm
from search.models import AskedAs, QueryCount
from search.service import search
from tests.factories import make_home, make_pattern, make_topic, translate
from tests.factories.editing import make_user, signed_in

pytestmark = pytest.mark.django_db
URLS = {name: AskedAs.snippet_viewset.get_url_name(name) for name in ("list", "add", "edit", "delete")}


@pytest.fixture
def editor():
    make_home("fr")
    return signed_in("Editors")


@pytest.fixture
def page(editor):
    return make_pattern(title="Field notes")


@pytest.fixture
def term(editor):
    home = make_home()
    glossary = GlossaryPage(title="Glossary", slug="glossary", code="glossary", summary="S", locale=home.locale)
    home.add_child(instance=glossary)
    glossary.save_revision().publish()
    return GlossaryTerm.objects.create(code="census", term="Census", definition="D.", locale=home.locale)


def add(client, wordings, page=None, language="en", url="", **fields):
    data = {"wordings": wordings, "language": language, "page": page.pk if page else "", "glossaryterm": "", **fields}
    return client.post(url or reverse(URLS["add"]), data)


def complaints(response, field):
    assert response.status_code == 200, response.headers
    return " ".join(response.context["form"].errors.get(field, []))


def test_wordings_entered_by_an_editor_work_at_once(editor, page):
    assert search("quokka", language="en").total == 0
    assert add(editor, "who counts the quokkas\r\n\r\n  may I feed   wombats ", page).status_code == 302
    row = AskedAs.objects.get()
    assert (row.subject, row.wordings) == (str(page.translation_key), "who counts the quokkas\nmay I feed wombats")
    assert search("quokka", language="en").total == 1
    assert "Field notes" in (html := editor.get(reverse(URLS["list"])).text)
    assert "who counts the quokkas" in html


def test_a_term_can_be_asked_for_too(editor, term):
    assert add(editor, "who counts the quokkas", glossaryterm=term.pk).status_code == 302
    (hit,) = search("quokka", language="en").hits
    assert hit.kind == "term"
    assert "Census" in editor.get(reverse(URLS["list"])).text


def test_a_page_in_any_language_stands_for_all_of_them(editor, page):
    french = translate(page, "fr", title="Carnet", slug="carnet")
    add(editor, "who counts the quokkas", french)
    (hit,) = search("quokka", language="en").hits
    assert hit.title == "Field notes"


def test_the_form_shows_what_was_entered_and_takes_changes(editor, page):
    add(editor, "who counts the quokkas", page)
    url = reverse(URLS["edit"], args=[AskedAs.objects.get().pk])
    form = editor.get(url).context["form"]
    assert form["page"].value() == page.pk
    assert form["wordings"].value() == "who counts the quokkas"
    other = make_topic(title="Other")
    assert add(editor, "who feeds the wombats", other, url=url).status_code == 302
    assert search("quokka", language="en").total == 0
    assert [hit.title for hit in search("wombat", language="en").hits] == ["Other"]
    editor.post(reverse(URLS["delete"], args=[AskedAs.objects.get().pk]))
    assert search("wombat", language="en").total == 0


def test_what_is_entered_again_is_added_to_what_is_there(editor, page):
    add(editor, "who counts the quokkas", page)
    assert add(editor, "may I feed wombats\nquokkas counted", page).status_code == 302
    assert AskedAs.objects.get().lines == ["who counts the quokkas", "may I feed wombats"]
    assert "these wordings already" in complaints(add(editor, "counting quokkas", page), "wordings")
    assert add(editor, "qui compte les quokkas", page, language="fr").status_code == 302
    assert AskedAs.objects.count() == 2


def test_one_entry_cannot_become_another_that_is_there(editor, page):
    add(editor, "who counts the quokkas", page)
    add(editor, "who feeds the wombats", other := make_topic(title="Other"))
    own = AskedAs.objects.get(subject=other.translation_key)
    response = add(editor, "zebras", page, url=reverse(URLS["edit"], args=[own.pk]))
    assert "has wordings in this language already" in complaints(response, "page")
    assert AskedAs.objects.count() == 2


@pytest.mark.parametrize(
    ("wordings", "complaint"),
    [
        ("", "required"),
        ("the of", "so common"),
        ("???", "no letters or digits"),
        ("quokkas\nQuokka", "same search"),
        ("w" * 121, "at most 120 characters"),
        ("\n".join(f"quokka number {n}" for n in range(21)), "At most 20 wordings"),
    ],
)
def test_what_cannot_work_is_said_beside_the_field_and_kept(editor, page, wordings, complaint):
    response = add(editor, wordings, page)
    assert complaint in complaints(response, "wordings")
    assert response.context["form"]["wordings"].value() == wordings
    assert not AskedAs.objects.exists()


def test_something_must_answer_it_and_one_thing_alone(editor, page, term):
    assert "Choose what answers it" in complaints(add(editor, "quokkas"), "page")
    assert "one of the two" in complaints(add(editor, "quokkas", page, glossaryterm=term.pk), "glossaryterm")
    assert "valid choice" in complaints(add(editor, "quokkas", page="", **{"glossaryterm": "999"}), "glossaryterm")
    assert not AskedAs.objects.exists()


# The report


def count(query, language="en"):
    QueryCount.objects.create(
        day=timezone.localdate() - datetime.timedelta(days=0), language=language, query=query, bucket=0, count=3
    )


def test_a_search_of_the_report_becomes_a_wording_of_the_page_that_is_chosen(editor, page):
    count("combien de quokkas", language="fr")
    row = {"language": "fr", "query": "combien de quokkas"}
    actions = dict(editor.get(reverse("search_queries")).context["view"].actions(row))
    form = editor.get(actions["A page answers it"])
    assert form.context["form"]["wordings"].value() == "combien de quokkas"
    assert form.context["form"]["language"].value() == "fr"
    done = add(editor, "combien de quokkas", page, language="fr", url=form.context["action_url"])
    assert done.url == reverse("search_queries")
    assert search("combien de quokkas", language="fr").hits[0].title == "Field notes"
    response = editor.get(done.url)
    assert "Change what it is asked as" in dict(response.context["view"].actions(row))
    assert reverse(URLS["edit"], args=[AskedAs.objects.get().pk]) in response.text


# Rights


@pytest.mark.parametrize("group", ["Authors", "Moderators", "Translators fr"])
def test_others_see_none_of_it(group):
    make_home("fr")
    page = make_pattern(title="Field notes")
    client = signed_in(group)
    assert reverse(URLS["list"]) not in client.get(reverse("wagtailadmin_home")).text
    assert client.get(reverse(URLS["list"])).status_code in (302, 403)
    assert add(client, "quokkas", page).status_code in (302, 403)
    assert not AskedAs.objects.exists()


def test_the_menu_leads_editors_there(editor):
    assert reverse(URLS["list"]) in editor.get(reverse("wagtailadmin_home")).text
    assert "Leave out what would fit ten pages" in editor.get(reverse(URLS["add"])).text


def test_a_site_that_exists_grants_the_rights_once():
    from importlib import import_module

    from django.apps import apps

    make_home()
    make_user("Editors")
    rights = Group.objects.get(name="Editors").permissions.filter(content_type__model="askedas")
    before = set(rights.values_list("codename", flat=True))
    assert before == {f"{verb}_askedas" for verb in ("add", "change", "delete", "view")}
    Group.objects.get(name="Editors").permissions.remove(*rights)
    import_module("search.migrations.0014_rights_on_wordings").grant(apps, None)
    assert set(rights.all().values_list("codename", flat=True)) == before


def test_the_list_takes_as_many_queries_for_many_rows_as_for_few(editor, term):
    made = []
    for number in (3, 6):
        for each in range(number):
            page = make_topic(title=f"Topic {number} {each}")
            AskedAs.objects.create(subject=str(page.translation_key), wordings=f"one {number}{each}")
        editor.get(reverse(URLS["list"]))
        with CaptureQueriesContext(connection) as captured:
            editor.get(reverse(URLS["list"]))
        made.append(len(captured))
    assert made[0] == made[1]
