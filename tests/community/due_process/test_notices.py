"""Reports and notices of illegal content: what is asked, the receipt, and what became of it."""

import re

import pytest
from django.test import Client

from community import services
from community.due_process import links
from community.models import Report, State
from tests.factories import translate

from ..conftest import posted, signed_in
from .conftest import decide, letter_to, letters, notice, only_report, report, url_of, whole, words

pytestmark = pytest.mark.django_db


def test_a_report_of_a_broken_rule_asks_one_thing_and_leads_to_its_receipt(row):
    form = Client().get(url_of("report", row.thread.translation_key, row.public_id)).content.decode()
    assert 'name="email"' not in form
    assert 'name="good_faith"' not in form
    answer = report(row)
    receipt = Client().get(answer.url)
    assert "Your report arrived." in words(receipt)
    assert links.readable(only_report().number) in words(receipt)
    assert answer.url in receipt.content.decode()
    assert receipt.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in receipt.headers["Cache-Control"]
    assert letters() == []


def test_a_notice_needs_no_account_and_knows_the_place(row, page):
    url = url_of("notice", page.translation_key, row.public_id)
    html = Client().get(url).content.decode()
    assert f"?c={row.public_id}#c-{row.public_id}" in html
    assert "The baker of the third street" in html
    answer = notice(row, law="Wetboek van Strafrecht 131")
    made = only_report()
    assert (made.is_notice, made.reason, made.good_faith, made.reporter) == (True, "law", True, None)
    assert (made.name, made.email, made.law) == ("Nora Melder", "nora@mail.example", "Wetboek van Strafrecht 131")
    letter = letter_to("nora@mail.example")
    assert answer.url in letter.body
    assert links.readable(made.number) in letter.subject
    assert "baker" not in whole(letter)
    assert "Joanna" not in whole(letter)


@pytest.mark.parametrize("field", ["text", "name", "email", "good_faith"])
def test_each_part_that_the_law_wants_is_asked_for_and_nothing_typed_is_lost(row, field):
    answer = notice(row, **{field: ""})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#f-{field}"' in html
    for kept in {"text": "It calls for violence", "name": "Nora Melder", "email": "nora@mail.example"}.items():
        assert kept[0] == field or kept[1] in html
    assert not Report.objects.exists()


def test_whoever_reports_abuse_of_a_child_is_asked_for_no_name(row):
    url = url_of("notice", row.thread.translation_key, row.public_id) + "?about=abuse"
    html = Client().get(url).content.decode()
    assert 'name="name"' not in html
    assert 'name="email"' not in html
    assert notice(row, about="abuse", name="", email="").status_code == 302
    made = only_report()
    assert (made.reason, made.is_notice, made.name, made.email) == ("abuse", True, "", "")
    # what somebody types in an older form is not kept either
    assert notice(row, about="abuse").status_code == 302
    assert not Report.objects.exclude(email="").exists()


@pytest.mark.parametrize("reason", ["law", "abuse"])
def test_choosing_the_law_in_the_short_form_goes_on_to_the_notice_with_the_words_typed(row, reason):
    answer = report(row, reason=reason, text="He calls for a raid.")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "He calls for a raid." in html
    assert 'name="good_faith"' in html
    assert ('name="email"' in html) == (reason == "law")
    assert not Report.objects.exists()


def test_a_notice_sent_twice_is_one(row):
    from .conftest import token_for

    token = token_for(f"notice {row.public_id}")
    first, again = notice(row, token=token), notice(row, token=token)
    assert first.url == again.url
    assert Report.objects.count() == 1
    assert len(letters()) == 1


def test_nobody_can_fill_the_mailbox_of_somebody_else_with_receipts(row, rita):
    """From however many networks: each notice is kept, its page is the receipt, and the letters end."""
    for number in range(7):
        answer = notice(row, Client(REMOTE_ADDR=f"198.51.100.{number}"), email="Victim@mail.example")
        assert "Your report arrived." in words(Client().get(answer.url))
    assert Report.objects.filter(email__iexact="victim@mail.example").count() == 7
    assert [letter.to for letter in letters()] == [["Victim@mail.example"]] * 5
    notice(row, Client(REMOTE_ADDR="198.51.100.99"), email="nora@mail.example")
    assert len(letters()) == 1, "others get theirs"
    for _time in range(7):
        notice(row, signed_in(rita), email="rita@mail.example")
    assert len(letters()) == 7, "who writes to a confirmed address of his own harms nobody"


def test_the_address_of_a_receipt_is_counted_without_being_kept(row):
    from django.core.cache import cache

    notice(row, email="victim@mail.example")
    assert not [key for key in cache._cache if "victim" in key or "127.0.0.1" in key]
    assert [key for key in cache._cache if "receipts" in key]


def test_a_robot_and_a_form_of_another_comment_are_refused(row, page, joanna):
    other = posted(signed_in(joanna), page, "Another comment.")
    from .conftest import token_for

    for wrong in [{"website": "x"}, {"token": token_for(f"notice {other.public_id}")}, {"token": "made-up"}]:
        assert notice(row, **wrong).status_code == 400
    assert not Report.objects.exists()


def test_the_address_of_a_comment_leads_to_its_notice(row, page):
    find = url_of("find_comment")
    for address in [
        f"https://portal.example{page.url}?c={row.public_id}#c-{row.public_id}",
        f"  {page.url}#c-{row.public_id} ",
        f"?c={row.public_id}",
    ]:
        answer = Client().post(find, {"address": address})
        assert answer.status_code == 302, address
        assert answer.url.endswith(f"/notice/{row.public_id}/")
    services.withdraw(row=row, author=row.comment.user)
    for address in [f"?c={row.public_id}", "http://[", "?c=", "nonsense", "#c-" + "9" * 500, "x" * 3000]:
        answer = Client().post(find, {"address": address})
        assert answer.status_code == 400, address
        assert "err-h" in answer.content.decode()


def status(row, moderator=None, **kwargs):
    return report(row, **kwargs).url


def test_the_status_says_waiting_then_what_was_decided_and_why(row, moderator):
    url = report(row).url
    assert "Waiting for a moderator" in words(Client().get(url))
    decide(row, moderator, reason="rule-3", explanation="The author was told more.")
    read = words(Client().get(url))
    assert "Decided: the comment is hidden" in read
    assert "Rule 3: personal data of others" in read
    assert "The author was told more." not in read


def test_the_status_carries_its_number_in_title_and_breadcrumbs(row):
    read = Client().get(report(row).url).content.decode()
    number = re.search(r"<h1>Your report (.+?)</h1>", read)[1]
    assert number in re.search(r"<title>(.+?)</title>", read, re.DOTALL)[1]
    assert re.search(rf'aria-current="page">[^<]*{re.escape(number)}', read)


def test_the_status_of_a_kept_comment_offers_a_second_look(row, moderator):
    url = report(row).url
    decide(row, moderator, new=State.PUBLISHED, reason="no-fault")
    answer = Client().get(url)
    assert "Decided: the comment stays" in words(answer)
    assert f'href="{url}appeal/"' in answer.content.decode()


@pytest.mark.parametrize("end", ["withdrawn", "erased", "decided and erased"])
def test_the_status_is_void_when_the_comment_is_gone(row, moderator, joanna, end):
    url = report(row).url
    if end == "withdrawn":
        services.withdraw(row=row, author=joanna)
    else:
        if end == "decided and erased":
            decide(row, moderator)
        joanna.delete()
    answer = Client().get(url)
    assert answer.status_code == 200
    assert "The comment is not there any more" in words(answer)
    assert "appeal/" not in answer.content.decode()
    assert Client().get(url + "appeal/").status_code in {403, 404}


def test_the_status_outlives_the_report_and_its_page(row, page, moderator):
    url = report(row).url
    page.unpublish()
    answer = Client().get(url)
    assert answer.status_code == 200
    assert "Neighbourhood watch" not in words(answer)
    Report.objects.all().delete()
    answer = Client().get(url)
    assert answer.status_code == 200
    assert "It is no longer kept." in words(answer)


def test_only_number_and_secret_together_open_the_status(row, page, joanna):
    first = report(row).url
    other = report(posted(signed_in(joanna), page, "Another comment.")).url
    number, secret = first.rstrip("/").split("/")[-2:]
    foreign = other.rstrip("/").split("/")[-1]
    for wrong in [foreign, secret[:-1], secret + "x", secret.lower(), "0", number]:
        answer = Client().get(url_of("report_status", number, wrong))
        assert answer.status_code == 404, wrong
    assert Client().get(url_of("report_status", "9" * 10, secret)).status_code == 404


def test_the_outcome_is_mailed_in_the_language_of_the_notice(row, page, moderator):
    translate(page, "nl", title="Buurtpreventie")
    answer = notice(row, language="nl")
    assert answer.url.startswith("/nl/")
    letters()
    decide(row, moderator, reason="law")
    letter = letter_to("nora@mail.example")
    assert letter.extra_headers["Content-Language"] == "nl"
    assert answer.url in letter.body
    assert "/nl/" in letter.body
    assert "Buurtpreventie" in letter.body
    for never in ["baker", "Joanna", "Mo de Groot"]:
        assert never not in whole(letter)


def test_a_member_who_reports_is_told_and_finds_the_reports_again(row, moderator, rita):
    client = signed_in(rita)
    url = report(row, client).url
    assert letters() == []
    decide(row, moderator)
    assert url in letter_to("rita@mail.example").body
    mine = client.get(url_of("own_reports")).content.decode()
    assert url in mine
    assert url not in signed_in(moderator).get(url_of("own_reports")).content.decode()


def test_reports_that_a_hold_leaves_open_are_not_called_decided(row, moderator):
    notice(row)
    letters()
    services.change(row, State.HELD, reason="reports")
    assert [letter.to for letter in letters() if "nora@mail.example" in letter.to] == []
    read = words(Client().get(links.status_path(only_report())))
    assert "Waiting for a moderator" in read
    assert "nobody but the moderators sees the comment" in read


def test_own_reports_take_as_many_queries_for_many(row, page, joanna, rita, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(rita), []
    for _batch in range(2):
        for number in range(3):
            Report.objects.create(comment=row, reporter=rita, reason="rule-1", nonce=f"{_batch}{number}")
        client.get(url_of("own_reports"))
        with CaptureQueriesContext(connection) as captured:
            client.get(url_of("own_reports"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
