"""The desk tells people what concerns them: once, in their language, as they have chosen, and no text of a draft."""

import datetime
import re
import smtplib
import time

import pytest
from django.contrib.auth import get_user_model
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, TranslationSource

from library.models import GlossaryTerm, TopicPage
from portal import outbox
from portal.mail.queueing import TOPIC
from portal.models import OutboxRow
from tests.factories import locale, make_home, make_topic
from tests.factories.editing import make_user
from tests.factories.sections import make_term
from translation import comments, desk, letters, notices, outbox_topics, review, states, writing
from translation.models import Assignment, Frequency, Notice, NoticeKind, TranslationStatus, TranslatorChoices, Via

pytestmark = pytest.mark.django_db
SECRET = "Nouveau secret"


def person(name, *groups):
    user = make_user(*groups, name=name)
    user.email = f"{name}@mail.example"
    user.save()
    return user


@pytest.fixture
def people(commit, db):
    with commit():
        make_home("fr")
    return {
        "writer": person("writer", "Translators fr"),
        "second": person("second", "Translators fr"),
        "coordinator": person("coordinator", "Coordinators"),
        "editor": person("editor", "Editors"),
    }


@pytest.fixture
def translation(translation, people, commit):
    with commit():
        text = StringTranslation.objects.get(locale=locale("fr"), context__path="summary")
        text.data, text.last_translated_by = SECRET, people["writer"]
        text.save()
    return translation


def status_of(translation):
    return TranslationStatus.objects.get(translation_key=translation.source.object_id, locale=locale("fr"))


def sent():
    """What went out since it was asked last."""
    outbox.drain(TOPIC)
    found, mail.outbox[:] = list(mail.outbox), []
    return found


def told():
    return sorted((one.to[0].partition("@")[0], one.subject) for one in sent())


def test_what_is_given_to_somebody_is_told_and_what_one_takes_is_not(people, translation):
    status = status_of(translation)
    desk.assign(status=status, user=people["coordinator"], due=None, assignee=people["writer"])
    assert told() == [("writer", "“Subject” was given to you to translate into French.")]
    desk.assign(status=status, user=people["coordinator"], due=timezone.localdate(), assignee=people["writer"])
    assert told() == []
    desk.hand_back(status=status, user=people["coordinator"])
    desk.take(status=status, user=people["second"])
    assert told() == []


def test_what_was_given_and_taken_back_before_the_mail_left_is_not_told(people, translation):
    status = status_of(translation)
    desk.assign(status=status, user=people["coordinator"], due=None, assignee=people["writer"])
    Assignment.objects.all().delete()
    assert told() == []


def edit(translation, commit, summary):
    english = TopicPage.objects.get(pk=translation.source.get_source_instance().pk)
    english.summary = summary
    with commit():
        english.save_revision().publish()


def test_stale_translation_is_told_to_whoever_wrote_in_it_once(people, translation, commit):
    """Section 6, test 11."""
    edit(translation, commit, "Something else.")
    assert told() == [("writer", "The original of “Subject” has changed; the translation into French is stale.")]
    edit(translation, commit, "Something else again.")
    states.rebuild()
    assert told() == []
    edit(translation, commit, "About it")
    edit(translation, commit, "Changed once more.")
    assert len(told()) == 1


def test_stale_translation_is_told_to_whoever_has_it(people, translation, commit):
    Assignment.objects.create(status=status_of(translation), assignee=people["second"])
    edit(translation, commit, "Something else.")
    assert [name for name, _subject in told()] == ["second"]


def test_review_is_asked_of_those_who_may_decide_and_wrote_nothing(people, translation, commit):
    other = person("other", "Coordinators")
    get_user_model().objects.create_superuser("admin", "admin@mail.example", "pw")
    text = StringTranslation.objects.get(locale=locale("fr"), context__path="title")
    text.last_translated_by, text.data = people["coordinator"], "Autre titre"
    text.save()
    review.submit(translation, user=people["writer"])
    assert told() == [(other.username, "“Subject” in French is ready to be reviewed.")]


def test_decided_before_the_mail_left_there_is_nothing_to_tell(people, translation, commit):
    review.submit(translation, user=people["writer"])
    review.withdraw(translation, user=people["writer"])
    assert told() == []


def test_returned_translation_is_told_to_whoever_handed_it_in_without_the_reasons(people, translation, commit):
    review.submit(translation, user=people["writer"])
    sent()
    with commit():
        review.send_back(translation, user=people["coordinator"], reason="The word is wrong.")
    letters = [one for one in sent() if one.subject.startswith("“Subject”")]
    (letter,) = letters
    assert letter.to == ["writer@mail.example"]
    assert "returned to you" in letter.subject
    assert "The word is wrong" not in letter.body
    assert reverse("translation_review", args=["fr", translation.pk]) in letter.body


def test_no_mail_carries_a_text_of_a_draft(people, translation, commit):
    review.submit(translation, user=people["writer"], note=SECRET)
    comments.ask(translation, "summary", user=people["second"], text=SECRET, to_original=True)
    edit(translation, commit, "Something else.")
    letters = sent()
    assert len(letters) > 2
    assert all(SECRET not in part for one in letters for part in (one.subject, one.body, one.alternatives[0].content))


def test_texts_from_a_file_are_told_to_the_others_once(people, translation):
    Assignment.objects.create(status=status_of(translation), assignee=people["writer"])
    for path, text in (("title", "Titre"), ("summary", "Texte")):
        segment = translation.source.stringsegment_set.get(context__path=path)
        writing.write(translation, segment, text, user=people["second"], via=Via.XLIFF)
    outbox.drain(outbox_topics.IMPORTED)
    subject = "Texts of “Subject” in French have come from a file."
    assert told() == [("coordinator", subject), ("writer", subject)]


@pytest.mark.parametrize(("days", "expected"), [(8, 0), (7, 1), (3, 1), (2, 1), (0, 1), (-1, 0)])
def test_what_is_due_is_told_from_seven_days_before(people, translation, days, expected):
    due = timezone.localdate() + datetime.timedelta(days=days)
    Assignment.objects.create(status=status_of(translation), assignee=people["writer"], due=due)
    notices.tell_due()
    assert len(told()) == expected


def test_each_day_is_told_once_also_when_the_clock_runs_twice_or_late(people, translation):
    today = timezone.localdate()
    row = Assignment.objects.create(
        status=status_of(translation), assignee=people["writer"], due=today + datetime.timedelta(days=5)
    )
    notices.tell_due()
    notices.tell_due()
    assert [name for name, _subject in told()] == ["writer"]
    row.due = today + datetime.timedelta(days=1)
    row.save()
    notices.tell_due()
    notices.tell_due()
    assert len(told()) == 1


def test_whoever_lost_the_language_is_told_nothing_any_more(people, translation):
    status = status_of(translation)
    desk.assign(status=status, user=people["coordinator"], due=None, assignee=people["writer"])
    people["writer"].groups.clear()
    assert told() == []


def test_mail_is_in_the_language_of_the_readers_admin(people, translation):
    UserProfile.objects.update_or_create(user=people["writer"], defaults={"preferred_language": "de"})
    desk.assign(status=status_of(translation), user=people["coordinator"], due=None, assignee=people["writer"])
    (letter,) = sent()
    assert letter.extra_headers["Content-Language"] == "de"


def test_failing_mail_server_loses_nothing(people, translation, monkeypatch):
    desk.assign(status=status_of(translation), user=people["coordinator"], due=None, assignee=people["writer"])

    def fail(self, fail_silently=False):
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
        assert told() == []
    assert Notice.objects.untold().count() == 1
    OutboxRow.objects.update(next_try=timezone.now(), leased_until=None)
    assert len(told()) == 1
    assert not Notice.objects.untold().exists()


def weekly(user):
    TranslatorChoices.objects.update_or_create(user=user, defaults={"frequency": Frequency.WEEKLY})


def test_weekly_digest_tells_all_at_once_and_leaves_out_what_has_ended(people, translation, commit):
    weekly(people["writer"])
    status = status_of(translation)
    desk.assign(status=status, user=people["coordinator"], due=None, assignee=people["writer"])
    edit(translation, commit, "Something else.")
    comment = comments.ask(translation, "summary", user=people["second"], text="Why?")
    assert told() == []
    Notice.objects.update(created_at=timezone.now() - datetime.timedelta(days=8))
    comments.resolve(comment, user=people["second"])
    notices.queue_digests()
    notices.queue_digests()
    (letter,) = sent()
    assert letter.subject == "Translations: what is new"
    assert "was given to you" in letter.body
    assert "is stale" in letter.body
    assert "comment" not in letter.body
    assert not Notice.objects.untold().exists()
    notices.queue_digests()
    assert told() == []


def test_who_gets_only_questions_about_an_original_chooses_how_to_be_told(people, translation):
    author = person("author", "Authors")
    client = Client()
    client.force_login(author)
    account = reverse("wagtailadmin_account")
    assert "Notices about translations" not in client.get(account).content.decode()
    Notice.objects.create(
        user=author, kind=NoticeKind.COMMENT, translation_key=translation.source.object_id, locale=locale("fr")
    )
    assert "Notices about translations" in client.get(account).content.decode()


def test_what_waits_for_the_digest_is_sent_when_somebody_chooses_at_once(people, translation):
    weekly(people["writer"])
    desk.assign(status=status_of(translation), user=people["coordinator"], due=None, assignee=people["writer"])
    client = Client()
    client.force_login(people["writer"])
    page = client.get(reverse("wagtailadmin_account"))
    assert "Notices about translations" in page.content.decode()
    forms = [panel.get_form() for panels in page.context["panels_by_tab"].values() for panel in panels]
    data = {field.html_name: field.value() or "" for form in forms for field in form}
    data |= {"name_email-first_name": "A", "name_email-last_name": "B", "translation-frequency": "instant"}
    response = client.post(reverse("wagtailadmin_account"), data)
    assert response.status_code == 302, [
        panel.get_form().errors for panels in response.context["panels_by_tab"].values() for panel in panels
    ]
    assert TranslatorChoices.of(people["writer"]).frequency == Frequency.AT_ONCE
    assert len(told()) == 1


def stop_url(letter):
    return re.search(r"<(https?://[^/]+)?([^>]+)>", letter.extra_headers["List-Unsubscribe"])[2]


def test_one_click_mutes_without_signing_in_and_following_the_link_changes_nothing(people, translation):
    desk.assign(status=status_of(translation), user=people["coordinator"], due=None, assignee=people["writer"])
    (letter,) = sent()
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = stop_url(letter)
    assert address in letter.body
    reader = Client(enforce_csrf_checks=True)
    response = reader.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert TranslatorChoices.of(people["writer"]).frequency == Frequency.AT_ONCE
    assert reader.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert TranslatorChoices.of(people["writer"]).frequency == Frequency.NEVER
    assert TranslatorChoices.of(people["second"]).frequency == Frequency.AT_ONCE
    notices.imported(translation, by=people["second"].pk)
    assert [name for name, _subject in told()] == ["coordinator"]
    assert reader.get(address[:-3] + "xyz/").status_code == 404


@pytest.mark.parametrize(("days", "status"), [(59, 200), (61, 410)])
def test_link_that_mutes_ends_after_60_days_and_leads_to_the_settings_then(people, monkeypatch, days, status):
    sent_at = time.time() - days * 24 * 60 * 60
    with monkeypatch.context() as then:
        then.setattr("django.core.signing.time.time", lambda: sent_at)
        address = letters.stop_path(people["writer"])
    reader = Client(enforce_csrf_checks=True)
    response = reader.get(address)
    assert response.status_code == status
    assert (reverse("wagtailadmin_account") in response.content.decode()) == (status == 410)
    assert reader.post(address, {"List-Unsubscribe": "One-Click"}).status_code == status
    frequency = TranslatorChoices.of(people["writer"]).frequency
    assert frequency == (Frequency.NEVER if status == 200 else Frequency.AT_ONCE)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_link_of_the_time_when_links_had_no_end_is_none_of_ours(people):
    undated = signing.Signer(salt="translation.notices", sep=".").sign(str(people["writer"].pk))
    assert Client().get(reverse("translation_notices_stop", args=[undated])).status_code == 404


def test_muted_before_the_mail_left_nothing_is_sent(people, translation):
    desk.assign(status=status_of(translation), user=people["coordinator"], due=None, assignee=people["writer"])
    notices.mute(people["writer"])
    assert told() == []


# Comments


def test_comment_is_read_by_those_who_write_the_language_and_by_nobody_else(people, translation):
    comment = comments.ask(translation, "summary", user=people["writer"], text="Is this a name?")
    german = make_user("Translators de", name="german")
    assert comments.may_read(people["second"], comment)
    assert comments.may_read(people["coordinator"], comment)
    assert not comments.may_read(german, comment)
    assert told() == []
    comments.answer(comment, user=people["second"], text="Yes.")
    assert told() == [("writer", "There is a comment on a text of “Subject” in French.")]


def test_question_to_the_original_reaches_its_editors_who_see_no_translation(client, people, translation, commit):
    plain = comments.ask(translation, "summary", user=people["writer"], text="Among us.")
    question = comments.ask(translation, "summary", user=people["writer"], text="What is meant?", to_original=True)
    assert {name for name, _subject in told()} == {"editor", "coordinator"}  # nobody owns it: all who publish there
    Page.objects.filter(pk=translation.source.get_source_instance().pk).update(owner=people["editor"])
    comments.answer(question, user=people["second"], text="I wonder, too.")
    assert {name for name, _subject in told()} == {"editor", "writer"}
    client.force_login(people["editor"])
    page = client.get(reverse("translation_comment", args=[question.pk]))
    assert page.status_code == 200
    assert "About it" in page.content.decode()
    assert reverse("translation_questions") in client.get(reverse("translation_desk", args=["fr"])).content.decode()
    assert "What is meant?" in client.get(reverse("translation_questions")).content.decode()
    assert "Among us." not in client.get(reverse("translation_questions")).content.decode()
    moderator = make_user("Moderators", name="moderator")
    client.force_login(moderator)
    assert client.get(reverse("translation_comment", args=[question.pk])).status_code in {302, 403}
    client.force_login(make_user("Translators de", name="german"))
    for one in (plain, question):
        assert client.get(reverse("translation_comment", args=[one.pk])).status_code in {302, 403}
        client.post(reverse("translation_comment", args=[one.pk]), {"do": "resolve"})
        client.post(reverse("translation_comment", args=[one.pk]), {"do": "answer", "text": "Mine"})
        one.refresh_from_db()
        assert one.resolved_at is None
        assert not one.answers.filter(text="Mine").exists()


def test_conversation_is_answered_resolved_and_opened_again_by_an_answer(client, people, translation):
    client.force_login(people["writer"])
    address = reverse("translation_comments", args=["fr", translation.pk])
    client.post(address, {"path": "summary", "text": "<b>Why</b>?"})
    page = client.get(address).content.decode()
    assert "&lt;b&gt;Why&lt;/b&gt;?" in page
    (comment,) = comments.of_translation(translation)["summary"]
    one = reverse("translation_comment", args=[comment.pk])
    client.post(one, {"do": "resolve"})
    comment.refresh_from_db()
    assert comment.resolved_by == people["writer"]
    client.post(one, {"do": "answer", "text": "Because."})
    comment.refresh_from_db()
    assert comment.resolved_at is None
    assert client.post(one, {"do": "answer", "text": " "}).status_code == 400
    kept = client.post(one, {"do": "answer", "text": "x" * 2001}).content.decode()
    assert "x" * 2001 in kept
    client.post(address, {"path": "nowhere", "text": "Lost"})
    assert "Lost" not in client.get(address).content.decode()


@pytest.mark.parametrize("reader", ["editor", "writer"])
def test_more_questions_take_no_more_queries(client, people, translation, reader):
    """Of several originals and types, pages and entries; whether one may answer them or not."""
    client.force_login(people[reader])
    address = reverse("translation_questions")

    def ask(count):
        for number in range(count):
            make_term(f"t{number}-{count}")
            pages = [make_topic(title=f"Subject {number} of {count}")]
            for original in [*pages, *GlossaryTerm.objects.filter(code=f"t{number}-{count}")]:
                source, _created = TranslationSource.update_or_create_from_instance(original)
                about = source.translations.create(target_locale=locale("fr"))
                path = source.stringsegment_set.values_list("context__path", flat=True)[0]
                question = comments.ask(about, path, user=people["writer"], text="What?", to_original=True)
                comments.answer(question, user=people["second"], text="I wonder, too.")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(address).context["rows"]
        return len(queries), len(rows)

    ask(2)
    asked()  # what a process learns once
    few, many = asked(), ask(4) or asked()
    assert few[0] == many[0]
    assert (few[1], many[1]) == ((4, 12) if reader == "editor" else (0, 0))


def test_comments_of_a_page_take_a_constant_number_of_queries(people, translation, django_assert_num_queries):
    for path in ("summary", "title"):
        first = comments.ask(translation, path, user=people["writer"], text="?")
        comments.answer(first, user=people["second"], text="!")
    with django_assert_num_queries(2):
        found = comments.of_translation(translation)
        assert [len(thread[0].answers.all()) for thread in found.values()] == [1, 1]


def test_notice_kinds_all_have_words_and_an_address():
    from translation import letters

    assert set(letters.TEXTS) == set(letters.PATHS) == set(NoticeKind)
