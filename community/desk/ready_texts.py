"""The list of ready texts in the admin."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.admin.choosers import GuardedChooserViewSet

from ..guarded import Guarded
from ..models import CannedReply


class CannedReplyForm(Guarded, WagtailAdminModelForm):
    guarded = ("title", "text")


class CannedReplyViewSet(SnippetViewSet):
    model = CannedReply
    icon = "comment"
    menu_label = _("Ready texts")
    chooser_viewset_class = GuardedChooserViewSet
    search_backend_name = None  # a short list, searched by parts of words in the database
    search_fields = ["title", "text"]
    list_per_page = 50
    list_filter: ClassVar = ["language", "reason"]
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("reason"), FieldPanel("language")]), FieldPanel("title"), FieldPanel("text")],
        base_form_class=CannedReplyForm,
    )

    @property
    def list_display(self) -> list[Any]:
        return [
            "title",
            Column("reason", label=_("Reason"), accessor="get_reason_display", sort_key="reason"),
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
        ]
