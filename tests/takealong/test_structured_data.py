"""JSON-LD, checked against the vocabulary of schema.org: each type is there, and each property is one of its own."""

import json
from functools import cache
from pathlib import Path

import pytest

from community import services
from community.models import PracticeEvidence
from portal.addresses import tree_address
from portal.models import StandardPage
from practices.models import PracticeContact
from tests.community.conftest import account, joanna, moderator, signed_in
from tests.community.evidence.conftest import published, reported
from tests.factories import make_home, make_news, make_pattern, make_practice, make_resource, make_topic, make_workshop
from tests.factories.sections import (
    make_call,
    make_consent,
    make_glossary,
    make_organisation,
    make_person,
    make_project,
    make_recommendation,
    make_series,
)

__all__ = ["joanna", "moderator"]
pytestmark = pytest.mark.django_db


@cache
def vocabulary():
    return json.loads((Path(__file__).parent / "schemaorg.json").read_text())


def with_parents(name):
    found, left = set(), [name]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += vocabulary()["types"].get(one, [[]])[0]
    return found


def problems(node, where="page", wanted=None):
    """What schema.org does not know of in a node and all below it."""
    if set(node) == {"@id"}:
        return []
    name = node.get("@type", "")
    if name not in vocabulary()["types"]:
        return [f"{where}: no type {name!r}"]
    allowed = {}
    for parent in with_parents(name):
        allowed |= vocabulary()["types"].get(parent, [[], {}])[1]
    found = []
    if wanted and not with_parents(name) & set(wanted):
        found.append(f"{where}: {name} where {wanted} is wanted")
    for key, value in node.items():
        if key in ("@type", "@id", "@context"):
            continue
        if key not in allowed:
            found.append(f"{where}: {name} has no {key}")
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found += problems(one, f"{where}.{key}", allowed[key])
            elif one in ("", None):
                found.append(f"{where}.{key}: empty")
            elif isinstance(one, str) and one.startswith("https://schema.org/"):
                known = {code for kind in allowed[key] for code in vocabulary()["enumerations"].get(kind, ())}
                if one.removeprefix("https://schema.org/") not in known:
                    found.append(f"{where}.{key}: {one} is not one of {allowed[key]}")
    return found


def test_the_check_finds_what_is_wrong():
    assert problems({"@type": "Lantern"})
    assert problems({"@type": "Event", "headline": "An event has none"})
    assert problems({"@type": "Article", "author": {"@type": "Place", "name": "A place writes nothing"}})
    assert problems({"@type": "Event", "eventStatus": "https://schema.org/EventDreamtOf"})
    assert not problems({"@type": "Report", "author": {"@type": "Person", "name": "N"}})


def graph(client, url):
    html = client.get(url).content.decode()
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def nodes(client, url):
    found = graph(client, url)
    assert [problem for node in found for problem in problems(node)] == []
    return {node["@type"]: node for node in found}


def test_every_type_of_page_says_only_what_schema_org_knows(client):
    home = make_home()
    about = home.add_child(instance=StandardPage(title="About", slug="about", code="about", summary="S"))
    make_project()
    full = {"latitude": "44.29", "longitude": "11.88", "started": "2015", "ended": "2018-03", "admin_area": "Romagna"}
    pages = [make_pattern(also_called="Watch\nStreet watch"), make_practice(), make_practice(**full), make_news()]
    pages += [make_call(closes="2016-07"), make_topic(), make_series(), make_recommendation(), make_glossary(), about]
    pages += [make_resource(csl_type=kind, year=2017, doi="10.1/x", isbn="9", creators="A, B.") for kind in KINDS]
    for page in [home, *pages, *(page.get_parent() for page in pages)]:
        page.refresh_from_db()
        nodes(client, tree_address(page.url_path, "en"))


KINDS = ("report", "book", "article", "webpage", "software", "dataset", "toolbox")


def test_a_pattern_is_an_article_about_a_term(client):
    make_pattern(number=8, title="Lantern", also_called="Torch")
    found = nodes(client, "/en/patterns/lantern/")
    term = found["DefinedTerm"]
    assert (term["termCode"], term["alternateName"]) == ("DIY-08", ["Torch"])
    assert found["Article"]["about"] == {"@id": term["@id"]} == {"@id": "http://testserver/p/DIY-08"}
    assert term["inDefinedTermSet"]["@type"] == "DefinedTermSet"


def test_a_practice_is_about_a_project_at_a_place(client):
    make_practice(title="Place", place_name="Faenza", country="IT", latitude="44.29", longitude="11.88", started="2015")
    found = nodes(client, "/en/practices/place/")
    place = found["Article"]["spatialCoverage"]
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 44.29, "longitude": 11.88}
    assert place["address"]["addressCountry"] == "IT"
    assert found["Project"]["foundingDate"] == "2015"


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({"place_name": "Berlin"}, "Offline"),
        ({"online_url": "https://example.org/room"}, "Online"),
        ({"place_name": "Berlin", "online_url": "https://example.org/room"}, "Mixed"),
    ],
)
def test_a_workshop_is_an_event(client, fields, mode):
    make_workshop(title="Meeting", date_start="2017-01-10", **fields)
    event = nodes(client, "/en/workshops/meeting/")["Event"]
    assert (event["startDate"], event["endDate"]) == ("2017-01-10", "2017-01-10")
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["location"]


def test_the_way_to_the_page_is_there(client):
    make_pattern(title="Lantern")
    items = nodes(client, "/en/patterns/lantern/")["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in items] == [1, 2, 3]
    assert [item["name"] for item in items] == ["Home", "Patterns", "Lantern"]
    assert items[-1]["item"] == "http://testserver/en/patterns/lantern/"


def test_an_index_is_a_collection(client):
    make_pattern(title="Lantern")
    assert nodes(client, "/en/patterns/")["CollectionPage"]["headline"] == "Patterns"


def test_a_practice_names_who_leads_and_takes_part_and_people_only_with_their_consent(client):
    page = make_practice(
        title="Led",
        lead_organisation=make_organisation("Town", url="https://town.example", ror="05x"),
        partners=[("partner", {"organisation": make_organisation("Police"), "role": "x"})],
    )
    for name, state in (("Asked", "valid"), ("Gone", "withdrawn"), ("Past", "expired")):
        PracticeContact.objects.create(page=page, person=make_person(name, make_consent(state)), role="Lead")
    PracticeContact.objects.create(page=page, person=make_person("Never"), role="Lead")
    response = client.get("/en/practices/led/")
    project = nodes(client, "/en/practices/led/")["Project"]
    assert project["parentOrganization"]["name"] == "Town"
    assert project["parentOrganization"]["sameAs"] == ["https://ror.org/05x"]
    assert [one["name"] for one in project["member"]] == ["Police"]
    assert project["contactPoint"] == [{"@type": "ContactPoint", "name": "Asked", "contactType": "Lead"}]
    assert not [name for name in ("Gone", "Past", "Never") if name in response.content.decode()]
    assert not problems(project)


def test_a_practice_in_several_towns_has_several_places(client):
    further = [("place", {"name": "Lille", "country": "FR", "latitude": "50.63", "longitude": "3.06"})]
    make_practice(title="Two", latitude="44.29", longitude="11.88", further_places=further)
    found = nodes(client, "/en/practices/two/")
    first, second = found["Project"]["location"]
    assert (first["geo"]["latitude"], second["geo"]["latitude"]) == (44.29, 50.63)
    assert second["address"]["addressCountry"] == "FR"
    assert not problems(found["Project"])


def test_a_workshop_names_who_organises_and_who_pays(client):
    rows = [("Lab", "organiser"), ("House", "host"), ("Union", "funder"), ("Friend", "")]
    organisers = [
        ("organisation", {"organisation": make_organisation(name), "role": "r", "part": part}) for name, part in rows
    ]
    make_workshop(title="Meeting", organisers=organisers)
    event = nodes(client, "/en/workshops/meeting/")["Event"]
    found = {key: [one["name"] for one in event[key]] for key in ("organizer", "contributor", "funder")}
    assert found == {"organizer": ["Lab"], "contributor": ["House", "Friend"], "funder": ["Union"]}
    assert not problems(event)


def test_reports_from_practice_are_told_as_facts_where_their_authors_agreed(client, joanna, moderator):
    page = make_pattern(title="Lantern", number=8)
    agreed = reported(signed_in(joanna), page, may_be_cited="on")
    others = [account(f"w{number}", name=f"Writer {number}") for number in range(3)]
    silent, withdrawn, held = (reported(signed_in(each), page, outcome="worked", country="IT") for each in others)
    PracticeEvidence.objects.filter(comment__in=[withdrawn.pk, held.pk]).update(may_be_cited=True)
    for row in (agreed, silent, withdrawn):
        published(row, moderator)
    services.withdraw(row=withdrawn, author=others[1])
    (comment,) = nodes(client, "/en/patterns/lantern/")["Article"]["comment"]
    assert comment == {
        "@type": "Comment",
        "genre": "Report from practice",
        "text": "Failed (Netherlands)",
        "spatialCoverage": {"@type": "Place", "name": "Netherlands", "address": comment["spatialCoverage"]["address"]},
        "temporalCoverage": "2025-01/2025-05",
    }
    said = json.dumps(graph(client, "/en/patterns/lantern/"))
    assert "Joanna" not in said
    assert "Hundreds of messages" not in said
    PracticeEvidence.objects.filter(comment=agreed).update(may_be_cited=False)
    services.tell(agreed)
    assert "comment" not in nodes(client, "/en/patterns/lantern/")["Article"]
