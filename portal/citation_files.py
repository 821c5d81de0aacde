"""Citations as files that citation managers open: of one page, or of a list as it is filtered."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from . import views_of_pages
from .citing import Citation, bibtex_parts, citations, csl_parts, is_citable, ris_parts
from .dataset_files import in_this_language
from .downloads import download, file_name


@dataclass(frozen=True)
class Format:
    label: str
    extension: str
    content_type: str
    parts: Callable[[Iterable[Citation]], Iterator[str]]


FORMATS = {
    "bib": Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex_parts),
    "ris": Format("RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris_parts),
    "csl": Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_parts),
}


def register_views() -> None:
    for form, its in FORMATS.items():
        views_of_pages.register(f"{form}/", is_citable, _answer(its), label=its.label, group="cite")


def _answer(form: Format) -> views_of_pages.Answer:
    def answer(page: Any, request: HttpRequest) -> Any:
        parts = in_this_language(form.parts(citations(page, request)))
        response = StreamingHttpResponse(parts, content_type=form.content_type)
        response["Cache-Control"] = "private, no-cache"
        return download(response, file_name(page.code, form.extension))

    return answer
