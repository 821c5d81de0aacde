"""A translator of one language meets nothing of another: every address of the admin is walked, with every role.

`addresses.txt` lists all addresses and who is let in: F translator of French, T the same with the rights that
wagtail-localize itself asks for, D translator of German, E editor, M moderator, A whoever may open the admin, N a
member without rights. An address that is not listed fails: add it with the letters of those who are to be let in.
"""

from pathlib import Path

import pytest

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
