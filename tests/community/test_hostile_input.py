"""What somebody types to do more than to say something: other sites, headers, formulas, templates, long texts."""

import ast
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from community import tokens
from community.models import CommentState, Member, Report, State
from portal import outbox

from .conftest import account, posted, send, shown, signed_in, write_url
from .notices.conftest import follows
from .test_guard import approve

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
EVIL = ["//evil.example/", "https://evil.example/", r"/\evil.example/", "///evil.example", "javascript:alert(1)"]
CRLF = "Vera\r\nBcc: all@evil.example\r\n\r\nWords"
TEMPLATE = "{{ settings.SECRET_KEY }}{% load community_tags %}{% discussion page %}{{ 7|add:35 }}"


# Other sites


def account_paths(resolver=None, before="/"):
    """Each address below /accounts/ that needs nothing in it, and those where groups and pages ask for a sign-in."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLPattern):
            if here.startswith("/accounts/") and not re.search(r"[<(\\]", here):
                yield here
        elif "/accounts/".startswith(here) or here.startswith("/accounts/"):
            yield from account_paths(pattern, here)


def leads_away(response):
    to = urlsplit(response.headers.get("Location", ""))
    if "evil" in to.netloc or to.scheme == "javascript" or re.match(r"[/\\]{2,}", to.path):
        return to
    html = response.content.decode(errors="replace") if not response.streaming else ""
    return re.findall(r'(?:href|action|formaction)="(?:https?:)?[/\\]{2,}evil[^"]*"|(?:href|action)="javascript:', html)


@pytest.mark.parametrize("evil", EVIL)
def test_no_page_of_the_account_leads_to_another_site(talk, evil):
    paths = sorted(set(account_paths()))
    assert {"/accounts/login/", "/accounts/logout/", "/accounts/signup/", "/accounts/reauthenticate/"} <= set(paths)
    given = {"next": evil, "login": "joanna", "password": "a-long-password-1", "lang": "en", "language": "en"}
    for path in paths:
        for client in (Client(), signed_in(talk.author)):
            for response in (client.get(path, {"next": evil, "lang": "nl"}), client.post(path, given)):
                assert not leads_away(response), (path, evil)


@pytest.mark.parametrize("evil", EVIL)
def test_no_page_of_the_discussion_leads_to_another_site(talk, moderator, evil):
    key, one = talk.page.translation_key, talk.row.public_id
    paths = [reverse(f"community:{name}", args=[key, one]) for name in ("comment", "reply", "report", "notice")]
    paths.append(reverse("community:edit", args=[one]))
    paths += [write_url(talk.page), "/en/notices/follow/site/", "/en/working-groups/", f"/admin/comments/{one}/"]
    given = {"next": evil, "return_url": evil, "redirect": evil, "do": "x"}
    for path in paths:
        for client in (Client(), talk.client, signed_in(moderator)):
            for response in (client.get(path, given), client.post(f"{path}?next={evil}", given)):
                assert not leads_away(response), (path, evil)
    assert CommentState.objects.get().state == State.PUBLISHED


@pytest.mark.parametrize("evil", EVIL)
def test_the_password_of_a_page_leads_to_that_page_alone(page, evil):
    restriction = page.view_restrictions.create(restriction_type="password", password="open")
    url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    answer = Client().post(url, {"password": "open", "return_url": evil})
    assert not leads_away(answer)


# Headers


def test_a_name_of_several_lines_is_one_line_and_no_header(talk, moderator):
    follows(talk.author, "thread", talk.page.translation_key, "instant")
    send(Client(), talk.page, "Words of a visitor.", name=CRLF)
    row = CommentState.objects.filter(guest=True).first()
    assert row is None or "\n" not in row.comment.user_name
    send(Client(), talk.page, "Other words of a visitor.", name="Vera\r\nBcc: all")
    row = CommentState.objects.filter(guest=True).latest("pk")
    assert row.comment.user_name == "Vera Bcc: all"
    approve(row, moderator)
    outbox.drain()
    (letter,) = [letter for letter in mail.outbox if letter.to == ["joanna@mail.example"]]
    assert "\n" not in letter.subject
    assert letter.message()["Bcc"] is None
    assert letter.message().as_bytes()


def test_an_account_gets_no_name_of_several_lines(db):
    values = {"email": "vera@mail.example", "password1": "a-long-password-1", "password2": "a-long-password-1"}
    Client().post("/accounts/signup/", {**values, "display_name": "Vera\r\nBcc: x"})
    assert [member.display_name for member in Member.objects.all()] in ([], ["Vera Bcc: x"])
    assert all(letter.message()["Bcc"] is None for letter in mail.outbox)


@pytest.mark.parametrize("email", ["a@b.example\r\nBcc: x@evil.example", "a@b.example,x@evil.example", "a@b.example\n"])
def test_an_address_of_several_lines_gets_no_letter_but_itself(talk, email):
    token = tokens.make("follow section patterns")
    data = {"email": email, "frequency": "weekly", "token": token, "website": ""}
    Client().post("/en/notices/follow/section/patterns/", data)
    url = reverse("community:notice", args=[talk.page.translation_key, talk.row.public_id])
    token = tokens.make(f"notice {talk.row.public_id}", shown_at=time.time() - 30)
    given = {"text": "It calls for violence.", "law": "", "name": CRLF, "email": email, "good_faith": "on"}
    Client().post(url, {**given, "token": token, "website": ""})
    outbox.drain()
    for letter in mail.outbox:
        assert letter.to == ["a@b.example"]
        assert letter.message()["Bcc"] is None
    assert all("evil" not in report.email for report in Report.objects.all())


def test_a_title_of_several_lines_adds_no_header_to_a_feed_or_file(talk):
    type(talk.page).objects.filter(pk=talk.page.pk).update(title="One\r\nSet-Cookie: evil=1")
    for path in (talk.page.url, reverse("community:feed", args=[talk.page.translation_key])):
        response = Client().get(path)
        assert response.status_code == 200
        assert "evil" not in str(response.headers)
        assert not response.cookies


# Formulas


def test_tables_are_written_in_one_place_which_knows_formulas():
    """So that what is tested there holds for every file that a spreadsheet opens."""
    writers = set()
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] in {"tests", "bench", "bin", "exp"} or ".venv" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if "csv" in names or getattr(node, "module", None) == "csv":
                writers.add(str(path.relative_to(ROOT)))
    assert {path for path in writers if "csv.writer" in (ROOT / path).read_text()} == {"portal/tables.py"}


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "＝1", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_run(cell):
    from portal.tables import csv_text

    assert f"'{cell}" in csv_text([[cell, 5, True]]).replace('""', '"')


# Templates


def test_a_template_is_nothing_but_its_letters_wherever_it_is_shown(page, joanna, moderator, settings):
    client, other = signed_in(joanna), signed_in(account("sam", name="{{ 7|add:35 }} S"))
    row = posted(client, page, TEMPLATE)
    answer = posted(other, page, "An answer: {{ 7|add:35 }} S {{ settings.SECRET_KEY }}", parent=row)
    preview = send(client, page, f"A preview {TEMPLATE}", do="preview").content.decode()
    refused = send(client, page, f"me@mail.example {TEMPLATE}").content.decode()
    outbox.drain()
    from .notices.conftest import next_digests, text_of

    letters = "".join(text_of(letter) for letter in next_digests())
    pages = [
        shown(page),
        preview,
        refused,
        Client().get(page.url).content.decode(),
        Client().get(reverse("community:feed", args=[page.translation_key])).content.decode(),
        Client().get(reverse("community:comment", args=[page.translation_key, row.public_id])).content.decode(),
        signed_in(moderator).get(f"/admin/comments/{answer.public_id}/").content.decode(),
        letters,
    ]
    for text in pages:
        assert settings.SECRET_KEY not in text
        assert "{{ settings.SECRET_KEY }}" in text or "{{ 7|add:35 }}" in text
        assert not re.search(r"\b42 S\b", text)
    assert "{{ 7|add:35 }} S" in pages[0]


# Long texts


@pytest.mark.parametrize(
    "bomb", ["1-", "a@a@a@", '"', "(", "a.", "+", "0 ", "@a ", "a" * 5000 + " ", "é\u0301", "\u200b"]
)
@pytest.mark.parametrize("field", ["text", "name"])
def test_a_hundred_thousand_signs_are_answered_at_once(page, bomb, field):
    """By their length, before any check reads them; the text stays in the form."""
    given = {"text": "Words of a visitor.", "name": "Vera x", field: (bomb * 100_000)[:100_000]}
    client = Client()
    send(client, page, "Warm.", name="Vera w")
    start = time.process_time()
    answer = send(client, page, given.pop("text"), **given)
    assert time.process_time() - start < 2  # half a second of an idle machine
    assert answer.status_code == 400
    assert CommentState.objects.count() == 1


@pytest.mark.parametrize("bomb", ["1-", "a@", '"', "+3 1 ", "www.a.", "((", "Jan van ", "06 1 ", "\u200b1", "AB-"])
def test_the_longest_text_that_is_taken_is_checked_at_once(page, joanna, bomb):
    client = signed_in(joanna)
    send(client, page, "I am sure that Jan van Dam stole the bicycles.")  # the names are read once in a process
    start = time.process_time()
    answer = send(client, page, (bomb * 3000)[:3000])
    assert time.process_time() - start < 2
    assert answer.status_code in {302, 400}
