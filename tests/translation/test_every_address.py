"""A translator of one language meets nothing of another: every address of the admin is walked, with every role.

`addresses.txt` lists all addresses and who is let in: F translator of French, T the same with the rights that
wagtail-localize itself asks for, D translator of German, E editor, M moderator, A whoever may open the admin, N a
member without rights. An address that is not listed fails: add it with the letters of those who are to be let in.
"""

import itertools
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.editing import make_user
from translation import states
from translation.models import SegmentComment, TranslationStatus

from .walking import EVERYTHING, World, ask, people, routes

pytestmark = pytest.mark.django_db

LISTED = dict(
    line.split(" | ")
    for line in (Path(__file__).parent / "addresses.txt").read_text().splitlines()
    if line and not line.startswith("#")
)
OURS = "/localize/"  # Wagtail's own forms may fail on what no browser sends
NOT_TOLD = "FTMAN"  # D and E may read German drafts


@pytest.fixture
def world(db):
    return World()


def test_every_address_of_the_admin_is_listed():
    found = routes()
    assert not sorted(found - LISTED.keys()), "not in addresses.txt: who is to be let in?"
    assert not sorted(LISTED.keys() - found), "listed, and no longer there"


def failed(address, answer):
    """Wagtail has an address that fails on purpose."""
    return answer.status >= 500 and address != "/admin/failwhale/"


def test_everybody_is_let_in_where_the_list_says_and_reads_no_draft_of_another_language(world):
    clients = people()
    wrong, told = [], []
    for route, letters in sorted(LISTED.items()):
        let_in = ""
        for letter, client in clients.items():
            answers = {address: ask(world, client, "get", address) for address in world.addresses(route)}
            wrong += [f"{letter} {address}: {one.status}" for address, one in answers.items() if failed(address, one)]
            let_in += letter if any(answer.is_open for answer in answers.values()) else ""
            if letter in NOT_TOLD:
                told += [f"{letter} {address}: {one.told()}" for address, one in answers.items() if one.told()]
        if (let_in or "-") != letters:
            wrong.append(f"{route} | {let_in}    listed: {letters}")
    assert not told
    assert not wrong


@pytest.mark.parametrize("letter", ["T", "M", "N"])
def test_whatever_is_sent_anywhere_nothing_of_another_language_changes(world, letter):
    client = people()[letter]
    data = EVERYTHING | {"locales": [str(world.german.target_locale_id)]}
    wrong = []
    for route in sorted(LISTED):
        for address in world.addresses(route):
            methods = ["post", "put", "delete"] if "/localize/translate" in address else ["post"]
            for method in methods:
                answer = ask(world, client, method, address, data)
                if answer.changed or answer.told() or (answer.status >= 500 and OURS in address):
                    wrong.append(f"{method} {address}: {answer.status} {'changed' * answer.changed} {answer.told()}")
    assert not wrong


DONE = ["take", "plan", "hand_back", "submit", "approve", "return", "withdraw", "answer", "resolve", "draft", "ask"]
ASKED_WHAT = ("<slug:language>/", "comment_id>/", "review/<int:translation_id>/", "page/<int:translation_id>/")


def changed(world, client, data):
    """The addresses of the desk where something of another language is different after what was sent."""
    found, wrong = set(), []
    for route in sorted(route for route in LISTED if route.startswith("admin/translation/")):
        whats = DONE if route.endswith(ASKED_WHAT) else [""]
        for address, what in itertools.product(world.addresses(route), whats):
            answer = ask(world, client, "post", address, data | {"do": what})
            found |= {f"{route} {what}".strip()} if answer.changed else set()
            if answer.status >= 500 or answer.told():
                wrong.append(f"{address} {what}: {answer.status} {answer.told()}")
    return found, wrong


def test_whatever_the_desk_can_do_is_done_by_those_of_the_language_alone(world):
    segment = world.german.source.stringsegment_set.select_related("context").first()
    states.refresh(world.german.source.object_id)
    status = TranslationStatus.objects.get(
        translation_key=world.german.source.object_id, locale=world.german.target_locale
    )
    question = SegmentComment.objects.create(
        translation_key=status.translation_key, locale=status.locale, path=segment.context.path, text="Frage"
    )
    world.values |= {"comment_id": [question.pk], "segment_id": [segment.pk]}
    sent = dict.fromkeys(("text", "value", "reason", "note", "rendering"), "Changed")
    sent |= {"row": str(status.pk), "segment": str(segment.pk), "path": segment.context.path, "kind": "different"}
    clients = people()
    clients["Authors"] = Client(raise_request_exception=False)
    clients["Authors"].force_login(make_user("Authors", name="author"))
    for letter in ("F", "T", "M", "A", "N", "Authors"):
        assert changed(world, clients[letter], sent) == (set(), []), letter
    base = "admin/translation/<slug:language>/"
    done, _wrong = changed(world, clients["D"], sent)
    assert done >= {  # so what is sent is what does something
        f"{base} take",
        f"{base}adapt/<int:translation_id>/",
        f"{base}comments/<int:translation_id>/",
        f"{base}page/<int:translation_id>/text/<int:segment_id>/",
        f"{base}terms/<uuid:term>/",
        "admin/translation/comment/<int:comment_id>/ answer",
        "admin/translation/comment/<int:comment_id>/ resolve",
    }
