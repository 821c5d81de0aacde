"""Choosing what stands in a register."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser


class CreateView(chooser.SnippetCreateView):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Nothing is made while choosing: Wagtail has the address all the same, and breaks where there is no form."""
        if self.get_creation_form_class() is None:
            return HttpResponseBadRequest()
        response: HttpResponse = super().post(request)
        return response


class ChooserViewSet(chooser.SnippetChooserViewSet):
    create_view_class = CreateView


class PermissionToChoose:
    """Lets only those choose who may see the register; Wagtail's own chooser asks for nothing but the admin."""

    model_class: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = policy_registry.get_by_type(self.model_class)
        if not policy.user_has_any_permission(request.user, ["add", "change", "view"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ChooseView(PermissionToChoose, chooser.ChooseView):
    pass


class ChooseResultsView(PermissionToChoose, chooser.ChooseResultsView):
    pass


class ChosenView(PermissionToChoose, chooser.SnippetChosenView):
    pass


class ChosenMultipleView(PermissionToChoose, chooser.SnippetChosenMultipleView):
    pass


class GuardedChooserViewSet(ChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
