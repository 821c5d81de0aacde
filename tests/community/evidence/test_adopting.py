"""Taking something from a comment into a page, and the credit for it."""

import pytest
from django.core import mail as outbox_of_mails
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from community import names, services
from community.evidence import adopting
from community.models import Adoption, CommentState, Credit
from community.refusals import Refused
from portal import outbox
from portal.models import TranslationState
from practices.models import PracticePage
from tests.factories import make_practice, translate

from ..conftest import account, posted, shown, signed_in
from .conftest import hidden, published, reported

pytestmark = pytest.mark.django_db
NOTE = "The channel opens after the group has named who answers."


@pytest.fixture
def comment(page, joanna):
    return posted(signed_in(joanna), page, "Name somebody first.")


@pytest.fixture
def office(editor):
    return signed_in(editor)


def adopt_url(row):
    return reverse("community_adopt", args=[row.public_id])


def adopt(client, row, into="next", **fields):
    return client.post(adopt_url(row), {"note": NOTE, "into": into, "title": "", **fields})


def publish(page):
    page = Page.objects.get(pk=page.pk).specific
    page.get_latest_revision().publish()


def test_what_is_taken_goes_into_the_page_that_is_the_original_now(page, comment, office):
    french = translate(page, "fr", title="Surveillance")
    TranslationState.objects.update_or_create(page=page.page_ptr, defaults={"is_original": False})
    TranslationState.objects.update_or_create(page=french.page_ptr, defaults={"is_original": True})
    adopt(office, comment)
    assert Adoption.objects.get().page_id == french.pk


def test_an_editor_takes_something_into_the_next_version(page, comment, office):
    assert office.get(adopt_url(comment)).status_code == 200
    assert adopt(office, comment).status_code == 302
    adoption = Adoption.objects.get()
    assert (adoption.page_id, adoption.version_on, adoption.credit) == (page.pk, None, Credit.ASKED)
    assert NOTE not in shown(page)
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    assert draft.change_notes[-1].value["text"] == NOTE
    assert draft.title == page.title
    publish(page)
    html = shown(page)
    assert "Adopted in the version of" in html
    assert NOTE in html
    assert "Thanks to a reader" in html
    assert "Thanks to <b" not in html


def test_the_author_is_asked_and_decides_by_post_alone(page, comment, joanna, office):
    adopt(office, comment, "live")
    author, url = signed_in(joanna), f"/en/discussion/credit/{comment.public_id}/"
    assert "may we name you?" in author.get("/accounts/").content.decode()
    assert author.get(f"{url}?named=yes").status_code == 200
    assert Adoption.objects.get().credit == Credit.ASKED
    adoption = str(Adoption.objects.get().pk)
    assert author.post(url, {"adoption": adoption, "named": "yes"}).status_code == 302
    assert 'Thanks to <b dir="auto">Joanna</b>' in shown(page)
    author.post(url, {"adoption": adoption, "named": "no"})
    assert "Thanks to <b" not in shown(page)
    for data in ({"adoption": adoption, "named": "perhaps"}, {"adoption": "x", "named": "yes"}, {}):
        assert author.post(url, data).status_code == 400


def test_nobody_else_answers_for_the_author(page, comment, joanna, office, client):
    adopt(office, comment, "live")
    url = f"/en/discussion/credit/{comment.public_id}/"
    data = {"adoption": str(Adoption.objects.get().pk), "named": "yes"}
    assert client.post(url, data).status_code == 302  # to the sign-in
    assert signed_in(account("ann", name="Ann")).post(url, data).status_code == 404
    other = posted(signed_in(joanna), page, "Another one.")
    assert signed_in(joanna).get(f"/en/discussion/credit/{other.public_id}/").status_code == 404
    assert signed_in(joanna).post(f"/en/discussion/credit/{other.public_id}/", data).status_code == 404
    assert Adoption.objects.get().credit == Credit.ASKED


def test_the_letter_asks_and_says_nothing_of_the_comment(page, comment, office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        adopt(office, comment, "live")
    outbox.drain()
    (letter,) = [each for each in outbox_of_mails.outbox if "name you" in each.subject]
    assert letter.to == ["joanna@mail.example"]
    assert f"/discussion/credit/{comment.public_id}/" in letter.body
    assert "Name somebody first" not in letter.body
    assert NOTE not in letter.body


def test_no_letter_for_a_comment_that_is_gone_meanwhile(page, comment, joanna, office):
    adopt(office, comment, "live")
    services.withdraw(row=comment, author=joanna)
    outbox.drain()
    assert not [each for each in outbox_of_mails.outbox if "name you" in each.subject]


def test_a_report_that_may_be_cited_is_credited_at_once(page, writer, moderator, office):
    row = published(reported(writer, page, may_be_cited="on"), moderator)
    adopt(office, row, "live")
    assert Adoption.objects.get().credit == Credit.GIVEN
    assert 'Thanks to <b dir="auto">Joanna</b>' in shown(page)


def test_a_visitor_cannot_be_asked_and_is_not_named(page, moderator, office, client):
    row = published(reported(client, page, name="Neighbour", may_be_cited="on"), moderator)
    adopt(office, row, "live")
    assert Adoption.objects.get().credit == Credit.WITHHELD
    assert "Thanks to a reader" in shown(page)


def credited(page, comment, joanna, office):
    adopt(office, comment, "live")
    adopting.answer(adoption=Adoption.objects.get(), is_named=True)
    assert "Thanks to <b" in shown(page)


def test_the_credit_goes_with_a_comment_that_is_withdrawn(page, comment, joanna, office):
    credited(page, comment, joanna, office)
    services.withdraw(row=comment, author=joanna)
    html = shown(page)
    assert "Thanks to" not in html
    assert NOTE not in html


def test_the_credit_goes_with_a_comment_that_is_hidden_and_comes_back(page, comment, joanna, office, moderator):
    credited(page, comment, joanna, office)
    hidden(comment, moderator)
    assert "Joanna" not in shown(page)
    published(comment, moderator)
    assert "Thanks to <b" in shown(page)


def test_the_credit_goes_with_an_account_and_follows_a_new_name(page, comment, joanna, office):
    credited(page, comment, joanna, office)
    names.give_name(user=joanna, name="Jo of the hill", language="en")
    assert 'Thanks to <b dir="auto">Jo of the hill</b>' in shown(page)
    joanna.delete()
    assert "Jo of the hill" not in shown(page)
    assert "Thanks to <b" not in shown(page)


def test_a_page_kept_for_everybody_follows(page, comment, joanna, office, settings):
    settings.PAGE_CACHE_SECONDS = 600
    assert "Thanks to" not in Client().get(page.url).content.decode()
    credited(page, comment, joanna, office)
    assert "Thanks to <b" in Client().get(page.url).content.decode()
    services.withdraw(row=comment, author=joanna)
    assert "Thanks to" not in Client().get(page.url).content.decode()


def test_the_original_is_changed_and_every_translation_thanks(page, comment, office):
    french = translate(page, "fr", title="Surveillance")
    adopt(office, comment, "live")
    assert Adoption.objects.get().page_id == page.pk
    assert NOTE in shown(french)


@pytest.mark.parametrize("groups", [[], ["Moderators"], ["Translators: français"]])
def test_whoever_may_not_edit_the_page_takes_nothing(page, comment, groups):
    from portal.groups import ensure_groups

    ensure_groups()
    client = signed_in(account("other", name="Other", groups=groups, is_staff=bool(groups)))
    assert adopt(client, comment).status_code in {302, 403}
    assert client.get(reverse("community_of_page", args=[page.pk])).status_code in {302, 403}
    assert not Adoption.objects.exists()


def test_what_is_held_or_hidden_cannot_be_taken(page, comment, writer, moderator, office):
    held = reported(writer, page)
    assert office.get(adopt_url(held), follow=True).status_code == 404
    hidden(comment, moderator)
    assert office.get(adopt_url(comment), follow=True).status_code == 404
    adopt(office, comment)
    listed = office.get(reverse("community_of_page", args=[page.pk])).content.decode()
    assert "Name somebody first" not in listed
    with pytest.raises(Refused):
        adopting.adopt(row=comment, editor=office, note=NOTE)
    assert not Adoption.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"note": ""},
        {"note": "x" * 301},
        {"note": "As JOANNA says, name somebody."},
        {"note": "Write to someone@mail.example."},
        {"into": "elsewhere"},
        {"into": "practice", "title": "A practice"},  # no report
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(page, comment, office, fields):
    assert adopt(office, comment, **fields).status_code == 400
    assert not Adoption.objects.exists()
    assert not Page.objects.get(pk=page.pk).specific.has_unpublished_changes


def test_the_same_comment_is_taken_once_and_can_be_given_back(page, comment, office):
    adopt(office, comment, "live")
    assert adopt(office, comment, "live").status_code == 400
    office.post(adopt_url(comment), {"undo": str(Adoption.objects.get().pk)})
    assert not Adoption.objects.exists()
    assert "Thanks to" not in shown(page)
    assert office.post(adopt_url(comment), {"undo": "nonsense"}).status_code == 302


def test_a_practice_is_started_from_a_report_with_its_facts(page, writer, moderator, office):
    make_practice()  # and with it the list
    row = published(reported(writer, page, region="NL-ZH"), moderator)
    answer = adopt(office, row, "practice", title="One group for all")
    practice = PracticePage.objects.get(title="One group for all")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[practice.pk])
    assert (practice.live, practice.country.code, practice.admin_area) == (False, "NL", "Zuid-Holland")
    assert (practice.started, practice.ended, practice.provenance) == ("2025-01", "2025-05", "contributor")
    assert [each.pattern_id for each in practice.patterns.all()] == [page.pk]
    assert office.get(answer.url).status_code == 200
    assert "One group for all" not in shown(page)  # nobody learns of a draft
    assert Client().get(practice.url).status_code == 404
    assert Adoption.objects.get().version_on is None
    publish(practice)
    assert "One group for all</a>, version of" in shown(page)
    assert NOTE in shown(practice)


def test_a_practice_is_not_started_by_whoever_may_add_none(page, writer, moderator, editor, office):
    row = published(reported(writer, page), moderator)
    assert adopt(office, row, "practice", title="No list of practices").status_code == 400
    assert not Adoption.objects.exists()


def test_the_list_for_editors_and_the_log_name_neither_address_nor_words(page, comment, office):
    adopt(office, comment, "live")
    listed = office.get(reverse("community_of_page", args=[page.pk])).content.decode()
    assert "Name somebody first" in listed
    assert "joanna@mail.example" not in listed
    logged = "".join(f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all())
    assert "Joanna" not in logged
    assert "Name somebody" not in logged


def test_the_page_editor_leads_to_what_readers_said(page, comment, office):
    html = office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "1 comment of a reader" in html
    assert reverse("community_of_page", args=[page.pk]) in html
    assert CommentState.objects.count() == 1
