"""How somebody chooses what he is told, and the page behind the link that ends it."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from portal import stamps
from portal.mail import queue_all

from . import access, letters, notices
from .models import Frequency, Notice, TranslatorChoices


@csrf_exempt  # the signed end of the address is all it asks for, so that mail programs can press the button (RFC 8058)
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Following the link changes nothing; the button does. An old link leads to the account, where one signs in."""
    try:
        pk = letters.STOP.unsign(token, max_age=letters.STOP_WORKS)
    except signing.SignatureExpired:
        over = {"settings_path": letters.settings_path()}
        return render(request, "translation/notices/stop_over.html", over, status=410)
    except signing.BadSignature as error:
        raise Http404 from error
    user = get_user_model()._default_manager.filter(pk=pk).first()
    done = request.method == "POST"
    if done and user:
        notices.mute(user)
    return render(request, "translation/notices/stop.html", {"done": done})


class ChoicesForm(forms.ModelForm):
    class Meta:
        model = TranslatorChoices
        fields = ["frequency", "is_named"]

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        if "is_named" in self.changed_data:
            stamps.touch(stamps.SITE)  # the pages that name translators are kept whole
        if "frequency" in self.changed_data and saved.frequency == Frequency.AT_ONCE:
            waiting = Notice.objects.untold().filter(user=saved.user).values_list("pk", flat=True)
            queue_all(notices.AT_ONCE, [(pk,) for pk in waiting])
        return saved


class ChoicesPanel(BaseSettingsPanel):
    """For whoever serves a language, and for those who only get questions about their originals."""

    name = "translation"
    title = _("Translation desk")
    tab = notifications_tab
    order = 350
    form_class = ChoicesForm

    def is_active(self) -> bool:
        return bool(access.locale_ids(self.user)) or Notice.objects.filter(user=self.user).exists()

    def get_form(self) -> ChoicesForm:
        data = self.request.POST if self.request.method == "POST" else None
        return ChoicesForm(data, instance=TranslatorChoices.of(self.user), prefix=self.name)
