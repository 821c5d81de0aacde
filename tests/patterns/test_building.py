"""Sequences that readers put together."""

import json
import re

import pytest

from patterns.models import CollectionIndexPage, CollectionPage, PatternRelation
from tests.factories import _add, locale, make_home, make_pattern, make_practice, translate

pytestmark = pytest.mark.django_db
BUILD = "/en/collections/build/"


def relate(page, kind, target, reason="Because."):
    return PatternRelation.objects.create(page=page, target=target, type=kind, reason=reason, locale=page.locale)


@pytest.fixture
def index():
    page = CollectionIndexPage(
        title="Collections", slug="collections", code="collections", summary="S", locale=locale("en")
    )
    return _add(make_home(), page, live=True)


@pytest.fixture
def watch(index):
    return make_pattern(number=8, title="Watch", slug="watch", card_problem="Who looks out?")


@pytest.fixture
def justice(watch):
    return make_pattern(number=2, title="Justice", slug="justice")


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_choice_the_page_says_how_to_begin(client, watch, justice, index):
    steps = [{"type": "step", "value": {"page": page.pk, "note": ""}} for page in (watch, justice)]
    collection = CollectionPage(
        title="A channel", slug="channel", code="channel", summary="S", locale=locale("en"),
        collection_kind="sequence", steps=json.dumps(steps),
    )  # fmt: skip
    _add(index, collection, live=True)
    html = text(client, BUILD)
    assert '<option value="DIY-08">08 Watch</option>' in html
    assert 'href="/en/collections/channel/"' in html
    assert "build/?items=DIY-08,DIY-02&amp;title=A+channel" in text(client, "/en/collections/channel/")


def test_the_address_is_the_sequence(client, watch, justice):
    practice = make_practice(title="Faenza", slug="faenza", code="faenza")
    html = text(client, f"{BUILD}?items=diy-08,{practice.code}&title=Tuesday")
    assert "<h1>Tuesday</h1>" in html
    assert html.index("Watch</a>") < html.index("Faenza</a>")
    assert "Who looks out?" in html
    assert "?items=DIY-08,faenza&amp;title=Tuesday" in html


def test_what_goes_with_the_chosen_ones_is_offered_once(client, watch, justice):
    before, other = make_pattern(number=5, title="Intelligence"), make_pattern(number=6, title="Watchdog")
    relate(watch, "complements", before, "Raw material.")
    relate(other, "complements", watch)
    relate(watch, "larger", other, "Part of it.")
    html = text(client, f"{BUILD}?items=DIY-08")
    assert html.count('name="add" value="DIY-06"') == 1
    assert "Part of it." in html
    assert "Raw material." in html
    assert 'value="DIY-06"' not in html.partition("<fieldset>")[0]
    added = text(client, f"{BUILD}?items=DIY-08&add=DIY-06&add=DIY-05")
    assert "?items=DIY-08,DIY-06,DIY-05" in added
    assert 'type="checkbox" name="add"' not in added


def test_tensions_and_escalations_are_warned_of(client, watch, justice):
    protest = make_pattern(number=1, title="Protest")
    relate(watch, "may_escalate_to", justice, "Roles blur.")
    relate(protest, "conflicts", watch, "Not the eye on a gathering.")
    html = text(client, f"{BUILD}?items=DIY-08")
    assert "Roles blur." in html
    assert "Not the eye on a gathering." not in html
    assert "Not the eye on a gathering." in text(client, f"{BUILD}?items=DIY-08,DIY-01")


def test_an_escalation_stored_on_the_other_side_is_warned_of(client, watch, justice):
    relate(justice, "escalates_from", watch, "Roles blur.")
    assert "Roles blur." in text(client, f"{BUILD}?items=DIY-08")
    assert "Roles blur." not in text(client, f"{BUILD}?items=DIY-02")


def test_steps_can_be_moved_left_out_and_put_in_order(client, watch, justice):
    part = make_pattern(number=5, title="Part")
    relate(part, "smaller", watch)
    html = text(client, f"{BUILD}?items=DIY-05,DIY-08,DIY-02")
    for items in ("DIY-08,DIY-05,DIY-02", "DIY-05,DIY-02,DIY-08", "DIY-05,DIY-08"):
        assert f'build/?items={items}"' in html
    assert 'href="/en/collections/build/?items=DIY-08,DIY-05,DIY-02">Put the larger' in html
    assert "Put the larger" not in text(client, f"{BUILD}?items=DIY-08,DIY-05,DIY-02")


def test_relations_in_a_circle_still_give_an_order(client, watch, justice):
    relate(watch, "precedes", justice)
    relate(justice, "precedes", watch)
    assert text(client, f"{BUILD}?items=DIY-08,DIY-02")


def test_what_names_nothing_is_said_and_left_out(client, watch, justice):
    make_pattern(number=9, title="Draft", live=False)
    closed = make_pattern(number=10, title="Secret")
    closed.view_restrictions.create(restriction_type="login")
    relate(watch, "complements", closed, "Hidden reason.")
    html = text(client, f"{BUILD}?items=DIY-08,DIY-09,DIY-10,<b>,DIY-08")
    assert "“DIY-09, DIY-10, &lt;b&gt;”" in html
    assert "Secret" not in html
    assert "Hidden reason." not in html
    assert "1 step" in html


def test_a_sequence_is_read_in_the_language_of_the_address(client, watch, justice):
    translate(watch, "fr", title="Veille", slug="veille")
    html = text(client, "/fr/collections/build/?items=DIY-08,DIY-02")
    assert "Veille</a>" in html
    assert 'lang="en"' in html


def test_a_title_that_is_not_translated_says_its_language_wherever_it_is_named(client, watch, justice):
    accounts = make_pattern(number=4, title="Accounts", slug="accounts")
    make_pattern(number=5, title="Silent", slug="silent")
    translate(watch, "fr", title="Veille", slug="veille")
    relate(watch, "conflicts", justice, "They strain.")
    relate(watch, "may_escalate_to", justice, "Roles blur.")
    relate(watch, "complements", accounts)
    html = text(client, "/fr/collections/build/?items=DIY-08,DIY-02")
    warned = html[html.index("h-beware") : html.index("h-add")]
    assert re.findall(r'<a href="/fr/patterns/justice/"([^>]*)>', warned) == [' lang="en"'] * 2
    assert '<b lang="en">04 Accounts</b>' in html
    assert '<option value="DIY-05" lang="en">' in html
    assert re.findall(r'<a href="/fr/patterns/veille/"([^>]*)>', warned) == [""] * 2
    page = text(client, "/fr/patterns/veille/")
    assert re.search(r'<a href="/fr/patterns/justice/" lang="en" aria-label="Justice', page)


def test_the_questions_to_decide_are_a_list_to_tick_off(client, index):
    guidance = [{"type": "decision_question", "value": "Who answers at night?"}]
    make_pattern(
        number=8, guidance=json.dumps(guidance), when_not_to_use=json.dumps([{"type": "item", "value": "One suspect."}])
    )
    make_pattern(number=7, title="Silent")
    html = text(client, "/en/collections/checklist/?items=DIY-08,DIY-07")
    assert "Who answers at night?" in html
    assert "One suspect." in html
    assert "No question noted" in html


def test_the_pack_has_an_agenda_that_adds_up(client, index):
    activity = {"title": "Sort", "minutes": 45, "group_size": "6", "steps": "One\nTwo"}
    guidance = json.dumps(
        [
            {"type": "activity", "value": activity},
            {"type": "activity", "value": {**activity, "title": "Vote", "minutes": 20}},
        ]
    )
    make_pattern(number=8, guidance=guidance)
    html = text(client, "/en/collections/pack/?items=DIY-08")
    assert "65 minutes without breaks" in html
    cards = re.search(r'href="(/en/cards/[^"]*blank[^"]*)"', html)[1].replace("&amp;", "&")
    assert "No published" not in text(client, cards)
    assert text(client, cards).count('value="blank" checked') == 1
    assert '<td data-h="From minute">45</td>' in html


def test_the_table_of_a_sequence_holds_its_steps(client, watch, justice):
    table = text(client, "/en/collections/sequence/?items=DIY-08,DIY-02")
    assert [row.split(",")[1] for row in table.splitlines()[1:]] == ["DIY-08", "DIY-02"]


@pytest.mark.parametrize("view", ["build", "checklist", "pack", "sequence"])
@pytest.mark.parametrize(
    "query", ["", "items=", "items=,,", "items=%00", "items=" + "x," * 500, "title=%0a" * 50, "add=DIY-99"]
)
def test_any_parameters_get_an_answer(client, watch, view, query):
    text(client, f"/en/collections/{view}/?{query}")


def test_queries_do_not_grow_with_the_sequence(client, watch, justice):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(20, 28):
        make_pattern(number=number)

    def count(items):
        client.get(f"{BUILD}?items={items}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{BUILD}?items={items}")
        return len(asked)

    few = count("DIY-20,DIY-21")
    assert count(",".join(f"DIY-{number}" for number in range(20, 28))) == few


class TestKeeping:
    KEPT = "/en/collections/kept/"

    @pytest.fixture
    def member(self, django_user_model):
        return django_user_model.objects.create_user("member", password="x")

    def test_whoever_is_not_signed_in_is_asked_to(self, client, watch):
        response = client.get(f"{self.KEPT}?items=DIY-08")
        assert response.status_code == 302
        assert "next=%2Fen%2Fcollections%2Fkept%2F%3Fitems%3DDIY-08" in response["Location"]

    def test_a_member_keeps_a_sequence_and_lets_it_go(self, client, member, watch):
        client.force_login(member)
        assert 'value="Tuesday"' in text(client, f"{self.KEPT}?items=DIY-08,faenza&title=Tuesday")
        client.post(self.KEPT, {"keep": "1", "items": "DIY-08,faenza", "title": "Tuesday"})
        html = text(client, self.KEPT)
        assert "build/?items=DIY-08,faenza&amp;title=Tuesday" in html
        assert "2 steps" in html
        client.post(self.KEPT, {"forget": str(member.kept_sequences.get().pk)})
        assert not member.kept_sequences.exists()

    def test_the_same_name_replaces(self, client, member, watch):
        client.force_login(member)
        for items in ("DIY-08", "DIY-02"):
            client.post(self.KEPT, {"keep": "1", "items": items, "title": "Tuesday"})
        assert member.kept_sequences.get().items == ["DIY-02"]

    @pytest.mark.parametrize(
        ("posted", "error"),
        [
            ({"items": "DIY-08", "title": " "}, "This field is required."),
            ({"items": "DIY-08", "title": "x" * 121}, "at most 120 characters"),
            ({"items": "", "title": "Tuesday"}, "There is no step in it yet."),
            ({"items": "<b>,;", "title": "Tuesday"}, "There is no step in it yet."),
        ],
    )
    def test_what_cannot_be_kept_is_said_beside_the_field(self, client, member, watch, posted, error):
        client.force_login(member)
        response = client.post(f"{self.KEPT}?items=DIY-08", {"keep": "1", **posted})
        assert response.status_code == 200
        html = response.content.decode()
        assert error in html
        described = re.search(r'name="title"[^>]*aria-describedby="([^"]+)"', html)
        assert html.count(f'id="{described[1]}"') == 1
        assert not member.kept_sequences.exists()

    def test_nobody_sees_or_removes_what_others_keep(self, client, member, django_user_model, watch):
        kept = member.kept_sequences.create(title="Mine alone", items=["DIY-08"])
        client.force_login(django_user_model.objects.create_user("other"))
        assert "Mine alone" not in text(client, self.KEPT)
        for number in (kept.pk, "x", "9" * 40, ""):
            assert client.post(self.KEPT, {"forget": number}).status_code == 404
        assert member.kept_sequences.exists()

    def test_there_is_a_most(self, client, member, watch):
        for number in range(100):
            member.kept_sequences.create(title=str(number), items=["DIY-08"])
        client.force_login(member)
        assert (
            "which is the most"
            in client.post(self.KEPT, {"keep": "1", "items": "DIY-08", "title": "New"}).content.decode()
        )
        client.post(self.KEPT, {"keep": "1", "items": "DIY-02", "title": "7"})
        assert member.kept_sequences.get(title="7").items == ["DIY-02"]

    def test_a_kept_sequence_goes_with_the_account(self, member):
        member.kept_sequences.create(title="Mine", items=["DIY-08"])
        member.delete()
        from patterns.models import KeptSequence

        assert not KeptSequence.objects.exists()


def test_the_map_lists_and_pages_lead_to_a_sequence_of_what_was_chosen_there(client, watch, justice):
    practice = make_practice(title="Faenza", slug="faenza", code="faenza", summary="S")
    relate(watch, "complements", justice)
    for address, item in (("/en/patterns/watch/", "DIY-08"), ("/en/practices/faenza/", practice.code)):
        assert f'href="{BUILD}?items={item}"' in text(client, address)
    lists = {"/en/patterns/": "items", "/en/patterns/map/": "items", "/en/practices/": "p"}
    for address, name in lists.items():
        html = text(client, address)
        assert f'action="{BUILD}"' in html, address
        items = re.findall(rf'<input type="checkbox" name="{name}" value="([-\w]+)"', html)
        assert set(items) == ({practice.code} if name == "p" else {"DIY-08", "DIY-02"}), address
        chosen = text(client, f"{BUILD}?{'&'.join(f'{name}={item}' for item in items)}")
        assert chosen.count('<ol class="steps built">') == 1, address
        assert all("Leave out<span" in part for part in chosen.split("<li data-group")[1:]), address
    assert f'href="{BUILD}"' in text(client, "/en/patterns/matrix/")


def test_where_there_are_no_collections_nothing_is_to_be_ticked(client):
    make_pattern(number=8, title="Watch", slug="watch")
    for address in ("/en/patterns/", "/en/patterns/map/", "/en/patterns/watch/"):
        html = text(client, address)
        assert 'name="items"' not in html, address
        assert "Put a sequence" not in html, address
