"""What is closed is closed at once, and answers like what does not exist."""

import re

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from community.groups import membership
from community.models import Membership, Mention, State
from tests.community.conftest import signed_in

from .outputs import PARAMETER, templates
from .test_crawl import OPEN, read
from .world import EDITOR, ELSEWHERE, FORMER, INSIDE, MEMBER, MODERATOR, NOBODY

NOTHING = {
    "key": "00000000-0000-4000-8000-000000000000",
    "public_id": "bbbbbbbbbb",
    "answers": "bbbbbbbbbb",
    "code": "nowhere",
    **dict.fromkeys(("pk", "appeal", "hold", "reaction", "decision"), "987654"),
    "target": "nowhere",
}
# Whose number stands in the address, where it is no quote’s.
NUMBERED = {
    "admin/comments/appeals/": "appeal",
    "admin/comments/hold/": "hold",
    "admin/reports/concerns/": "reaction",
    "en/discussion/decisions/": "decision",
}
OF_ONE = ["comment", "reply", "report", "notice"]
OF_OWN = ["edit", "edit_report", "withdraw", "credit"]


def known_inside(world):
    """One value for each parameter, of the private group."""
    said = world.inside[0]
    return {
        "key": str(world.thread.translation_key),
        "public_id": said.public_id,
        "answers": said.public_id,
        "code": world.group.code,
        "pk": str(said.quotes.get().pk),
        "appeal": str(world.appeals[1].pk),
        "hold": str(world.inside[3].legal_holds.get().pk),
        "reaction": str(said.reactions.get().pk),
        "decision": str(world.appeals[1].decision_id),
        "page_id": "1",
        "language": "en",
        "scope": "group",
        "target": world.group.code,
        "number": "2026",
        "token": "x",
        "secret": "x",
        "batch": "00000000-0000-4000-8000-000000000000",
    }


def of_the_group(known):
    for template in templates():
        if not template.startswith("accounts/"):
            numbers = next((pk for start, pk in NUMBERED.items() if template.startswith(start)), "pk")
            values = {**known, "pk": known[numbers]}
            yield "/" + PARAMETER.sub(lambda name, values=values: values[name[1]], template)


def told(client, method, url, *, real, nothing):
    """All that an answer tells, apart from what was asked for and from what is new each time."""
    connection.queries_log.clear()  # it holds 9,000 alone, and would count none beyond them
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(url)
    said = re.sub(r'(name="(csrfmiddlewaretoken|token)" value=")[^"]+', r"\1", read(response))
    headers = {name: value for name, value in response.headers.items() if name not in {"Content-Length", "Expires"}}
    said = f"{headers} {said}".replace(url, "here").replace(url[3:], "here")  # in other languages, too
    for name, value in nothing.items():
        said = said.replace(real[name], name).replace(value, name)
    return response.status_code, len(queries), said


def differences(client, pairs, **known):
    """Status, headers, words and the work that it takes, by which a stop watch would tell them apart."""
    for url, nothing in pairs:
        for method in ("get", "post"):
            told(client, method, nothing, **known)  # what is asked once in a process is known then
            if told(client, method, url, **known) != told(client, method, nothing, **known):
                yield method, url


def test_a_private_group_answers_like_one_that_does_not_exist(world):
    real = known_inside(world)
    pairs = zip(of_the_group(real), of_the_group({**real, **NOTHING}), strict=True)
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    same = {name: NOTHING[name] for name in ("key", "public_id", "code")}
    for who in (NOBODY, MEMBER, FORMER, ELSEWHERE, MODERATOR, EDITOR):
        assert list(differences(world.clients[who], pairs, real=real, nothing=same)) == [], who


def test_a_comment_that_is_not_shown_answers_like_one_that_never_was(world):
    key = world.page.translation_key
    for who in (NOBODY, MEMBER, EDITOR):
        for row in world.comments:
            row.refresh_from_db()
            if row.state == State.PUBLISHED:
                continue
            names = [(name, [key]) for name in OF_ONE] + [(name, []) for name in OF_OWN]
            pairs = [
                [reverse(f"community:{name}", args=[*start, number]) for number in (row.public_id, "bbbbbbbbbb")]
                for name, start in names
            ]
            known = {"real": {"public_id": row.public_id}, "nothing": {"public_id": "bbbbbbbbbb"}}
            assert list(differences(world.clients[who], pairs, **known)) == [], (who, row.state)


def test_only_published_comments_have_addresses_that_answer(world):
    states = set()
    for row in world.comments:
        row.refresh_from_db()
        states.add(row.state)
        for name in ("reply", "report", "comment"):
            status = Client().get(reverse(f"community:{name}", args=[world.page.translation_key, row.public_id]))
            assert (status.status_code == 200) == (row.state == State.PUBLISHED), (name, row.state)
    assert states == {State.PUBLISHED, State.HELD, State.HIDDEN, State.WITHDRAWN}


def of_the_page(world):
    key = world.page.translation_key
    yield from (world.page.url, world.french.url, "/en/search/?q=Open+words", "/en/", "/sitemap.xml")
    for name in ("feed", "site_feed"):
        args = [key] if name == "feed" else []
        yield from (reverse(f"community:{name}", args=args), reverse(f"community:{name}_in", args=[*args, "en"]))
    for row in world.comments:
        yield f"{world.page.url}?c={row.public_id}"
        yield from (reverse(f"community:{name}", args=[key, row.public_id]) for name in OF_ONE)


def test_a_restriction_closes_the_discussion_at_once(world):
    assert any(OPEN in read(Client().get(url)) for url in of_the_page(world)), "else this proves nothing"
    for page in (world.page, world.french):
        page.view_restrictions.create(restriction_type="login")
    assert [url for url in of_the_page(world) if OPEN in read(Client().get(url, follow=True))] == []


def test_pages_that_are_gone_take_their_comments_with_them(world):
    urls = list(of_the_page(world))
    for page in (world.page, world.french):
        Page.objects.get(pk=page.pk).specific.unpublish()
    for url in urls:
        response = Client().get(url, follow=True)
        assert OPEN not in read(response), url
        assert response.status_code < 500


def test_a_mention_in_a_private_thread_tells_nothing_to_who_is_outside(world):
    assert not Mention.objects.filter(comment=world.named).exists()
    assert "finn@mail.example" not in [address for letter in world.mails for address in letter.to]
    page = read(world.clients[INSIDE].get(world.thread.get_absolute_url()))
    assert "@Finn" in page
    assert not re.search(r"<[^>]+>@Finn</", page)


def test_a_member_removed_while_a_form_is_open_finds_it_closed(world):
    user, known = world.people[INSIDE], known_inside(world)
    client = signed_in(user)
    for url in (f"/en/discussion/{known['key']}/write/", f"/en/working-groups/{known['code']}/membership/"):
        assert client.get(url).status_code == 200
    membership.end(membership=Membership.objects.get(user=user, group=world.group), by=None)
    call_command("worker", once=True)
    for url in of_the_group({**NOTHING, **known, "pk": "987654"}):
        if any(part in url for part in (known["key"], known["code"])) and not url.startswith("/admin/"):
            for method in ("get", "post"):
                answer = getattr(client, method)(url, {"text": "After the end.", "language": "en"})
                assert answer.status_code == 404, (method, url)
