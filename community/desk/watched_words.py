"""The list of watched words in the admin."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.admin.choosers import GuardedChooserViewSet

from ..models import WatchedWord


class WatchedWordViewSet(SnippetViewSet):
    model = WatchedWord
    icon = "view"
    menu_label = _("Watched words")
    chooser_viewset_class = GuardedChooserViewSet
    search_backend_name = None
    search_fields = ["words"]
    list_per_page = 50
    list_filter: ClassVar = ["language", "effect"]
    edit_handler = ObjectList([FieldPanel("words"), FieldRowPanel([FieldPanel("language"), FieldPanel("effect")])])

    @property
    def list_display(self) -> list[Any]:
        return [
            "words",
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
            Column("effect", label=_("What happens"), accessor="get_effect_display", sort_key="effect"),
        ]
