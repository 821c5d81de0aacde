"""The views of the list of patterns that have addresses of their own. Each imports what it needs when it is asked."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext_lazy
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.views_of_pages import View


class ViewsOfPatterns(RoutablePageMixin):
    views: ClassVar = [
        View("", pgettext_lazy("view", "List"), "list"),
        View("map/", pgettext_lazy("view", "Map"), "vmap"),
        View("matrix/", pgettext_lazy("view", "Matrix"), "vmatrix"),
        View("deck/", pgettext_lazy("view", "Deck"), "vdeck"),
    ]

    @path("map/", name="map")
    def map_view(self, request: HttpRequest) -> HttpResponse:
        from ..mapping.views import map_page

        return map_page(self, request)

    @path("map/svg/", name="map_svg")
    def map_as_svg(self, request: HttpRequest) -> HttpResponse:
        from ..mapping.views import map_svg

        return map_svg(self, request)

    @path("map/csv/", name="map_csv")
    def map_as_csv(self, request: HttpRequest) -> HttpResponse:
        from ..mapping.views import map_csv

        return map_csv(self, request)

    @path("matrix/", name="matrix")
    def matrix_view(self, request: HttpRequest) -> HttpResponse:
        from ..matrix import matrix_page

        return matrix_page(self, request)

    @path("matrix/csv/", name="matrix_csv")
    def matrix_as_csv(self, request: HttpRequest) -> HttpResponse:
        from ..matrix import matrix_csv

        return matrix_csv(self, request)

    @path("deck/", name="deck")
    def deck_view(self, request: HttpRequest) -> HttpResponse:
        from ..deck import deck_page

        return deck_page(self, request)

    @path("compare/", name="compare")
    def compare_view(self, request: HttpRequest) -> HttpResponse:
        from ..comparing import compare_page

        return compare_page(self, request)

    @path("compare/csv/", name="compare_csv")
    def compare_as_csv(self, request: HttpRequest) -> HttpResponse:
        from ..comparing import compare_csv

        return compare_csv(self, request)

    @path("facilitate/", name="facilitate")
    def facilitate(self, request: HttpRequest) -> HttpResponse:
        from ..showing.views import facilitate_page

        return facilitate_page(self, request)

    @path("kiosk/", name="kiosk")
    def kiosk(self, request: HttpRequest) -> HttpResponse:
        from ..showing.views import kiosk_page

        return kiosk_page(self, request)
