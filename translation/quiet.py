"""Wagtail's own mails about workflows name the draft and are lost when the mail server fails: the desk tells instead.

Who handed in a translation still hears from Wagtail that it was approved.
"""

from collections.abc import Callable
from typing import Any

from wagtail.admin import signal_handlers as of_wagtail
from wagtail.models import Page

from .gaps import enabled_translation


def unless_translation(can_handle: Callable[..., bool]) -> Callable[..., bool]:
    def handles(instance: Any, **kwargs: Any) -> bool:
        page = getattr(instance, "workflow_state", instance).content_object
        is_translation = isinstance(page, Page) and enabled_translation(page) is not None
        return not is_translation and can_handle(instance, **kwargs)

    return handles


def keep_quiet() -> None:
    for notifier in (
        of_wagtail.task_submission_email_notifier,
        of_wagtail.workflow_submission_email_notifier,
        of_wagtail.workflow_rejection_email_notifier,
    ):
        notifier.can_handle = unless_translation(notifier.can_handle)
