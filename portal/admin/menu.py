"""Two groups of the admin menu. A feature adds to one by naming its hook as the `menu_hook` of a viewset."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

VOCABULARIES = "register_vocabulary_menu_item"
REGISTERS = "register_register_menu_item"


class Group(SubmenuMenuItem):
    """A submenu that is there only for those who may open something in it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(self.menu.menu_items_for_request(request))


def vocabularies() -> MenuItem:
    return Group(_("Vocabularies"), Menu(VOCABULARIES), name="vocabularies", icon_name="list-ul", order=150)


def registers() -> MenuItem:
    return Group(_("Registers"), Menu(REGISTERS), name="registers", icon_name="group", order=160)


GROUPS: list[Callable[[], MenuItem]] = [vocabularies, registers]
