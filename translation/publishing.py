"""No text of the original goes public on a translated page unless a person has read which ones and said so; and none
that would break the page.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import SourceDeletedError, StringSegment, Translation
from wagtail_localize.views import edit_translation

from portal.models import KnowledgePage

from . import access, refitting, writing
from .checks.pair import plain
from .faults import faults
from .gaps import enabled_translation, gaps
from .machine.unread import Unread, unread
from .models import Submission
from .restarting import before_restart, texts_in
from .workbench.views import WorkbenchView

LOGGED = "translation.published_with_gaps"
LOGGED_UNREAD = "translation.published_unread"


def before_editing_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    translation = enabled_translation(page)
    return _instead(request, page, translation) if translation else before_restart(request, page)


def _instead(request: HttpRequest, instance: Any, translation: Translation) -> HttpResponse | None:
    """The workbench instead of the editor of wagtail-localize, which nothing leads to any more."""
    if request.method == "GET" and request.GET.get("editor") != "shipped":
        language = translation.target_locale.language_code
        return WorkbenchView.as_view()(request, language=language, translation_id=translation.pk)
    if not _publishes(request):
        return None
    if isinstance(instance, Page) and instance.permissions_for_user(request.user).page_locked():
        raise PermissionDenied(_("This page is locked; its texts cannot be changed now."))
    return publish(request, instance, translation)


@transaction.atomic
def publish(request: HttpRequest, instance: Any, translation: Translation) -> HttpResponse:
    """As wagtail-localize does, while nobody writes: a text that comes in between would count as published."""
    writing.lock(translation)
    if refused := refuse_in_review(request, instance, translation):
        return refused
    if refitting.refit(translation.source):
        refitting.tell(request)
    asked = ask_about_gaps(request, instance, translation)
    return asked or edit_translation.edit_translation(request, translation, instance)


def refuse_in_review(request: HttpRequest, instance: Any, translation: Translation) -> HttpResponse | None:
    """Who wants to publish what lies with a reviewer, approves it or takes it back."""
    if not access.is_in_review(translation, instance):
        return None
    messages.error(request, _("This translation is in review. It is published when it is approved."))
    return redirect("translation_review", translation.target_locale.language_code, translation.pk)


def before_editing_entry(request: HttpRequest, entry: Any) -> HttpResponse | None:
    """Entries such as terms are public as soon as they are saved; to save one takes the right to publish."""
    if not isinstance(entry, TranslatableMixin):
        return None
    if not access.may_write(request.user, entry):
        raise PermissionDenied
    translation = enabled_translation(entry)
    if (translation is None or request.method == "POST") and not access.may_publish(request.user, entry):
        raise PermissionDenied
    return _instead(request, entry, translation) if translation else before_restart(request, entry)


def _publishes(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("action") == "publish"


def ask_about_gaps(request: HttpRequest, instance: Any, translation: Translation) -> HttpResponse | None:
    """The page that lists what is not translated or read, until it was sent back with just this list.

    Errors and too much unread machine text are refused, whoever asks.
    """
    if not access.may_publish(request.user, instance):
        raise PermissionDenied
    if broken := faults(translation):
        told = {"instance": instance, "faults": broken, "language": translation.target_locale.language_code}
        return render(request, "translation/faults.html", told, status=409)
    found, machine = list(gaps(translation)), unread(translation)
    if not found and not machine.is_warned:
        return None
    token = _token(found, machine)
    if request.POST.get("gaps") == token and not machine.is_refused:
        _log(request, instance, found, machine)
        return None
    context = {
        "instance": instance,
        "language": translation.target_locale,
        "source_language": translation.source.locale.language_code,
        "texts": [Truncator(plain(segment.string.data)).chars(200) for segment in found],
        "machine": machine,
        "translation": translation,
        "token": token,
    }
    return render(request, "translation/confirm_gaps.html", context, status=409)


def _log(request: HttpRequest, instance: Any, found: list[StringSegment], machine: Unread) -> None:
    if found:
        log(instance, LOGGED, user=request.user, data={"texts": len(found)})
    if machine.is_warned:
        log(instance, LOGGED_UNREAD, user=request.user, data={"percent": machine.percent})


def _token(found: list[StringSegment], machine: Unread) -> str:
    """Changes with the lists: who confirms, confirms what was shown."""
    shown = [*(str(segment.string_id) for segment in found), *(one.token for one in machine.texts)]
    return hashlib.sha256(",".join(shown).encode()).hexdigest()[:32]


def _was_handed_in(page: KnowledgePage) -> bool:
    """What was handed in had no gaps, whatever the original says since."""
    return Submission.objects.open().filter(revision=page.latest_revision_id).exists()


def shortcomings(page: KnowledgePage) -> Iterator[str]:
    """For the ways to publish that lead past the editor and ask nobody: approval, several pages at once."""
    translation = enabled_translation(page)
    if translation is None or _was_handed_in(page):
        return
    if count := gaps(translation).count():
        text = ngettext(
            "%(count)d text is not translated yet; publish the page in the translation editor, which shows it.",
            "%(count)d texts are not translated yet; publish the page in the translation editor, which shows them.",
            count,
        )
        yield text % {"count": count}
    elif not _is_newest(page, translation):
        yield _("This draft does not have the newest texts; publish the page in the translation editor.")
    if reason := unread_reason(translation):
        yield reason
    yield from map(str, faults(translation))


def _is_newest(draft: KnowledgePage, translation: Translation) -> bool:
    """A draft that was kept before the gaps were filled still says there what the original says."""
    if not refitting.fits(translation.source):
        return False
    try:
        now = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    except SourceDeletedError:  # nothing can be written any more, so the draft is the newest there is
        return True
    return texts_in(draft) == texts_in(now)


def unread_reason(translation: Translation) -> str:
    """Why it is not published where nobody can be asked: too much of it is a machine's and unread."""
    machine = unread(translation)
    if not machine.is_warned:
        return ""
    text = _("%(percent)d %% of the words come from a machine or from memory, and nobody has read them.")
    return text % {"percent": machine.percent}
