"""The glossary in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView

from portal.admin.menu import VOCABULARIES
from portal.admin.snippets import MainLanguageFirst, RegisterViewSet

from .forms import GlossaryTermForm
from .models import GlossaryTerm


class GlossaryIndexView(MainLanguageFirst, IndexView):
    pass


class GlossaryTermViewSet(RegisterViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_hook = VOCABULARIES
    menu_order = 110
    index_view_class = GlossaryIndexView
    search_fields = ["term", "abbreviation", "alternatives", "definition"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("term"), FieldPanel("abbreviation")]),
            FieldPanel("definition"),
            FieldPanel("note"),
            FieldPanel("alternatives"),
            FieldRowPanel([FieldPanel("broader"), FieldPanel("see_also")]),
            FieldPanel("source"),
            FieldPanel("code"),
        ],
        base_form_class=GlossaryTermForm,
    )

    @property
    def list_display(self) -> list[Any]:
        return [
            "term",
            Column("abbreviation", label=_("Abbreviation")),
            Column("code", label=_("Code"), sort_key="code"),
            LocaleColumn(),
        ]


register_snippet(GlossaryTermViewSet)
