"""A second person reads a translation before readers see it, and what is approved is what was handed in."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.models import GlossaryTerm, TopicIndexPage, TopicPage
from tests.factories import locale, make_index, make_topic
from tests.factories.editing import make_user
from translation import access, carrying, review, states, writing
from translation.models import Assignment, Outcome, State, Submission, TranslationStatus, Via

from .remembering import explain
from .walking import translated

pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def translation(translation, people, commit):
    """Of a page whose French version is live, with a text that the writer has changed since."""
    with commit():
        write(translation, people["writer"], "Nouveau")
    return translation


def write(translation, user, text, path="summary"):
    row = StringTranslation.objects.get(locale=translation.target_locale, context__path=path)
    row.data, row.last_translated_by, row.translation_type = text, user, "manual"
    row.save()


def shown(translation):
    return TopicPage.objects.get(pk=translation.get_target_instance().pk).summary


def status_of(translation):
    key = translation.source.object_id
    states.refresh(key)
    return TranslationStatus.objects.get(translation_key=key, locale=translation.target_locale)


def url(translation):
    return reverse("translation_review", args=[translation.target_locale.language_code, translation.pk])


def post(client, user, translation, do, **data):
    client.force_login(user)
    response = client.post(url(translation), {"do": do, **data})
    return response, [str(message) for message in get_messages(response.wsgi_request)]


def test_handing_in_changes_nothing_for_readers_and_approval_publishes(client, people, translation, commit):
    before = shown(translation)
    assert (
        post(client, people["writer"], translation, "submit", note="Please look at the summary.")[0].status_code == 302
    )
    assert shown(translation) == before == "fr 3"
    assert status_of(translation).state == State.IN_REVIEW
    page = client.force_login(people["coordinator"]) or client.get(url(translation)).content.decode()
    assert "Please look at the summary." in page
    assert "Nouveau" in page
    with commit():
        post(client, people["coordinator"], translation, "approve")
    assert shown(translation) == "Nouveau"
    assert status_of(translation).state == State.COMPLETE
    page = client.get(url(translation)).content.decode()
    assert "there is nothing to review" in page
    assert 'value="submit"' not in page
    row = Submission.objects.get()
    assert (row.outcome, row.submitted_by, row.decided_by) == (
        Outcome.APPROVED,
        people["writer"],
        people["coordinator"],
    )


def test_what_is_published_is_what_was_handed_in_though_texts_and_drafts_changed(people, translation, commit):
    """Section 6, test 45."""
    handed_in = review.submit(translation, user=people["writer"])
    write(translation, people["writer"], "Later")
    review.save_draft(translation, people["writer"])
    with commit():
        review.approve(translation, user=people["coordinator"])
    page = translation.get_target_instance()
    assert shown(translation) == "Nouveau"
    assert page.live_revision_id == handed_in.revision_id
    assert page.get_latest_revision_as_object().summary == "Later"
    assert status_of(translation).state == State.IN_PROGRESS


def test_approval_in_wagtails_own_view_publishes_what_was_handed_in(client, people, translation, commit):
    """Section 6, test 45."""
    review.submit(translation, user=people["writer"])
    write(translation, people["writer"], "Later")
    review.save_draft(translation, people["writer"])
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    client.force_login(people["coordinator"])
    with commit():
        client.post(
            reverse(
                "wagtailadmin_pages:workflow_action", args=[translation.get_target_instance().pk, "approve", task.pk]
            )
        )
    assert shown(translation) == "Nouveau"
    assert Submission.objects.get().outcome == Outcome.APPROVED


def test_reviewer_is_led_to_what_will_be_published_where_it_is_not_what_is_shown(client, people, translation, commit):
    handed_in = review.submit(translation, user=people["writer"])
    revision = reverse(
        "wagtailadmin_pages:revisions_view", args=[translation.get_target_instance().pk, handed_in.revision_id]
    )
    client.force_login(people["coordinator"])
    assert revision not in client.get(url(translation)).content.decode()
    english = translation.source.get_source_instance()
    english.summary = "Something else."
    with commit():
        english.save_revision().publish()
        translation.source.update_from_db()
    assert revision in client.get(url(translation)).content.decode()
    assert "Nouveau" in client.get(revision).content.decode()


def test_source_that_changed_meanwhile_does_not_stop_the_approval(people, translation, commit):
    """Section 6, test 45: the revision that was read had no gaps."""
    review.submit(translation, user=people["writer"])
    english = translation.source.get_source_instance()
    english.summary = "Something else."
    with commit():
        english.save_revision().publish()
        translation.source.update_from_db()
    since = translation.get_target_instance().translation_state.behind_since
    with commit():
        review.approve(translation, user=people["coordinator"])
    assert shown(translation) == "Nouveau"
    assert translation.get_target_instance().translation_state.behind_since == since
    assert status_of(translation).stale_since == since is not None


def test_whoever_wrote_a_text_does_not_approve(client, people, translation, commit):
    """Section 6, test 6."""
    write(translation, people["coordinator"], "Mine")
    review.submit(translation, user=people["writer"])
    with commit():
        _response, told = post(client, people["coordinator"], translation, "approve")
    assert "Somebody else has to approve it" in told[0]
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).specific
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[translation.get_target_instance().pk, "approve", task.pk])
    )
    with pytest.raises(PermissionDenied, match="Somebody else"):
        task.task.specific.on_action(task, people["coordinator"], "approve")
    assert shown(translation) == "fr 3"
    assert "Approve and publish" not in client.get(url(translation)).content.decode()
    other = make_user("Coordinators", name="other")
    with commit():
        review.approve(translation, user=other)
    assert shown(translation) == "Mine"


def test_whoever_wrote_first_does_not_approve_what_another_mended(people, translation):
    """Section 6, test 6: the history counts, not only the last hand."""
    write(translation, people["coordinator"], "First")
    write(translation, people["writer"], "First, mended")
    review.submit(translation, user=people["writer"])
    with pytest.raises(review.Refused, match="Somebody else"):
        review.approve(translation, user=people["coordinator"])


def test_whoever_said_that_the_original_means_the_same_as_before_wrote_nothing(people, translation, commit):
    english = translation.source.get_source_instance()
    english.summary = "All about it"
    with commit():
        english.save_revision().publish()
        changed = [change.key for change in carrying.changes(translation.source)]
        assert carrying.hand_out(translation.source, changed, people["coordinator"]).carried == 1
    review.submit(translation, user=people["writer"])
    with commit():
        review.approve(translation, user=people["coordinator"])
    assert shown(translation) == "Nouveau"


def test_what_still_means_the_same_is_not_stale_when_it_is_approved(people, translation, commit):
    review.submit(translation, user=people["writer"])
    english = translation.source.get_source_instance()
    english.summary = "All about it"
    with commit():
        english.save_revision().publish()
        changed = [change.key for change in carrying.changes(translation.source)]
        carrying.hand_out(translation.source, changed, people["coordinator"])
        review.approve(translation, user=people["coordinator"])
    assert shown(translation) == "Nouveau"
    assert translation.get_target_instance().translation_state.behind_since is None


def test_whoever_handed_in_does_not_approve_either(people, translation):
    """Section 6, test 6."""
    review.submit(translation, user=people["coordinator"])
    with pytest.raises(review.Refused, match="Somebody else"):
        review.approve(translation, user=people["coordinator"])


def test_what_was_approved_before_bars_nobody(people, translation, commit):
    """Section 6, test 6: only what is new since the last approval counts."""
    write(translation, people["coordinator"], "Old title", path="title")
    other = make_user("Coordinators", name="other")
    with commit():
        review.submit(translation, user=people["coordinator"])
        review.approve(translation, user=other)
    write(translation, people["writer"], "Newest")
    review.submit(translation, user=people["writer"])
    with commit():
        review.approve(translation, user=people["coordinator"])
    assert shown(translation) == "Newest"


def test_administrator_approves_the_own_work_only_where_there_is_nobody_else(people, translation, commit):
    """Section 6, test 6."""
    admin = get_user_model().objects.create_superuser("admin", "", "pw")
    write(translation, admin, "By the administrator")
    review.submit(translation, user=admin)
    with pytest.raises(review.Refused, match="Somebody else"):
        review.approve(translation, user=admin)
    people["coordinator"].is_active = False
    people["coordinator"].save()
    with commit():
        review.approve(translation, user=admin)
    assert shown(translation) == "By the administrator"
    from wagtail.models import PageLogEntry

    assert PageLogEntry.objects.filter(action=review.APPROVED_ALONE, user=admin).count() == 1


@pytest.mark.parametrize("who", ["writer", "coordinator"])
def test_texts_in_review_are_frozen_for_everybody_and_by_every_way(client, people, translation, who):
    """Section 6, test 5."""
    review.submit(translation, user=people["writer"])
    client.force_login(people[who])
    segment = translation.source.stringsegment_set.get(context__path="summary")
    edit = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    assert client.put(edit, "value=Changed", content_type=URLENCODED).status_code == 403
    assert client.delete(edit).status_code == 403
    for name in ("upload_pofile", "machine_translate"):
        client.post(reverse(f"wagtail_localize:{name}", args=[translation.pk]), {"value": "Changed"})
    client.post(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]), {"action": "publish"})
    with pytest.raises(PermissionDenied):
        access.translation_to_write(people[who], translation.pk)
    for via in (Via.MEMORY, Via.MACHINE, Via.XLIFF, Via.UNDO):
        with pytest.raises(PermissionDenied, match="in review"):
            writing.write(translation, segment, "Changed", user=people[who], via=via)
    with pytest.raises(PermissionDenied):
        writing.forget(translation, segment, user=people[who], via=Via.EDITOR)
    assert StringTranslation.objects.get(locale=locale("fr"), context__path="summary").data == "Nouveau"
    assert shown(translation) == "fr 3"


def test_handing_out_the_original_does_not_publish_what_is_in_review(client, people, translation, commit):
    review.submit(translation, user=people["writer"])
    client.force_login(people["coordinator"])
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    with commit():
        client.post(address, {"publish_translations": "on"})
    assert shown(translation) == "fr 3"


def test_returned_with_reasons_it_is_the_translators_task_again(client, people, translation, commit):
    with commit():
        review.submit(translation, user=people["writer"])
        _response, told = post(client, people["coordinator"], translation, "return", reason=" ")
        assert "Say what is to be changed" in told[0]
        post(client, people["coordinator"], translation, "return", reason="“Nouveau” is too short.")
    status = status_of(translation)
    assert status.state == State.IN_PROGRESS
    assert Assignment.objects.get(status=status).assignee == people["writer"]
    client.force_login(people["writer"])
    assert "is too short" in client.get(reverse("translation_desk", args=["fr"])).content.decode()
    assert "is too short" in client.get(url(translation)).content.decode()
    write(translation, people["writer"], "Tout nouveau")
    with commit():
        post(client, people["writer"], translation, "submit")
        post(client, people["coordinator"], translation, "approve")
    assert shown(translation) == "Tout nouveau"
    client.force_login(people["writer"])
    assert "is too short" not in client.get(reverse("translation_desk", args=["fr"])).content.decode()


def test_reasons_given_in_wagtails_own_view_arrive_too(client, people, translation, commit):
    review.submit(translation, user=people["writer"])
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    client.force_login(people["coordinator"])
    page = translation.get_target_instance()
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", task.pk]), {"comment": "Why?"})
    row = Submission.objects.get()
    assert (row.outcome, row.reason, row.decided_by) == (Outcome.RETURNED, "Why?", people["coordinator"])


def test_taken_back_it_can_be_written_again(client, people, translation):
    review.submit(translation, user=people["writer"])
    stranger = make_user("Translators fr", name="stranger")
    with pytest.raises(review.Refused):
        review.withdraw(translation, user=stranger)
    post(client, people["writer"], translation, "withdraw")
    assert Submission.objects.get().outcome == Outcome.WITHDRAWN
    assert access.translation_to_write(people["writer"], translation.pk)
    assert not WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists()


@pytest.mark.parametrize("late", ["approve", "send_back", "withdraw"])
def test_what_is_decided_is_not_decided_again(people, translation, late):
    review.submit(translation, user=people["writer"])
    review.withdraw(translation, user=people["writer"])
    more = {"reason": "Too late."} if late == "send_back" else {}
    with pytest.raises(review.Refused):
        getattr(review, late)(translation, user=people["coordinator"], **more)
    assert Submission.objects.get().outcome == Outcome.WITHDRAWN


def test_gaps_and_unread_machine_texts_are_not_handed_in(client, people, translation):
    StringTranslation.objects.filter(locale=locale("fr"), context__path="title").delete()
    StringTranslation.objects.filter(locale=locale("fr"), context__path="definition").update(translation_type="machine")
    _response, told = post(client, people["writer"], translation, "submit")
    assert "1 text is not translated yet" in told[0]
    assert "1 text comes from a machine" in told[0]
    assert not Submission.objects.exists()
    assert not translation.get_target_instance().workflow_in_progress


def test_what_was_written_to_the_reviewer_is_not_lost_when_it_cannot_be_handed_in(client, people, translation):
    write(translation, people["writer"], "<b>Half")
    response, told = post(client, people["writer"], translation, "submit", note="Please <look>.")
    assert (response.status_code, "Half" in told[0]) == (409, True)
    assert "Please &lt;look&gt;.</textarea>" in response.content.decode()
    write(translation, people["writer"], "Nouveau")
    review.submit(translation, user=people["writer"])
    response, told = post(client, people["writer"], translation, "submit", note="Please <look>.")
    assert "Please &lt;look&gt;.</textarea>" in response.content.decode()
    review.withdraw(translation, user=people["writer"])
    response, told = post(client, people["coordinator"], translation, "return", reason="Too <short>.")
    assert "not in review any more" in told[-1]
    assert "Too &lt;short&gt;.</textarea>" in response.content.decode()


def test_text_with_an_error_is_not_handed_in(people, translation):
    write(translation, people["writer"], "<b>Half")
    with pytest.raises(review.Refused, match="Half"):
        review.submit(translation, user=people["writer"])


def test_text_that_is_taken_away_just_before_it_is_handed_in_is_a_gap(people, translation, monkeypatch):
    """Whoever takes it away has the lock first."""
    lock, summary = writing.lock, translation.source.stringsegment_set.get(context__path="summary")

    def after_somebody_else(one):
        monkeypatch.undo()
        writing.forget(translation, summary, user=people["coordinator"], via=Via.EDITOR)
        lock(one)

    monkeypatch.setattr(writing, "lock", after_somebody_else)
    with pytest.raises(review.Refused, match="1 text is not translated yet"):
        review.submit(translation, user=people["writer"])
    assert not Submission.objects.exists()


def test_two_who_hand_in_at_once(people, translation):
    review.submit(translation, user=people["writer"])
    with pytest.raises(review.Refused, match="already"):
        review.submit(translation, user=people["coordinator"])
    assert Submission.objects.count() == 1


def test_who_serves_another_language_does_not_even_read_it(client, people, translation):
    german = make_user("Translators de", name="german")
    for do in ("submit", "approve", "return", "withdraw"):
        response, _told = post(client, german, translation, do, reason="No")
        assert response.status_code in {302, 403}
    assert "Nouveau" not in client.get(url(translation), follow=True).content.decode()
    assert not Submission.objects.exists()


def test_translator_approves_nothing(people, translation):
    other = make_user("Translators fr", name="other")
    review.submit(translation, user=people["writer"])
    for act in (
        lambda: review.approve(translation, user=other),
        lambda: review.send_back(translation, user=other, reason="x"),
    ):
        with pytest.raises(review.Refused):
            act()
    assert shown(translation) == "fr 3"


def test_language_without_a_workflow_says_so_and_another_publisher_approves(client, people, translation, commit):
    WorkflowPage.objects.all().delete()
    Workflow.objects.update(active=False)
    client.force_login(people["writer"])
    assert "No approval is set up for this language" in client.get(url(translation)).content.decode()
    review.submit(translation, user=people["writer"])
    assert status_of(translation).state == State.IN_REVIEW
    with pytest.raises(PermissionDenied):
        access.translation_to_write(people["writer"], translation.pk)
    with pytest.raises(review.Refused):
        review.approve(translation, user=people["writer"])
    write(translation, people["writer"], "Later")
    with commit():
        review.approve(translation, user=people["coordinator"])
    assert shown(translation) == "Nouveau"


@pytest.fixture
def entry(people, commit):
    with commit():
        english = GlossaryTerm.objects.create(code="x", term="Risk", definition="D", locale=locale("en"))
        source, _created = TranslationSource.update_or_create_from_instance(english)
        found = translated(source, "fr", "fr")
        found.save_target(publish=True)
    write(found, people["writer"], "Risque", path="term")
    return found


def test_entry_is_read_by_somebody_else_before_it_is_saved(client, people, entry, commit):
    post(client, people["writer"], entry, "submit")
    assert status_of(entry).state == State.IN_REVIEW
    assert entry.get_target_instance().term == "fr 2"
    with pytest.raises(PermissionDenied):
        access.translation_to_write(people["coordinator"], entry.pk)
    with pytest.raises(review.Refused):
        review.approve(entry, user=people["writer"])
    with commit():
        _response, told = post(client, people["coordinator"], entry, "approve")
    assert told[-1].strip() == "Approved and published."
    assert entry.get_target_instance().term == "Risque"
    assert status_of(entry).state == State.COMPLETE


def test_entry_whose_texts_changed_all_the_same_is_not_approved(people, entry):
    """Section 6, test 45."""
    review.submit(entry, user=people["writer"])
    write(entry, people["writer"], "Autre", path="term")
    with pytest.raises(review.Refused, match="have changed"):
        review.approve(entry, user=people["coordinator"])
    assert entry.get_target_instance().term == "fr 2"
    review.send_back(entry, user=people["coordinator"], reason="Hand it in again.")
    assert review.submit(entry, user=people["writer"])


def test_entry_whose_original_has_gained_a_text_is_not_approved(client, people, entry, commit):
    """Nobody has translated it, and an entry has no revision without it."""
    original = entry.source.get_source_instance()
    original.definition = ""
    with commit():
        original.save()
        entry.source.update_from_db()
    review.submit(entry, user=people["writer"])
    original.definition = "Not translated."
    with commit():
        original.save()
        entry.source.update_from_db()
    with pytest.raises(review.Refused, match="have changed"):
        review.approve(entry, user=people["coordinator"])
    client.force_login(people["coordinator"])
    assert "The texts have changed since" in client.get(url(entry)).content.decode()
    assert entry.get_target_instance().definition != "Not translated."


def test_deleted_page_leaves_no_review_behind(people, translation, commit):
    review.submit(translation, user=people["writer"])
    with commit():
        Page.objects.get(pk=translation.get_target_instance().pk).delete()
    assert not Submission.objects.open().exists()


def test_new_translation_is_submitted_as_a_draft_and_goes_live_only_when_approved(people, commit):
    """Pitfalls P6 and P7."""
    with commit():
        make_index(TopicIndexPage, "topics", "fr")
        english = make_topic(title="Subject", summary="About it.")
        source, _created = TranslationSource.update_or_create_from_instance(english)
        found = translated(source, "fr", "fr")
        draft = english.copy_for_translation(locale("fr"))
        draft.save()
    assert not Page.objects.get(pk=draft.pk).live
    explain(found, people["writer"])
    review.submit(found, user=people["writer"])
    assert not Page.objects.get(pk=draft.pk).live
    with commit():
        review.approve(found, user=people["coordinator"])
    assert Page.objects.get(pk=draft.pk).live
    assert shown(found) == "fr 3"


def test_restricted_original_stays_restricted_when_its_translation_is_approved(people, translation, commit):
    english = translation.source.get_source_instance()
    english.view_restrictions.create(restriction_type="login")
    review.submit(translation, user=people["writer"])
    with commit():
        review.approve(translation, user=people["coordinator"])
    assert translation.get_target_instance().view_restrictions.count() == 1
    assert Translation.objects.filter(pk=translation.pk).exists()
