"""The edit form of a practice."""

from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.forms import CodeListField, KnowledgePageForm


def is_country(code: str) -> bool:
    return code in countries


class PracticePageForm(KnowledgePageForm):
    further_countries = CodeListField(
        is_known=is_country,
        example="FI, FR",
        label=_("Further countries"),
        help_text=_("Where else it runs, as two-letter codes with commas between them: FI, FR."),
    )
    service_languages = CodeListField(
        example="de, en",
        label=_("Languages of the service"),
        help_text=_("As language codes with commas between them: de, en, ar."),
    )
