"""A link to somewhere else, typed into a rich text."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from wagtail.admin.views.chooser import ExternalLinkView


class ExternalLink(ExternalLinkView):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Wagtail's field breaks where the address is not only empty but missing, which no browser sends."""
        if f"{self.form_prefix}-{self.link_url_field_name}" not in request.POST:
            return HttpResponseBadRequest()
        response: HttpResponse = super().post(request)
        return response
