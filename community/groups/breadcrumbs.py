from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages import active_language
from portal.reading import Crumb

from ..models import WorkingGroup


def of_groups(here: str = "") -> list[Crumb]:
    home = Crumb(_("Home"), f"/{active_language()}/")
    return (
        [home, Crumb(_("Working groups"), reverse("groups:index")), Crumb(here)]
        if here
        else [
            home,
            Crumb(_("Working groups")),
        ]
    )


def of_group(group: WorkingGroup, *further: str) -> list[Crumb]:
    language = group.text.language if group.text and group.text.language != active_language() else ""
    start = [Crumb(_("Home"), f"/{active_language()}/"), Crumb(_("Working groups"), reverse("groups:index"))]
    own = Crumb(group.title, group.get_absolute_url() if further else "", language)
    return [*start, own, *(Crumb(label) for label in further)]
