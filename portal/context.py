from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from .addresses import with_language
from .languages import active_language
from .navigation import Place, places


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    language: str = ""  # of the page it leads to, where that is not the reader's
    is_current: bool = False
    note: str = ""  # said before the click, see `portal.reading.LanguageLink`


MENU = ("patterns", "practices", "workshops", "topics", "about")


class SiteContext:
    """What every template may use about the site. Computes only what a template asks for."""

    name = settings.SITE_NAME

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def language(self) -> str:
        return active_language()

    @cached_property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES).get(self.language, self.language)

    @cached_property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @cached_property
    def places(self) -> dict[str, Place]:
        return places(self.language, self.request)

    @cached_property
    def home_url(self) -> str:
        return self.url("home") or f"/{self.language}/"

    @cached_property
    def search_url(self) -> str:
        return f"/{self.language}/search/"

    def url(self, code: str) -> str:
        place = self.places.get(code)
        return place.url if place else ""

    @cached_property
    def emergency_url(self) -> str:
        return self.url("emergency")

    @cached_property
    def section(self) -> str:
        """Where in the menu the reader is: what the menu's drawing depends on beside the language."""
        path = self.request.path
        code = next((code for code in MENU if path.startswith(self.url(code) or "//")), "")
        return f"{code}=" if code and path == self.url(code) else code

    @cached_property
    def menu(self) -> list[Link]:
        return self._links(
            ("patterns", _("Patterns")),
            ("practices", _("Practices")),
            ("workshops", _("Workshops")),
            ("topics", _("Topics")),
            ("about", pgettext("menu", "About")),
        )

    @cached_property
    def footer(self) -> list[tuple[str, list[Link]]]:
        columns = [
            (
                _("About the guide"),
                [
                    *self._links(
                        ("method", _("How patterns are found and rated")),
                        ("provenance-and-editors", _("Provenance and editors")),
                        ("accessibility", _("Accessibility")),
                        ("privacy", _("Privacy: no cookies for readers")),
                    ),
                    *self._routes(("content_status", _("State of the content"))),
                ],
            ),
            (
                _("Look things up"),
                [
                    *self._links(
                        ("glossary", _("Glossary")),
                        ("resources", _("Resources")),
                        ("recommendations", _("Recommendations")),
                        ("collections", _("Collections")),
                    ),
                    *self._routes(
                        ("tag_index", _("Tags")),
                        ("printing:cards", _("Cards to print")),
                        ("printing:book", _("The whole guide as a book")),
                    ),
                ],
            ),
            (
                _("Take it along"),
                self._routes(
                    ("open_data", _("Open data: CSV, JSON, GeoJSON")),
                    ("calendar", _("Calendar (ICS)")),
                    ("changes", _("What changed")),
                    ("follow", _("Feeds to follow (Atom)")),
                ),
            ),
            (
                _("Take part"),
                [
                    *self._links(
                        ("contribute", _("Send us a practice")),
                        ("house-rules", _("House rules for comments")),
                        ("contact", _("Contact and complaints")),
                        ("news", _("News and calls")),
                    ),
                    *self._routes(("community:find_comment", _("Report illegal content"))),
                    *self._routes(("groups:index", _("Working groups"))),
                    *([Link(_("Write to the editors"), settings.CONTACT)] if settings.CONTACT else []),
                    self.account,
                ],
            ),
        ]
        return [(heading, links) for heading, links in columns if links]

    @property
    def is_signed_in(self) -> bool:
        return settings.SESSION_COOKIE_NAME in self.request.COOKIES and self.request.user.is_authenticated

    @property
    def account(self) -> Link:
        if self.is_signed_in:
            return Link(_("Your account"), reverse("account_home"))
        # The account pages have no language in their address.
        return Link(_("Sign in"), f"{reverse('account_login')}?lang={self.language}")

    @cached_property
    def messages(self) -> list[Any]:
        """Messages to the reader; read only if a cookie says that there may be some, so that pages stay cacheable."""
        cookies = self.request.COOKIES
        if "messages" not in cookies and settings.SESSION_COOKIE_NAME not in cookies:
            return []
        return list(messages.get_messages(self.request))

    @cached_property
    def languages(self) -> list[Link]:
        """The same address in every language; a page that knows its translations says more."""
        path = self.request.get_full_path()
        return [Link(name, with_language(path, code), code, code == self.language) for code, name in settings.LANGUAGES]

    def _links(self, *wanted: tuple[str, str]) -> list[Link]:
        path = self.request.path
        links = []
        for code, label in wanted:
            place = self.places.get(code)
            if place is not None:
                other = place.language if place.language != self.language else ""
                links.append(Link(label, place.url, other, path.startswith(place.url)))
        return links

    def _routes(self, *wanted: tuple[str, str]) -> list[Link]:
        return [Link(label, reverse(name)) for name, label in wanted]


def site(request: HttpRequest) -> dict[str, Any]:
    """What every template may use about the site."""
    return {"site_name": settings.SITE_NAME, "site": SiteContext(request)}
