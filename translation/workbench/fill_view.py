"""The button that fills in from memory what is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from .. import access, reusing
from .views import url_of


@require_POST
def fill(request: HttpRequest, language: str, translation_id: int) -> HttpResponse:
    translation = access.translation_to_write(request.user, translation_id, language)
    count = reusing.fill(translation, request.user)
    if count:
        text = ngettext(
            "%(count)d text was filled in from memory. It counts as unread until you have saved it.",
            "%(count)d texts were filled in from memory. They count as unread until you have saved each of them.",
            count,
        )
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("The memory has none of the missing texts."))
    return redirect(url_of(translation))
