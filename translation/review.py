"""A second person reads a translation before readers see it; what is approved is what was handed in.

Pages go through Wagtail's workflow. Where none is set up for a language, and for entries such as terms, which have
no drafts, anybody else who may publish there reads and decides. Nobody approves what she has written or handed in
herself. An administrator may, if there is nobody else at all; that is logged.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState
from wagtail.workflows import publish_workflow_state
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationLog

from portal import freshness
from portal.publishing import shortcomings

from . import access, made_from, refitting, remarks, writing
from .faults import Fault, faults
from .gaps import enabled_translation, gaps
from .models import Assignment, Outcome, Submission, TextEvent, TranslationStatus, Via
from .texts import written

APPROVED_ALONE = "translation.approved_alone"


class Refused(Exception):
    """Why something cannot be done now, line by line, for the person who asked."""

    def __init__(self, *lines: str) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines


# Who has to do with it


def submission(translation: Translation) -> Submission | None:
    return Submission.objects.of(translation).open().select_related("submitted_by", "revision").first()


def writers(translation: Translation) -> set[int]:
    """Who wrote what nobody has approved yet, and who handed it in."""
    mine = Submission.objects.of(translation)
    approved = mine.filter(outcome=Outcome.APPROVED).order_by("-submitted_at").first()
    found = written(translation).filter(last_translated_by__isnull=False)
    said = TextEvent.objects.filter(
        translation_key=translation.source.object_id,
        language=translation.target_locale.language_code,
        user__isnull=False,
    ).exclude(via=Via.CARRIED)  # who kept what others had written for an earlier wording wrote nothing
    if approved:
        found = found.filter(updated_at__gt=approved.submitted_at)
        said = said.filter(at__gt=approved.submitted_at)
    people = set(found.order_by().values_list("last_translated_by_id", flat=True))
    people |= set(said.order_by().values_list("user_id", flat=True))
    return people | set(mine.open().filter(submitted_by__isnull=False).values_list("submitted_by_id", flat=True))


def reviewers(translation: Translation) -> QuerySet[Any]:
    """Who decides: the groups of the workflow, or whoever publishes in the language; and administrators."""
    task = _task(access.target(translation))
    if task is not None and hasattr(task, "groups"):
        people = get_user_model()._default_manager.filter(is_active=True)
        return people.filter(Q(groups__in=task.groups.all()) | Q(is_superuser=True)).distinct()
    found: QuerySet[Any] = access.people(translation.target_locale_id, "publish_page")
    return found


def _task(instance: Any) -> Any:
    """The step of the workflow in which a page is, or would be first."""
    if not isinstance(instance, Page):
        return None
    if instance.workflow_in_progress:
        return instance.current_workflow_task
    workflow = instance.get_workflow()
    task = workflow.tasks.first() if workflow else None
    return task.specific if task else None


def _nobody_else(translation: Translation) -> bool:
    return not reviewers(translation).exclude(pk__in=writers(translation)).exists()


def objection(instance: Any, user: Any) -> str:
    """Why this person may not approve this translation, though others of the same group may."""
    translation = enabled_translation(instance) if hasattr(instance, "translation_key") else None
    if translation is None or user.pk not in writers(translation):
        return ""
    if user.is_superuser and _nobody_else(translation):
        return ""
    return _("You have written texts of this translation, or handed it in. Somebody else has to approve it.")


def may_decide(translation: Translation, user: Any) -> bool:
    """Leaving aside whether there is an objection."""
    instance = access.target(translation)
    if isinstance(instance, Page) and instance.workflow_in_progress:
        return any(name == "reject" for name, *_rest in instance.current_workflow_task.get_actions(instance, user))
    return access.may_publish(user, instance)


# Handing in


def obstacles(
    translation: Translation, found: Iterable[Fault] | None = None, lacking: int | None = None
) -> Iterator[str]:
    """What is to be done before somebody else should read it.

    `found` are its faults, `lacking` says how many warnings have no reason, where that is known.
    """
    if count := gaps(translation).count():
        yield ngettext("%d text is not translated yet.", "%d texts are not translated yet.", count) % count
    machine = written(translation).filter(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    if count := machine.count():
        yield (
            ngettext(
                "%d text comes from a machine or from memory, and nobody has read it.",
                "%d texts come from a machine or from memory, and nobody has read them.",
                count,
            )
            % count
        )
    yield from map(str, faults(translation) if found is None else found)
    if count := remarks.lacking(translation) if lacking is None else lacking:
        yield (
            ngettext(
                "%d warning has no reason yet: write beside the text why it is right, or change the text.",
                "%d warnings have no reason yet: write beside the texts why they are right, or change the texts.",
                count,
            )
            % count
        )


def submit(translation: Translation, *, user: Any, note: str = "") -> Submission:
    refitting.refit(translation.source)  # what has no translation in its new place is an obstacle
    try:
        with transaction.atomic():
            return _submit(translation, user, note)
    except IntegrityError as error:
        raise Refused(_("It has been handed in already.")) from error


def _submit(translation: Translation, user: Any, note: str) -> Submission:
    writing.lock(translation)
    if lines := list(obstacles(translation)):
        raise Refused(*lines)
    instance = access.target(translation)
    if access.is_in_review(translation, instance):
        raise Refused(_("It has been handed in already."))
    handed_in = Submission(
        translation_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        digest=digest(translation),
        submitted_by=user,
        note=note,
    )
    if not isinstance(instance, Page):
        handed_in.save()
        return handed_in
    handed_in.revision = save_draft(translation, user)
    handed_in.save()  # the newest draft is complete from here on
    instance = instance.specific_class.objects.get(pk=instance.pk)
    if lines := shortcomings(instance):
        raise Refused(*lines)
    if workflow := instance.get_workflow():
        handed_in.workflow_state = _start(workflow, instance, user)
        handed_in.save(update_fields=["workflow_state"])
    return handed_in


def _start(workflow: Any, page: Page, user: Any) -> WorkflowState:
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
        return state
    return workflow.start(page, user)


@transaction.atomic
def save_draft(translation: Translation, user: Any) -> Any:
    """A draft of the page with the texts as they are. What readers see stays as it is."""
    writing.lock(translation)
    refitting.refit(translation.source)
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    try:
        revision = draft.save_revision(user=user)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    translation.source.update_target_view_restrictions(translation.target_locale)
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    return revision


def digest(translation: Translation) -> str:
    """Changes with the texts, and with what is chosen for this language."""
    rows = list(written(translation).order_by("pk").values_list("translation_of_id", "context_id", "data"))
    chosen = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
    )
    rows += chosen.order_by("pk").values_list("context_id", "data_json")
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def has_changed(handed_in: Submission, translation: Translation) -> bool:
    """Whether the texts are others now, or are to translate others, than when it was handed in."""
    if handed_in.digest != digest(translation) or gaps(translation).exists():
        return True
    digest_then = made_from.of_revision(handed_in.revision_id, translation.source)
    return digest_then is not None and digest_then != freshness.handed_out(translation.source)


# Deciding


@transaction.atomic
def approve(translation: Translation, *, user: Any) -> None:
    handed_in, instance = _open(translation)
    if not may_decide(translation, user):
        raise Refused(_("You may not approve translations here."))
    if text := objection(instance, user):
        raise Refused(text)
    if isinstance(instance, Page) and instance.workflow_in_progress:
        if lines := shortcomings(instance):
            raise Refused(*lines)
        state = instance.current_workflow_task_state.specific
        state.task.specific.on_action(state, user, "approve")
    else:
        _publish(translation, handed_in, instance, user)


def _publish(translation: Translation, handed_in: Submission, instance: Any, user: Any) -> None:
    writing.lock(translation)
    if handed_in.revision:
        handed_in.revision.publish(user=user)
    elif refitting.refit(translation.source) or has_changed(handed_in, translation):
        raise Refused(
            _("The texts have changed since they were handed in. Return them, and ask to hand them in again.")
        )
    else:
        translation.save_target(user=user, publish=True)
    close(handed_in, Outcome.APPROVED, user)


@transaction.atomic
def send_back(translation: Translation, *, user: Any, reason: str) -> None:
    handed_in, instance = _open(translation)
    if not may_decide(translation, user):
        raise Refused(_("You may not return translations here."))
    if not reason.strip():
        raise Refused(_("Say what is to be changed: the translator reads it."))
    if isinstance(instance, Page) and instance.workflow_in_progress:
        state = instance.current_workflow_task_state.specific
        state.task.specific.on_action(state, user, "reject", comment=reason)
    else:
        close(handed_in, Outcome.RETURNED, user, reason)


@transaction.atomic
def withdraw(translation: Translation, *, user: Any) -> None:
    handed_in, instance = _open(translation)
    if handed_in.submitted_by_id != user.pk and not may_decide(translation, user):
        raise Refused(_("You have not handed it in."))
    if isinstance(instance, Page) and instance.workflow_in_progress:
        instance.current_workflow_state.cancel(user=user)
    else:
        close(handed_in, Outcome.WITHDRAWN, user)


def _open(translation: Translation) -> tuple[Submission, Any]:
    """One decision at a time: who comes second is told that there is nothing to decide any more."""
    handed_in = Submission.objects.of(translation).open().select_for_update(of=("self",)).first()
    if handed_in is None:
        raise Refused(_("It is not in review any more."))
    return handed_in, access.target(translation)


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """The revision that was handed in, not the newest one."""
    handed_in = Submission.objects.open().filter(workflow_state=workflow_state).select_related("revision").first()
    if handed_in is None or handed_in.revision is None:
        return publish_workflow_state(workflow_state, user=user)
    handed_in.revision.publish(user=user)
    return close(handed_in, Outcome.APPROVED, user)


def close(handed_in: Submission, outcome: Outcome, user: Any, reason: str = "") -> None:
    """By whichever way it was decided; what is returned is the translator's task again."""
    handed_in.outcome, handed_in.decided_by, handed_in.decided_at = outcome, user, timezone.now()
    handed_in.reason = reason
    handed_in.alone = outcome == Outcome.APPROVED and _had_written(handed_in, user)
    handed_in.save(update_fields=["outcome", "decided_by", "decided_at", "reason", "alone"])
    if outcome == Outcome.RETURNED and handed_in.submitted_by_id:
        key = {"translation_key": handed_in.translation_key, "locale": handed_in.locale_id}
        status = TranslationStatus.objects.filter(**key).first()
        if status:
            Assignment.objects.get_or_create(status=status, defaults={"assignee_id": handed_in.submitted_by_id})


def _had_written(handed_in: Submission, user: Any) -> bool:
    """Whether nobody but who wrote in it, or handed it in, has approved it; that is logged."""
    translation = enabled_translation(handed_in)
    if translation is None or user is None or user.pk not in writers(translation):
        return False
    log(access.target(translation), APPROVED_ALONE, user=user)
    return True


def reasons(statuses: Iterable[TranslationStatus]) -> dict[Any, str]:
    """What the reviewer asks for, by subject and language, of those that were returned and not handed in again."""
    begun = [status for status in statuses if status.target_pk]
    rows = Submission.objects.filter(
        translation_key__in=[status.translation_key for status in begun], locale__in={one.locale_id for one in begun}
    )
    last: dict[Any, Submission] = {}
    for one in rows.order_by("submitted_at"):
        last[one.translation_key, one.locale_id] = one
    return {key: one.reason for key, one in last.items() if one.outcome == Outcome.RETURNED}
