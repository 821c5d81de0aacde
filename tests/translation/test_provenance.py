"""Readers of a translated page are told how it was made; who is named has agreed."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState
from wagtail_localize.models import StringTranslation

from library.models import TopicPage
from portal.models import Stamp
from tests.factories import locale
from tests.factories.editing import make_user
from translation import adapting, review, states, writing
from translation.models import Adaptation, Outcome, State, Submission, TranslationStatus, TranslatorChoices, Via
from translation.notice_views import ChoicesForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(people):
    people["writer"].first_name, people["writer"].last_name = "Camille", "Dupont"
    people["writer"].save()
    return people


@pytest.fixture
def translation(translation, people):
    StringTranslation.objects.filter(locale=locale("fr")).update(last_translated_by=people["writer"])
    return translation


def line(translation):
    page = TopicPage.objects.get(pk=translation.get_target_instance().pk)
    html = Client().get(page.url).content.decode()
    return html.partition('provenance">')[2].partition("</p>")[0] if 'provenance">' in html else ""


def agree(user, is_named):
    form = ChoicesForm({"frequency": "instant", "is_named": is_named}, instance=TranslatorChoices.of(user))
    assert form.is_valid()
    form.save()


def test_translated_page_names_its_original_language_and_nobody_who_did_not_agree(translation):
    said = line(translation)
    assert "Langue de l’original" in said
    assert "Dupont" not in said
    assert "writer" not in said
    original = translation.source.get_source_instance()
    assert 'provenance">' not in Client().get(original.url).content.decode()


def test_who_agreed_is_named_until_the_consent_is_taken_back_also_on_kept_pages(people, translation):
    line(translation)
    agree(people["writer"], True)
    assert "Camille Dupont" in line(translation)
    agree(people["writer"], False)
    assert "Dupont" not in line(translation)
    assert Stamp.objects.filter(key="site").exists()


def test_who_was_deactivated_or_wrote_only_drafts_is_not_named(people, translation):
    agree(people["writer"], True)
    agree(people["coordinator"], True)
    people["coordinator"].first_name = "Robin"
    people["coordinator"].save()
    text = StringTranslation.objects.get(locale=locale("fr"), context__path="summary")
    text.data, text.last_translated_by = "Draft", people["coordinator"]
    text.save()
    assert "Robin" not in line(translation)
    people["writer"].is_active = False
    people["writer"].save()
    agree(people["coordinator"], False)  # what is kept is made anew
    assert "Dupont" not in line(translation)


def reviewed(said):
    return any(year in said for year in ("2025", "2026", "2027", "2028"))


def test_day_of_the_review_is_told_of_what_was_reviewed_alone(people, translation, commit):
    assert not reviewed(line(translation))
    with commit():
        review.submit(translation, user=people["writer"])
        review.approve(translation, user=people["coordinator"])
    assert reviewed(line(translation))
    with commit():
        translation.save_target(publish=True, user=people["coordinator"])
    assert not reviewed(line(translation))


@pytest.mark.parametrize("is_ours", [True, False])
def test_who_approved_alone_was_no_second_person(client, people, translation, commit, is_ours):
    people["coordinator"].delete()
    admin = get_user_model().objects.create_superuser("admin", "", "pw")
    with commit():
        review.submit(translation, user=admin)
        if is_ours:
            review.approve(translation, user=admin)
        else:
            page, task = translation.get_target_instance(), TaskState.objects.get(status="in_progress")
            client.force_login(admin)
            client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]))
    assert Submission.objects.get().outcome == Outcome.APPROVED
    assert PageLogEntry.objects.filter(action=review.APPROVED_ALONE, user=admin).count() == 1
    assert not reviewed(line(translation))


def test_machine_text_is_told_also_when_somebody_has_read_it(people, translation, commit):
    before = line(translation)
    segment = translation.source.stringsegment_set.get(context__path="summary")
    writing.write(translation, segment, "De la machine.", user=None, via=Via.MACHINE)
    writing.write(translation, segment, "De la machine.", user=people["writer"], via=Via.EDITOR)
    with commit():
        translation.save_target(publish=True)
    assert "machine" in line(translation)
    assert "machine" not in before


# Adaptations


def mark(client, translation, path="summary", **data):
    segment = translation.source.stringsegment_set.get(context__path=path)
    address = reverse("translation_adapt", args=["fr", translation.pk])
    response = client.post(address, {"segment": segment.pk, **data})
    return response, [str(one) for one in get_messages(response.wsgi_request)]


def test_text_that_differs_on_purpose_needs_a_reason_which_the_reviewer_reads(client, people, translation):
    client.force_login(people["writer"])
    _response, told = mark(client, translation, kind="different", reason=" ")
    assert "Give a reason" in told[0]
    assert not Adaptation.objects.exists()
    mark(client, translation, kind="different", reason="Other law here.")
    mark(client, translation, path="title", kind="left_out", reason="There is no such body.")
    states.refresh(translation.source.object_id)
    status = TranslationStatus.objects.get(translation_key=translation.source.object_id, locale=locale("fr"))
    assert status.done == status.segments
    assert status.state == State.COMPLETE
    review.submit(translation, user=people["writer"])
    client.force_login(people["coordinator"])
    page = client.get(reverse("translation_review", args=["fr", translation.pk])).content.decode()
    assert "Other law here." in page
    assert "Does not apply here" in page
    assert mark(client, translation, kind="")[0].status_code in {302, 403}
    assert Adaptation.objects.count() == 2  # in review nothing of it changes


def test_nothing_is_marked_where_nothing_stands(client, people, translation):
    StringTranslation.objects.filter(locale=locale("fr"), context__path="summary").delete()
    client.force_login(people["writer"])
    _response, told = mark(client, translation, kind="left_out", reason="Not here.")
    assert "Write first" in told[0]
    assert not Adaptation.objects.exists()


def test_mark_ends_when_the_original_says_something_else_or_when_it_is_taken_away(client, people, translation, commit):
    client.force_login(people["writer"])
    mark(client, translation, kind="different", reason="Other law here.")
    english = translation.source.get_source_instance()
    english.summary = "Something else."
    with commit():
        english.save_revision().publish()
        translation.source.update_from_db()
    segment = translation.source.stringsegment_set.get(context__path="summary")
    assert (segment.string_id, segment.context_id) not in adapting.of_translation(translation)
    mark(client, translation, path="title", kind="different", reason="x")
    mark(client, translation, path="title", kind="")
    assert not Adaptation.objects.filter(context__path="title").exists()


def test_who_serves_another_language_marks_nothing(client, people, translation):
    client.force_login(make_user("Translators de", name="german"))
    assert mark(client, translation, kind="different", reason="x")[0].status_code in {302, 403}
    assert not Adaptation.objects.exists()


def test_workbench_shows_the_mark_and_the_comments(client, people, translation):
    client.force_login(people["writer"])
    mark(client, translation, kind="different", reason="Other law here.")
    client.post(reverse("translation_comments", args=["fr", translation.pk]), {"path": "summary", "text": "Why so?"})
    page = client.get(reverse("translation_workbench", args=["fr", translation.pk])).content.decode()
    assert "Other law here." in page
    assert "Why so?" in page
    assert "there is nothing to review" in page
