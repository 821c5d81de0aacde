"""Labels of the editable vocabularies in the active language."""

from . import stamps
from .languages import active_language

_labels: dict[str, tuple[int, dict[tuple[str, str], str]]] = {}


def labels(language: str | None = None) -> dict[tuple[str, str], str]:
    """All labels as {(scheme, code): label}; a term without a translation shows its original label."""
    language = language or active_language()
    version = stamps.current(stamps.TERMS)
    kept = _labels.get(language)
    if kept is None or kept[0] != version:
        kept = (version, _read(language))
        _labels[language] = kept
    return kept[1]


def _read(language: str) -> dict[tuple[str, str], str]:
    from .models import Term

    rows = Term.objects.order_by("order", "label").values_list("scheme", "code", "label", "locale__language_code")
    own_language_last = sorted(rows, key=lambda row: row[3] == language)
    return {(scheme, code): label for scheme, code, label, _language in own_language_last}


def label(scheme: str, code: str) -> str:
    return labels().get((scheme, code), code)


def choices(scheme: str) -> list[tuple[str, str]]:
    return [(code, text) for (its_scheme, code), text in labels().items() if its_scheme == scheme]
