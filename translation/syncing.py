"""Giving translators the newest texts of an original, and publishing the translations that are complete with them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_localize.models import Translation
from wagtail_localize.views.update_translations import UpdateTranslationsView

from portal.languages import language_name

from . import access, carrying, changes_views, writing
from .faults import faults
from .gaps import gaps
from .publishing import unread_reason


class SyncView(UpdateTranslationsView):
    """Whoever may edit the original hands it out; to publish takes the right to publish each translation of it.

    A translation with gaps is not published here: what readers see stays the last good one.
    """

    template_name = "translation/sync.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access.source_to_hand_out(request.user, kwargs["translation_source_id"], access.may_write)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = carrying.changes(self.object)
        return {
            **super().get_context_data(**kwargs),
            "changes": changes,
            "source_language": self.object.locale.language_code,
        }

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        translations = carrying.translations(self.object)
        publishes = form.cleaned_data["publish_translations"]
        if publishes and not all(access.may_publish(self.request.user, access.target(one)) for one in translations):
            raise PermissionDenied
        unchanged = self.request.POST.getlist("unchanged")
        changes_views.tell(self.request, carrying.hand_out(self.object, unchanged, self.request.user))
        for translation in translations:
            self.object.update_target_view_restrictions(translation.target_locale)
            if publishes:
                self.publish(translation)
        self.components.save(self.object, sources_and_translations={self.object: translations})
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url() or self.get_default_success_url())

    def publish(self, translation: Translation) -> None:
        writing.lock(translation)
        language = language_name(translation.target_locale.language_code)
        if access.is_in_review(translation, access.target(translation)):
            text = _("%(language)s was not published: it is in review.")
            messages.warning(self.request, text % {"language": language})
            return
        count = gaps(translation).count()
        if count:
            text = _(
                "%(language)s was not published: %(count)d texts are not translated. Readers see the last version."
            )
            messages.warning(self.request, text % {"language": language, "count": count})
            return
        if reason := unread_reason(translation) or " ".join(map(str, faults(translation))):
            text = _("%(language)s was not published: %(errors)s")
            messages.error(self.request, text % {"language": language, "errors": reason})
            return
        try:
            translation.save_target(user=self.request.user, publish=True)
        except ValidationError as error:
            text = _("%(language)s was not published: %(errors)s")
            messages.error(self.request, text % {"language": language, "errors": " ".join(error.messages)})
