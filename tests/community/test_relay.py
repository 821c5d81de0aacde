"""Writing to a contact of a page: the message arrives, the address shows nowhere, and nothing is kept."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.mail import bounces
from community.models import RelayedMessage
from community.personal import tables
from community.personal.person import of_user
from community.personal.retention import purge
from community.relay import services
from library.models import CallContact, CallPage, NewsIndexPage
from portal import outbox
from practices.models import PracticeContact
from tests.factories import _add, locale, make_index, make_practice, translate
from tests.factories.sections import make_consent, make_person

from .conftest import account, fields_of, signed_in

pytestmark = pytest.mark.django_db
WORDS = {"name": "Vera Reader", "email": "vera@reader.example", "text": "How many <moderators> do you have?\n\nVera"}
AARDVARK = "aardvark@example.org"


@pytest.fixture
def consent():
    return make_consent()


@pytest.fixture
def person(consent):
    person = make_person("Aardvark", consent)
    assert person.email == AARDVARK
    return person


@pytest.fixture
def practice(person):
    practice = make_practice(title="Fa tam tam")
    PracticeContact.objects.create(page=practice, person=person, role="Coordinator")
    return practice


def address(page, code="aardvark", language="en"):
    return f"/{language}/discussion/{page.translation_key}/contact/{code}/"


def write(client, page, **changed):
    url = address(page)
    hidden = fields_of(client.get(url).content.decode())
    return client.post(url, {**hidden, **WORDS, **changed})


def test_a_message_arrives_and_is_answered_to_its_writer(client, practice):
    answer = write(client, practice)
    assert answer.status_code == 302
    told = client.get(answer.url).content.decode()
    assert "Your message is on its way" in told
    assert "Fa tam tam" in told
    outbox.drain()
    (letter,) = mail.outbox
    assert letter.to == [AARDVARK]
    assert letter.reply_to == [WORDS["email"]]
    assert "Vera Reader read “Fa tam tam”" in letter.body
    assert "How many <moderators> do you have?\n\nVera" in letter.body
    assert "&lt;moderators&gt;" in letter.alternatives[0][0]
    assert WORDS["name"] not in letter.subject


def test_nothing_of_it_is_kept_once_it_is_sent(client, practice):
    write(client, practice)
    assert RelayedMessage.objects.count() == 1
    outbox.drain()
    assert not RelayedMessage.objects.exists()


def test_the_page_leads_to_the_form_and_neither_shows_the_address(client, practice):
    html = client.get("/en/practices/fa-tam-tam/").content.decode()
    assert f'href="{address(practice)}"' in html
    assert "Write to Aardvark" in html
    pages = [html, client.get(address(practice)).content.decode()]
    pages.append(client.post(address(practice), {"text": "x"}).content.decode())
    pages.append(client.get(f"{address(practice)}sent/").content.decode())
    pages.append(client.get(f"{address(practice)}sent/", headers={"accept": "application/json"}).content.decode())
    assert [page for page in pages if AARDVARK in page] == []


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, practice):
    response = write(client, practice, email="no address", text="Typed words")
    html = response.content.decode()
    assert response.status_code == 400
    assert set(response.context["form"].errors) == {"email"}
    assert 'aria-invalid="true"' in html
    assert "Typed words" in html
    assert "Vera Reader" in html
    assert not RelayedMessage.objects.exists()


def test_machines_and_forged_or_stale_forms_send_nothing(client, practice):
    assert write(client, practice, website="https://spam.example").status_code == 400
    response = write(client, practice, token="forged")
    assert response.status_code == 400
    assert "How many" in response.content.decode()
    assert not RelayedMessage.objects.exists()
    hidden = fields_of(response.content.decode())
    assert client.post(address(practice), {**WORDS, **hidden}).status_code == 302


def test_a_form_sent_twice_makes_one_message(client, practice):
    hidden = fields_of(client.get(address(practice)).content.decode())
    for _time in range(2):
        assert client.post(address(practice), {**hidden, **WORDS}).status_code == 302
    assert RelayedMessage.objects.count() == 1


def test_a_form_sent_again_after_its_mail_went_out_makes_no_second_mail(
    client, practice, django_capture_on_commit_callbacks
):
    hidden = fields_of(client.get(address(practice)).content.decode())
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address(practice), {**hidden, **WORDS})
        assert answer.status_code == 302
        outbox.drain()
    assert len(mail.outbox) == 1


def test_nobody_alone_uses_up_what_all_may_send(client, practice):
    for _time in range(services.MOST_BY_WRITER_TO_PERSON):
        assert write(client, practice).status_code == 302
    assert write(client, practice).status_code == 400
    assert write(Client(REMOTE_ADDR="198.51.100.9"), practice).status_code == 302


def test_whoever_no_mail_reaches_gets_none_and_the_words_come_back(client, practice):
    write(client, practice)
    bounces.stop(AARDVARK)
    answer = write(client, practice)
    assert answer.status_code == 400
    assert "No mail reaches Aardvark at the moment." in answer.content.decode()
    assert "How many" in answer.content.decode()
    outbox.drain()
    assert not mail.outbox
    assert not RelayedMessage.objects.exists(), "what waited is not kept"


@pytest.mark.parametrize("email", ["a" * 290 + "@example.com", '"a\x1cContent-Type\\ :x"@example.com'])
def test_an_address_that_no_header_takes_is_refused(client, practice, email):
    assert write(client, practice, email=email).status_code == 400
    assert not RelayedMessage.objects.exists()


def test_a_line_end_makes_no_header(client, practice):
    response = write(
        client, practice, name="Vera\r\nBcc: all@evil.example", email="vera@reader.example\nBcc: x@y.example"
    )
    assert response.status_code == 400
    write(client, practice, name="Vera\r\nBcc: all@evil.example")
    outbox.drain()
    assert [letter.bcc for letter in mail.outbox] == [[]]
    assert "evil" not in str(mail.outbox[0].message()["Bcc"])


@pytest.mark.parametrize("many", ["MOST_BY_WRITER", "MOST_TO_PERSON"])
def test_of_many_messages_the_last_are_refused_with_the_words_given_back(client, practice, monkeypatch, many):
    monkeypatch.setattr(services, many, 1)
    assert write(client, practice).status_code == 302
    response = write(client, practice)
    assert response.status_code == 400
    assert "How many" in response.content.decode()
    assert RelayedMessage.objects.count() == 1


@pytest.mark.parametrize("state", ["expired", "withdrawn", "future", None, "quote"])
def test_without_a_consent_that_holds_there_is_no_form(client, state):
    consent = make_consent(kind="quote") if state == "quote" else make_consent(state) if state else None
    practice = make_practice(title="Fa tam tam")
    PracticeContact.objects.create(page=practice, person=make_person("Aardvark", consent))
    for path in (address(practice), f"{address(practice)}sent/"):
        assert client.get(path).status_code == 404
    assert client.post(address(practice), WORDS).status_code == 404
    assert "Aardvark" not in client.get("/en/practices/fa-tam-tam/").content.decode()


def test_without_an_address_the_name_stands_alone(client, practice, person):
    person.email = ""
    person.save()
    html = client.get("/en/practices/fa-tam-tam/").content.decode()
    assert "Aardvark" in html
    assert "Write to" not in html
    assert client.get(address(practice)).status_code == 404


def test_a_consent_that_ends_meanwhile_ends_the_message_too(client, practice, consent):
    write(client, practice)
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    outbox.drain()
    assert mail.outbox == []
    assert not RelayedMessage.objects.exists()


def test_only_contacts_of_a_page_that_the_visitor_may_read_can_be_written_to(client, practice, person):
    other = make_practice(title="Without")
    draft = make_practice(title="Draft", live=False)
    closed = make_practice(title="Closed")
    for page in (draft, closed):
        PracticeContact.objects.create(page=page, person=person)
    closed.view_restrictions.create(restriction_type="login")
    for page in (other, draft, closed):
        assert client.get(address(page)).status_code == 404
    assert client.get(address(practice, "nobody")).status_code == 404
    assert signed_in(account("joanna", name="Joanna")).get(address(closed)).status_code == 200


def test_a_member_need_not_type_name_and_address(practice):
    html = signed_in(account("joanna", name="Joanna")).get(address(practice)).content.decode()
    assert 'value="Joanna"' in html
    assert 'value="joanna@mail.example"' in html
    assert AARDVARK not in html


def test_readers_of_a_language_write_in_it(client, practice):
    french = translate(practice, "fr", title="Fa tam tam français")
    url = address(practice, language="fr")
    french.contacts.all().delete()
    assert client.get(url).status_code == 404
    PracticeContact.objects.create(page=french, person=practice.contacts.get().person)
    response = client.post(url, {**fields_of(client.get(url).content.decode()), **WORDS})
    assert response.status_code == 302
    outbox.drain()
    assert "Fa tam tam français" in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["Content-Language"] == "fr"


def test_a_call_has_contacts_as_well(client, person):
    call = CallPage(title="Call", slug="call", code="call", summary="S", who="<p>All</p>", how_to_apply="<p>Write</p>")
    call.locale = locale("en")
    call = _add(make_index(NewsIndexPage, "news"), call, live=True)
    CallContact.objects.create(page=call, person=person)
    assert f'href="{address(call)}"' in client.get("/en/news/call/").content.decode()
    assert client.get(address(call)).status_code == 200


def test_what_could_not_be_sent_goes_after_a_week(client, practice):
    write(client, practice)
    for days, kept in ((6, 1), (8, 0)):
        purge(now=timezone.now() + datetime.timedelta(days=days))
        assert RelayedMessage.objects.count() == kept


def test_what_waits_goes_with_the_account_that_has_its_address(client, practice):
    joanna = account("joanna", name="Joanna")
    for email in ("Joanna@mail.example", "vera@reader.example"):
        write(client, practice, email=email)
    next(table for table in tables.registered() if table.model == "community.RelayedMessage").erase(of_user(joanna))
    assert [row.email for row in RelayedMessage.objects.all()] == ["vera@reader.example"]


def test_the_form_is_kept_by_nobody_and_found_by_no_search_engine(client, practice):
    response = client.get(address(practice))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_the_number_of_queries_does_not_grow_with_the_contacts(practice, consent):
    def queries():
        Client().get(address(practice))
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address(practice)).status_code == 200
        return len(captured)

    few = queries()
    for number in range(6):
        PracticeContact.objects.create(page=practice, person=make_person(f"Other {number}", consent))
    assert queries() == few
