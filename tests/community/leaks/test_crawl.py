"""Nobody reads what is not for him: every output is asked by every kind of visitor, those who see most first."""

import io
import logging
import re
import zipfile
from collections import defaultdict

from django.apps import apps
from django.test import Client
from wagtail.models import ModelLogEntry

from tests.community.conftest import send
from tests.community.due_process.conftest import whole
from tests.test_leaks import ADDRESSES, NOT_WALKED

from .outputs import OURS, POSTED, addresses, of_the_pages, of_the_resolver
from .world import EDITOR, INSIDE, IP, MODERATOR, NOBODY, READERS, TABLES, VISITORS

OPEN = "Open words."
EVERYWHERE = (MODERATOR, INSIDE, EDITOR, NOBODY)  # who is sent through what shows pages and no comments, as well
ADDRESS = re.compile(r"[\w.+-]+@mail\.example")


def test_every_output_and_every_table_is_listed():
    found = {model.__name__ for model in apps.get_app_config("community").get_models()}
    assert found == set(TABLES)
    public = {each for each in of_the_resolver() if not each.startswith(OURS)}
    others = {each for each in public if not each.startswith(tuple(NOT_WALKED))}
    assert others == set(ADDRESSES)


def test_the_world_has_something_in_each_table(world):
    for model in apps.get_app_config("community").get_models():
        held = str(list(model._base_manager.values())).lower()
        assert held != "[]", model
        assert TABLES[model.__name__] in held, model


def read(response):
    """All that an answer says, archives unpacked."""
    data = b"".join(response) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(data))
        return " ".join(f"{name} {archive.read(name).decode(errors='replace')}" for name in archive.namelist())
    return data.decode(errors="replace")


def crawled(client, urls):
    """Address, answer and words of each, and of where it leads: an address is asked once."""
    asked = list(urls)
    known = set(asked)
    for url in asked:
        response = client.get(url)
        to = response.headers.get("Location", "").partition("?next=")[0]
        if to.startswith("/") and to not in known:
            known.add(to)
            asked.append(to)
        yield url, response, read(response)
    for url in POSTED:
        response = client.post(url)
        yield url, response, read(response)


def faults(who, own, url, response, said):
    """What must not be in this answer, and what it must not leave in the memory of the browser."""
    text, asked = f"{said} {response.headers}".lower(), url.lower()
    there = {word for word in READERS if word in text and word not in asked}
    for word in there:
        if who not in READERS[word]:
            yield f"{who} reads {word} at {url}"
    for found in set(ADDRESS.findall(text)) - {own}:
        yield f"{who} reads {found} at {url}"
    kept = response.headers.get("Cache-Control", "")
    private = who != NOBODY and (there or own in text)
    if response.status_code == 200 and private and not ("no-store" in kept and "private" in kept):
        yield f"{url} may be kept of {who} with {sorted(there)}: {kept!r}"
    if response.status_code >= 500:
        yield f"{url} breaks"


def test_nobody_reads_what_is_not_for_him(world, settings, caplog):
    settings.PAGE_CACHE_SECONDS = 600
    caplog.set_level(logging.INFO)
    for logger in ("django.request", "community", "portal", "allauth"):
        logging.getLogger(logger).setLevel(logging.DEBUG)
    urls, of_the_site = addresses(world), of_the_pages()
    found, seen, open_to = [], defaultdict(set), set()
    for who in VISITORS:
        own = world.people[who].email if who != NOBODY else "nobody"
        for url, response, said in crawled(world.clients[who], urls + of_the_site * (who in EVERYWHERE)):
            found += faults(who, own, url, response, said)
            for word in READERS:
                if word in said.lower():
                    seen[word].add(who)
            open_to |= {who} if OPEN in said else set()
    assert found == [], "\n".join(sorted(found))
    assert open_to == set(VISITORS), "else this proves nothing"
    missed = [f"{who} does not see {word}" for word, readers in READERS.items() for who in readers - seen[word]]
    assert missed == [], "\n".join(missed)
    lines = [line for line in caplog.messages if "canary" in re.sub(r"/\S+", "", line).lower()]
    assert lines == []
    assert not ADDRESS.search(caplog.text)


# Reasons go to whom they concern, and everybody is called by name; of a private group nothing is said in any mail.
MAILED = {"joanna@mail.example": {"canaryexplained"}, "carl@mail.example": {"canarycarl"}}
MAILED |= {"rita@mail.example": {"rita the reporter"}, "nora@mail.example": {"nora melder"}}


def test_no_mail_carries_more_than_its_reader_may_know(world):
    told = {address for letter in world.mails for address in letter.to}
    assert told >= {f"{who}@mail.example" for who in ("joanna", "fay", "ann", "carl", "rita", "mo", "eddy", "visitor")}
    assert any(OPEN in whole(letter) for letter in world.mails), "else this proves nothing"
    for letter in world.mails:
        said = whole(letter).lower().replace(letter.to[0], "")
        assert not ADDRESS.search(said), letter.subject
        assert {word for word in READERS if word in said} <= MAILED.get(letter.to[0], set()), letter.subject


def test_the_history_of_the_site_names_no_words_and_no_author(world):
    lines = [f"{entry.label} {entry.data}".lower() for entry in ModelLogEntry.objects.all()]
    assert lines
    assert not [line for line in lines if "canary" in line or "joanna" in line]


def test_what_is_sent_leaves_no_word_in_a_log(world, caplog):
    caplog.set_level(logging.DEBUG)
    send(Client(REMOTE_ADDR=IP), world.page, "canaryagain, from me@mail.example", name="Visitor")
    Client(REMOTE_ADDR=IP).post("/accounts/login/", {"login": "joanna@mail.example", "password": "canarypassword"})
    ours = [line for line in caplog.record_tuples if not line[0].startswith("django.db")]
    assert not [line for line in ours if "canary" in line[2] or ADDRESS.search(line[2]) or IP in line[2]]
