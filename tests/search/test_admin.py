"""Editors keep synonyms and picks, and see what readers search for; others do not."""

import csv
import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from patterns.models import PatternPage
from search.models import Pick, QueryCount, Synonym
from search.service import search
from tests.factories import make_home, make_pattern, make_topic, translate
from tests.factories.editing import make_user, signed_in

pytestmark = pytest.mark.django_db
SYNONYMS = {name: Synonym.snippet_viewset.get_url_name(name) for name in ("list", "add", "edit")}
PICKS = {name: Pick.snippet_viewset.get_url_name(name) for name in ("list", "add", "edit")}


@pytest.fixture
def editor():
    make_home()
    return signed_in("Editors")


def complaints(response, field):
    assert response.status_code == 200, response.headers
    return " ".join(response.context["form"].errors.get(field, []))


def add_synonym(client, terms, language="en", direction="both"):
    return client.post(reverse(SYNONYMS["add"]), {"terms": terms, "language": language, "direction": direction})


def add_pick(client, queries, page, **fields):
    data = {
        "queries": queries,
        "page": getattr(page, "pk", ""),
        "language": "en",
        "effect": "first",
        "order": 1,
        **fields,
    }
    return client.post(reverse(PICKS["add"]), data)


def count(query, times=3, language="en", bucket=0, filtered=False, age=0):
    day = timezone.localdate() - datetime.timedelta(days=age)
    QueryCount.objects.create(day=day, language=language, query=query, bucket=bucket, filtered=filtered, count=times)


# Synonyms


def test_a_synonym_entered_by_an_editor_works_at_once(editor):
    make_topic(title="Zebra")
    assert search("quokka", language="en").total == 0
    assert add_synonym(editor, "quokka\r\n\r\n zebra ").status_code == 302
    assert Synonym.objects.get().terms == "quokka\nzebra"
    assert search("quokka", language="en").total == 1
    assert "quokka = zebra" in editor.get(reverse(SYNONYMS["list"])).content.decode()


@pytest.mark.parametrize(
    ("terms", "complaint"),
    [
        ("quokka", "at least two terms"),
        ("", "required"),
        ("quokka\nquokka", "stands here twice"),
        ("quokka\nQuokkas", "are the same word to the search already"),
        ("quokka\nthe", "so common"),
        ("quokka\n!!!", "no letters or digits"),
        ("quokka\n" + "a" * 81, "at most 80 characters"),
        ("quokka\none two three four five six seven", "at most 6 words"),
        ("\n".join(f"w{n}" for n in range(21)), "At most 20 terms"),
    ],
)
def test_what_cannot_work_is_said_beside_the_field_and_kept(editor, terms, complaint):
    response = add_synonym(editor, terms)
    assert complaint in complaints(response, "terms")
    assert response.context["form"]["terms"].value() == terms
    assert not Synonym.objects.exists()


def test_what_is_there_already_is_refused_in_the_same_language_alone(editor):
    add_synonym(editor, "quokka\nzebra\nhorse")
    assert "synonyms already" in complaints(add_synonym(editor, "Zebras\nquokkas"), "terms")
    assert "synonyms already" in complaints(add_synonym(editor, "zebra\nhorse", direction="one"), "terms")
    assert add_synonym(editor, "zebra\nhorse", language="fr").status_code == 302
    assert add_synonym(editor, "zebra\nmule").status_code == 302
    own = Synonym.objects.order_by("pk").first()
    again = {"terms": own.terms, "language": "en", "direction": "both"}
    assert editor.post(reverse(SYNONYMS["edit"], args=[own.pk]), again).status_code == 302


def test_glossary_names_agree_without_being_entered(editor):
    from library.models import GlossaryPage, GlossaryTerm

    home = make_home()
    glossary = GlossaryPage(title="Glossary", slug="glossary", code="glossary", summary="S", locale=home.locale)
    home.add_child(instance=glossary)
    glossary.save_revision().publish()
    make_topic(title="Zebra patrol")
    GlossaryTerm.objects.create(
        code="quokka", term="Quokka", alternatives="Zebra patrol\nhopper", definition="D.", locale=home.locale
    )
    titles = {hit.title for hit in search("hopper", language="en").hits}
    assert any("patrol" in title for title in titles)
    glossary.unpublish()
    assert search("hopper", language="en").total == 0


# Picks


def test_a_pick_entered_by_an_editor_works_at_once(editor):
    page = make_topic(title="Zebra")
    assert add_pick(editor, "quokka\nhoppers", page, reason="Begin here").status_code == 302
    [hit] = search("hopper", language="en").hits
    assert hit.pick == "Begin here"
    html = editor.get(reverse(PICKS["list"])).content.decode()
    assert "quokka, hoppers" in html
    assert "In effect" in html


def test_wrong_picks_are_refused_beside_the_field(editor):
    page = make_topic(title="Zebra")
    assert "so common" in complaints(add_pick(editor, "the", page), "queries")
    assert "same search" in complaints(add_pick(editor, "quokka walk\nwalking quokkas", page), "queries")
    assert "required" in complaints(add_pick(editor, "quokka", None), "page")
    wrong = add_pick(editor, "quokka", page, starts_on="2026-02-02", ends_on="2026-02-01")
    assert "before the first" in complaints(wrong, "ends_on")
    assert add_pick(editor, "quokka", page).status_code == 302
    assert "picked for “quokkas” already" in complaints(add_pick(editor, "quokkas", page, effect="last"), "queries")
    assert Pick.objects.count() == 1


# The report


def report(client, **parameters):
    return client.get(reverse("search_queries"), parameters).content.decode()


def test_only_what_was_asked_often_in_a_week_is_shown(editor):
    count("zebra", 2)
    count("rare", 1, bucket=2)
    count("zebra", 1, bucket=1)
    count("last week and this", 2)
    count("last week and this", 2, age=7)
    html = report(editor)
    assert "zebra" in html
    assert "rare" not in html
    assert "last week and this" not in html
    exported = editor.get(reverse("search_queries"), {"export": "csv"})
    rows = list(csv.DictReader(b"".join(exported.streaming_content).decode().splitlines()))
    assert [(row["Search"], row["Times"], row["Without a result"]) for row in rows] == [("zebra", "3", "2")]


def test_a_filter_makes_no_search_look_like_a_gap(editor):
    count("zebra", 5, filtered=True)
    count("quokka", 4)
    count("camel", 4, language="fr")
    html = report(editor, found="none")
    assert "quokka" in html
    assert "zebra" not in html
    html = report(editor, found="none", language="fr")
    assert "camel" in html
    assert "quokka" not in html


def test_the_buttons_of_a_row_open_filled_in_forms(editor):
    make_pattern(title="One")
    count("striped horse & co", language="fr")
    context = editor.get(reverse("search_queries")).context
    actions = dict(context["view"].actions({"language": "fr", "query": "striped horse & co"}))
    assert [str(label) for label in actions] == ["A page answers it", "Add a synonym", "Add a pick", "Draft a pattern"]
    _wording, synonym, pick, draft = (editor.get(url) for url in actions.values())
    assert synonym.context["form"]["terms"].value() == "striped horse & co"
    assert synonym.context["form"]["language"].value() == "fr"
    assert pick.context["form"]["queries"].value() == "striped horse & co"
    assert draft.context["form"]["title"].value() == "Striped horse & co"
    assert not PatternPage.objects.filter(title__startswith="Striped").exists()


def test_who_came_from_the_report_gets_back_to_it_where_what_was_done_shows(editor):
    count("striped horses")
    actions = dict(
        editor.get(reverse("search_queries"))
        .context["view"]
        .actions(row := {"language": "en", "query": "striped horses"})
    )
    form = editor.get(actions["Add a synonym"])
    address = form.context["action_url"]
    assert editor.post(address, {"language": "en", "terms": "", "direction": "both"}).status_code == 200
    done = editor.post(address, {"language": "en", "terms": "striped horse\nzebra", "direction": "both"})
    assert done.url == reverse("search_queries")
    response = editor.get(done.url)
    assert [str(label) for label, _url in response.context["view"].actions(row)][1:3] == [
        "Change the synonym",
        "Add a pick",
    ]
    assert reverse(SYNONYMS["edit"], args=[Synonym.objects.get().pk]) in response.text
    assert add_synonym(editor, "quokka\nkangaroo").url == reverse(SYNONYMS["list"])


def test_a_pick_that_was_made_is_offered_to_be_changed(editor):
    Pick.objects.create(queries="the striped horses\nother", page=make_topic())
    count("horse striped")
    count("horse striped", language="fr")
    view = editor.get(reverse("search_queries")).context["view"]
    assert "Change the pick" in dict(view.actions({"language": "en", "query": "horse striped"}))
    assert "Add a pick" in dict(view.actions({"language": "fr", "query": "horse striped"}))
    assert "Add a pick" in dict(view.actions({"language": "en", "query": "the"}))


def test_a_search_leads_to_what_readers_find_now(editor):
    count("a & b <i>", language="nl")
    html = report(editor)
    assert 'href="/nl/search/?q=a+%26+b+%3Ci%3E"' in html
    assert "a &amp; b &lt;i&gt;" in html


def test_a_draft_is_offered_in_the_language_of_the_search_and_only_to_those_who_may(editor):
    english = make_pattern(title="One")
    french = translate(english, "fr", title="Un", slug="un")
    client = signed_in("Coordinators")
    count("zebra", language="fr")
    view = client.get(reverse("search_queries")).context["view"]
    assert str(french.get_parent().pk) in dict(view.actions({"language": "fr", "query": "zebra"}))["Draft a pattern"]
    reader = make_user(name="reader")
    reader.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_queryreport"]))
    client.force_login(reader)
    html = report(client)
    assert "zebra" in html
    assert "Draft a pattern" not in html
    assert "Add a " not in html
    assert "A page answers it" not in html
    assert client.get(reverse("search_draft", args=[french.get_parent().pk])).status_code in (302, 403)


@pytest.mark.parametrize("group", ["Authors", "Moderators", "Translators fr"])
def test_others_see_none_of_it(group):
    make_home("fr")
    count("zebra")
    client = signed_in(group)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    for url in (reverse("search_queries"), reverse("search_queries_results"), reverse(SYNONYMS["list"])):
        assert url not in home
        assert client.get(url).status_code in (302, 403)
    assert add_synonym(client, "quokka\nzebra").status_code in (302, 403)
    assert add_pick(client, "quokka", make_topic()).status_code in (302, 403)
    assert not Synonym.objects.exists()
    assert not Pick.objects.exists()


def test_the_menu_leads_editors_there(editor):
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    for url in (reverse("search_queries"), reverse(SYNONYMS["list"]), reverse(PICKS["list"])):
        assert url in home


def test_a_site_that_exists_grants_the_rights_once():
    from importlib import import_module

    from django.apps import apps

    make_home()
    make_user("Editors")
    editors = Group.objects.get(name="Editors")
    rights = editors.permissions.filter(content_type__app_label="search").exclude(content_type__model="askedas")
    before = set(rights.values_list("codename", flat=True))
    assert "view_queryreport" in before
    editors.permissions.remove(*rights)
    import_module("search.migrations.0005_rights_of_editors").grant(apps, None)
    assert set(rights.all().values_list("codename", flat=True)) == before


@pytest.mark.parametrize("place", ["report", "synonyms", "picks"])
def test_lists_take_as_many_queries_for_many_rows_as_for_few(editor, place):
    url = {"report": reverse("search_queries"), "synonyms": reverse(SYNONYMS["list"]), "picks": reverse(PICKS["list"])}
    made = []
    for number in (2, 8):
        for each in range(number):
            count(f"search {number} {each}")
            Synonym.objects.create(terms=f"one{number}{each}\ntwo{number}{each}")
            Pick.objects.create(queries=f"q{number}{each}", page=make_topic())
        editor.get(url[place])
        with CaptureQueriesContext(connection) as captured:
            editor.get(url[place])
        made.append(len(captured))
    assert made[0] == made[1]
