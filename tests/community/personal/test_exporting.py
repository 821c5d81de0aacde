"""The export: everything of one’s own, in files that open safely, and nothing of anybody else."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.utils import timezone

from community import services
from community.models import CommentState, ModeratorNote, Report, State, Subscription
from community.personal import exporting, tables
from tests.community.conftest import account, posted, signed_in

from .conftest import EMAIL, NAME, PASSWORD

pytestmark = pytest.mark.django_db


def download(client):
    assert client.post("/accounts/data/export/").status_code == 302  # asks for the password first
    response = client.post("/accounts/reauthenticate/?next=/accounts/data/export/", {"password": PASSWORD})
    if response.status_code == 302:
        response = client.post("/accounts/data/export/")
    assert response.status_code == 200
    assert response.streaming
    assert "no-store" in response.headers["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def rows(archive, name):
    return json.loads(archive.read(f"{name}.json"))


def everything(archive):
    return "\n".join(archive.read(name).decode() for name in archive.namelist()).casefold()


def test_a_member_takes_everything_along_at_once(zebra):
    archive = download(zebra.client)
    assert archive.testzip() is None
    named = {name.partition(".")[0] for name in archive.namelist()} - {"README"}
    # All there is but what the fixture cannot have at the same time.
    expected = {table.name for table in tables.registered() if table.export}
    missing = {"erasure", "permissions", "images_of_wagtail", "translations", "translated_values", "approvals"}
    missing |= {"translations_taken", "translations_written", "machine_translation_asked_for"}
    missing |= {"notices_about_translations", "choices_as_translator", "comments_on_translations"}
    missing |= {"decisions_on_translations"}
    missing |= {"approvals_asked_for", "images", "documents", "pages_watched", "mail_to_moderators"}
    missing |= {"acts_as_a_moderator", "taken_over_by_editors", "log"}
    assert named >= expected - missing
    assert rows(archive, "account")[0]["email"] == EMAIL
    assert any(NAME in row["text"] for row in rows(archive, "comments"))
    assert {row["kind"] for row in rows(archive, "reactions")} == {"useful", "concern"}
    assert rows(archive, "reports")[0]["text"] == f"{NAME} says so."
    assert rows(archive, "decisions")[-1]["text"] == f"Dear {NAME}, no names."
    assert rows(archive, "groups")[0]["group"] == "efus"
    assert {row["what"] for row in rows(archive, "followed")} >= {"replies", "country"}
    assert "comments:" in archive.read("README.txt").decode()


def test_of_a_review_everybody_gets_the_own_words_and_no_others(zebra):
    taken = rows(download(zebra.client), "reviews_of_translations")
    assert [(row["did"], row["text"], row["came"]) for row in taken] == [
        ("handed in", f"{NAME} hands this in.", "returned"),
        ("decided", f"{NAME} wants other words.", "returned"),
    ]


def test_it_holds_no_third_person_and_no_reporter(zebra):
    """Nobody’s address, nobody who reported or decided, and no word of what others wrote."""
    reporter = account("reporter", name="Rattling Ratel")
    Report.objects.create(
        comment=zebra.mine, reporter=reporter, reason="rule-3", text="Secret bandicoot.", name="Rattling Ratel",
        email="ratel@third.example", nonce="third",
    )  # fmt: skip
    Report.objects.create(
        comment=zebra.mine, reason="law", name="Vera Visitor", email="v@third.example", nonce="fourth"
    )
    ModeratorNote.objects.create(
        comment=zebra.mine,
        made_by=zebra.others.moderator,
        text="rattling ratel (reporter@mail.example) reported him; see ratel@third.example. Mo de Groot agrees, "
        "Vera Visitor too.",
    )
    posted(signed_in(reporter), zebra.page, "Pangolin: my own words.")
    said = everything(download(zebra.client))
    for secret in (
        "ratel",
        "bandicoot",
        "third.example",
        "mail.example",
        "pangolin",
        "otter",
        "mo de groot",
        "quokka",
        "vera",
    ):
        assert secret not in said, secret
    assert "127.0.0.1" not in said
    assert "203.0.113.77" not in said
    assert "reported him" in said
    assert "seed" not in said
    assert "md5$" not in said


def test_what_a_spreadsheet_would_run_is_text_in_it(zebra):
    page = zebra.page
    row = posted(zebra.client, page, "=cmd|' /C calc'!A0 and some more words about it")
    cells = [
        cell
        for line in csv.reader(io.StringIO(download(zebra.client).read("comments.csv").decode("utf-8-sig")))
        for cell in line
    ]
    assert row.public_id in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_it_is_made_while_it_is_sent(zebra, django_assert_max_num_queries):
    parts = exporting.archive(zebra.user)
    with django_assert_max_num_queries(20):
        assert next(parts)
    assert len(list(parts)) > 20


def test_a_comment_that_moderators_hid_is_part_of_it_with_the_reason(zebra):
    hidden = next(row for row in rows(download(zebra.client), "comments") if row["state"] == "hidden")
    assert hidden["number"] == zebra.hidden.public_id
    assert hidden["reason"] == "rule-3"


def test_twice_as_much_takes_as_many_queries(zebra, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as made:
            list(exporting.archive(zebra.user))
        return len(made)

    before = queries()
    for number in range(3):
        row = posted(zebra.client, zebra.page, f"Another thing that we tried, number {number} of them.")
        CommentState.objects.filter(pk=row.pk).update(posted_at=timezone.now() - timedelta(days=1))
    assert queries() == before


def test_a_withdrawn_comment_has_no_text_to_export(zebra):
    services.withdraw(row=zebra.mine, author=zebra.user)
    found = next(row for row in rows(download(zebra.client), "comments") if row["number"] == zebra.mine.public_id)
    assert found["state"] == State.WITHDRAWN
    assert found["text"] == ""


def test_an_address_that_nobody_confirmed_opens_nothing_of_its_owner(page):
    """Anybody can add another's address to an account; that alone must neither give nor take anything."""
    theirs = "victim@mail.example"
    row = posted(signed_in(account("other", name="Ordinary Otter")), page, "Thank you for what you told us here.")
    Report.objects.create(
        comment=row, reason="law", text="He is my neighbour.", name="Vic Tim", email=theirs, nonce="n1", language="en"
    )
    Subscription.objects.create(email=theirs, scope="site", target="", language="en", confirmed_at=timezone.now())
    thief = account("thief", name="Thea Thief")
    EmailAddress.objects.create(user=thief, email=theirs, verified=False)
    User.objects.filter(pk=thief.pk).update(email=theirs)  # as after a sign-up that nobody confirmed
    said = everything(download(signed_in(thief)))
    assert "my neighbour" not in said
    assert "vic tim" not in said
    assert "'what': 'site'" not in said.replace('"', "'")
    thief.delete()
    report = Report.objects.get()
    assert (report.text, report.name, report.email) == ("He is my neighbour.", "Vic Tim", theirs)
    assert Subscription.objects.filter(email=theirs).exists()
