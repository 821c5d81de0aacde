"""The form beside a text that says whether it differs from the original on purpose."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringSegment

from .. import access, adapting
from ..review import Refused
from .bench import Bench
from .views import render_again


@require_POST
def adapt(request: HttpRequest, language: str, translation_id: int) -> HttpResponse:
    translation = access.translation_to_write(request.user, translation_id, language)
    try:
        segments = StringSegment.objects.filter(source_id=translation.source_id)
        segment = get_object_or_404(segments, pk=request.POST.get("segment", ""))
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "").replace("\x00", "")
    try:
        if kind:
            adapting.mark(translation, segment, kind=kind, reason=reason, user=request.user)
            messages.success(request, _("Marked. The reviewer reads your reason."))
        else:
            adapting.clear(translation, segment)
            messages.success(request, _("The mark is gone: the text says what the original says."))
    except Refused as refused:
        messages.error(request, str(refused))
        bench = Bench(translation)
        row = bench.row(segment.pk)
        typed = {"unmarked": request.POST.dict()} if row and row.text else {"lost": reason}
        return render_again(request, translation, bench, **typed)
    return redirect(
        get_valid_next_url_from_request(request) or reverse("translation_review", args=[language, translation_id])
    )
