"""The reports of a workshop as readers find them: files that they may open, and addresses elsewhere."""

from typing import Any, NamedTuple

from portal.files import readable
from portal.languages import language_name

from .models import WorkshopPage


class Report(NamedTuple):
    title: str
    url: str
    kind: str  # of a file, such as “PDF”
    size: int  # in bytes; 0 where nobody has measured it
    language: str

    @property
    def language_name(self) -> str:
        return language_name(self.language) if self.language else ""


def reports(page: WorkshopPage, user: Any) -> tuple[Report, ...]:
    """Without the files of a collection that is closed to `user`."""
    values = [block.value for block in page.report_documents]
    files = readable([value["document"] for value in values if value.get("document")], user)
    return tuple(_report(value) for value in values if "url" in value or value["document"] in files)


def _report(value: Any) -> Report:
    language = value["language"] or ""
    if "url" in value:
        return Report(value["title"], value["url"], "", 0, language)
    file = value["document"]
    return Report(value["title"] or file.title, file.url, file.file_extension.upper(), file.file_size or 0, language)
