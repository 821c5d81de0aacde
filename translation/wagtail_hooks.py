"""Where the admin of wagtail-localize must not do what this site rules out, and must do what it lacks."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Locale, TranslatableMixin

from portal.publishing import register_objection, register_shortcomings

from . import access, carrying, cascade, promotion, promotion_views, publishing, review, slugs
from .api import Pages
from .changes_views import ask_after_publishing
from .notice_views import ChoicesPanel
from .urls import desk, guarded

FIRST = -10  # before wagtail-localize, which answers at 0

register_shortcomings(publishing.shortcomings)
register_objection(review.objection)
hooks.register("before_edit_page", publishing.before_editing_page, order=FIRST)
hooks.register("construct_translated_pages_to_cascade_actions", cascade.to_cascade)
hooks.register("register_page_header_buttons", slugs.address_button)
hooks.register("register_page_header_buttons", promotion_views.button)
hooks.register("before_bulk_action", cascade.one_at_a_time, order=FIRST)
hooks.register("before_edit_snippet", publishing.before_editing_entry, order=FIRST)
hooks.register("after_publish_page", ask_after_publishing)
hooks.register("after_edit_snippet", ask_after_publishing)


@hooks.register("register_admin_urls", order=FIRST)
def guarded_addresses() -> list[URLPattern]:
    return guarded


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return desk


class TranslationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.locale_ids(request.user))


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    address = reverse_lazy("translation_desk_first")
    return TranslationMenuItem(
        _("Translation"), address, name="translation", icon_name="wagtail-localize-language", order=240
    )


@hooks.register("before_create_snippet")
def entries_begin_in_own_languages(request: HttpRequest, model: type) -> HttpResponse | None:
    if issubclass(model, TranslatableMixin):
        asked = request.GET.get("locale") or request.POST.get("locale")
        locale = Locale.objects.filter(language_code=asked).first() if asked else Locale.get_default()
        if locale is None or locale.pk not in access.locale_ids(request.user):
            raise PermissionDenied
    return None


@hooks.register("before_delete_snippet", order=FIRST)
def entries_of_other_languages_stay(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    mine = access.locale_ids(request.user)
    if any(isinstance(entry, TranslatableMixin) and entry.locale_id not in mine for entry in instances):
        raise PermissionDenied
    return None


@hooks.register("construct_page_action_menu", order=100)
def no_alias_in_menu(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("construct_admin_api")
def pages_for_translators(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", Pages)


@hooks.register("register_account_settings_panel")
def choices_of_translators(request: HttpRequest, user: Any, profile: Any) -> ChoicesPanel:
    return ChoicesPanel(request, user, profile)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        publishing.LOGGED, _("Publish with texts of the original"), _("Published with texts that are not translated")
    )
    actions.register_action(
        review.APPROVED_ALONE, _("Approve alone"), _("Approved own translation, since there is nobody else")
    )
    actions.register_action(
        publishing.LOGGED_UNREAD,
        _("Publish texts that nobody has read"),
        _("Published with texts that nobody has read"),
    )
    actions.register_action(
        carrying.LOGGED, _("Keep translations"), _("Kept the translations of texts that mean the same as before")
    )

    actions.register_action(promotion.LOGGED, _("Make it the original"), _("Became the original of its translations"))
