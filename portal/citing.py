"""How a page is cited: as text, for citation managers, and in the head of the page.

A page of the guide is cited as its language version, by the editors as an organisation. A type that stands for
something else, such as a work on the reading list, registers what to cite instead.
"""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .addresses import own_address

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Author:
    """Somebody with a family name, or an organisation by its whole name."""

    name: str
    given: str = ""


@dataclass(frozen=True)
class Citation:
    key: str  # never changes, and no two citations share it
    kind: str  # a type of the Citation Style Language, such as “webpage”
    title: str
    authors: tuple[Author, ...] = ()
    language: str = ""
    issued: tuple[int, ...] = ()  # year, month, day: as far as it is known
    container: str = ""
    publisher: str = ""
    number: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    abstract: str = ""
    note: str = ""
    accessed: datetime.date | None = None
    of_work: bool = False  # what the page is about is cited, and not the page

    @property
    def text(self) -> str:
        authors = "; ".join(f"{one.name}, {one.given}" if one.given else one.name for one in self.authors)
        year = str(self.issued[0]) if self.issued else ""
        link = f"https://doi.org/{self.doi}" if self.doi else self.url
        publisher = self.publisher if self.publisher != authors else ""
        said = [authors, self.title, self.container, ", ".join(filter(None, [publisher, year]))]
        return " ".join(f"{part.rstrip('.')}." for part in said if part) + (f" {link}" if link else "")


Cite = Callable[[Any, HttpRequest], Citation]
CiteList = Callable[[HttpRequest], Iterator[Citation]]

_pages: dict[type, Cite] = {}
_lists: dict[type, CiteList] = {}


def register(model: type, cite: Cite | None = None) -> None:
    """Let pages of a type be cited: as pages of the guide, unless `cite` says otherwise."""
    _pages[model] = cite or of_page


def register_list(index: type, cite_list: CiteList) -> None:
    """Let the list on an index page be taken along as citations, as it is filtered."""
    _lists[index] = cite_list


def is_citable(model: type) -> bool:
    return model in _pages or model in _lists


def cite(page: Any, request: HttpRequest) -> Citation | None:
    found = _pages.get(type(page))
    return found(page, request) if found else None


def citations(page: Any, request: HttpRequest) -> Iterator[Citation]:
    """What the files below a page hold: its own citation, or those of its list."""
    cite_list = _lists.get(type(page))
    if cite_list:
        yield from cite_list(request)
    elif found := cite(page, request):
        yield found


def of_page(page: Any, request: HttpRequest) -> Citation:
    language = page.locale.language_code
    changed = page.last_published_at
    day = timezone.localtime(changed).date() if changed else None
    with translation.override(language):
        guide, editors = _("DIY policing: a field guide"), _("The editors of DIY policing: a field guide")
    return Citation(
        key=f"{page.kind}-{page.code}-{language}",
        kind="webpage",
        title=page.title,
        authors=(Author(editors),),
        language=language,
        issued=(day.year, day.month, day.day) if day else (),
        container=guide,
        number=getattr(page, "label", ""),
        url=own_address(page, request),
        abstract=page.summary,
        note="CC BY 4.0",
        accessed=timezone.localdate(),
    )


# Meta tags, as search engines for research and citation managers read them


def meta_tags(citation: Citation) -> list[tuple[str, str]]:
    venue = {"article-journal": "citation_journal_title", "report": "citation_technical_report_institution"}
    published = citation.publisher if citation.kind == "report" else citation.container
    tags = [
        ("citation_title", citation.title),
        *(("citation_author", _inverted(author)) for author in citation.authors),
        ("citation_publication_date", "/".join(f"{part:02d}" for part in citation.issued)),
        (venue.get(citation.kind, "citation_inbook_title"), published),
        ("citation_publisher", citation.publisher),
        ("citation_language", citation.language),
        ("citation_doi", citation.doi),
        ("citation_isbn", citation.isbn),
        ("citation_public_url", citation.url),
    ]
    return [(name, content) for name, content in tags if content]


def _inverted(author: Author) -> str:
    return f"{author.name}, {author.given}" if author.given else author.name


def one_line(text: str) -> str:
    return " ".join(text.split())


# BibTeX

BIBTEX_TYPES = {"report": "techreport", "book": "book", "article-journal": "article"}
BIBTEX_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22"})


def bibtex(citation: Citation) -> str:
    kind = BIBTEX_TYPES.get(citation.kind, "misc")
    where = {"techreport": "type", "article": "journal", "misc": "howpublished"}.get(kind, "series")
    fields = {
        "title": f"{{{_tex(citation.title)}}}",  # a second pair keeps the capitals as they are
        "author": " and ".join(_bibtex_name(author) for author in citation.authors),
        "year": str(citation.issued[0]) if citation.issued else "",
        where: _tex(citation.container),
        "institution" if kind == "techreport" else "publisher": _tex(citation.publisher),
        "number": _tex(citation.number),
        "doi": citation.doi.translate(URL_ESCAPES),
        "isbn": citation.isbn,
        "url": citation.url.translate(URL_ESCAPES),
        "urldate": citation.accessed.isoformat() if citation.accessed else "",
        "language": citation.language,
        "abstract": _tex(citation.abstract),
        "note": _tex(citation.note),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if len(citation.issued) > 1:
        lines.append(f"  month = {MONTHS[citation.issued[1] - 1]}")
    return f"@{kind}{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    return one_line(text).translate(BIBTEX_ESCAPES)


def _bibtex_name(author: Author) -> str:
    """An organisation in braces of its own: else “and” or a comma in its name would cut it in two."""
    return f"{_tex(author.name)}, {_tex(author.given)}" if author.given else f"{{{_tex(author.name)}}}"


# RIS

RIS_TYPES = {
    "report": "RPRT",
    "book": "BOOK",
    "article-journal": "JOUR",
    "webpage": "ELEC",
    "software": "COMP",
    "dataset": "DATA",
}


def ris(citation: Citation) -> str:
    day = "/".join(f"{part:02d}" for part in citation.issued)
    lines = [
        ("TY", RIS_TYPES.get(citation.kind, "GEN")),
        ("ID", citation.key),
        ("TI", citation.title),
        *(("AU", _inverted(author)) for author in citation.authors),
        ("PY", str(citation.issued[0]) if citation.issued else ""),
        ("DA", day + "/" * (3 - len(citation.issued)) if day else ""),
        ("T2", citation.container),
        ("PB", citation.publisher),
        ("M1", citation.number),
        ("DO", citation.doi),
        ("SN", citation.isbn),
        ("UR", citation.url),
        ("Y2", f"{citation.accessed:%Y/%m/%d}/" if citation.accessed else ""),
        ("LA", citation.language),
        ("AB", citation.abstract),
        ("N1", citation.note),
    ]
    written = [f"{tag}  - {one_line(value)}" for tag, value in lines if value]
    return "\r\n".join([*written, "ER  - ", "", ""])


# CSL-JSON


def csl(citation: Citation) -> dict[str, Any]:
    day = citation.accessed
    item = {
        "id": citation.key,
        "type": citation.kind,
        "title": citation.title,
        "author": [
            {"family": author.name, "given": author.given} if author.given else {"literal": author.name}
            for author in citation.authors
        ],
        "issued": {"date-parts": [list(citation.issued)]} if citation.issued else None,
        "container-title": citation.container,
        "publisher": citation.publisher,
        "number": citation.number,
        "URL": citation.url,
        "DOI": citation.doi,
        "ISBN": citation.isbn,
        "language": citation.language,
        "abstract": citation.abstract,
        "note": citation.note,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
    }
    return {name: value for name, value in item.items() if value}


def bibtex_parts(found: Iterable[Citation]) -> Iterator[str]:
    return (bibtex(citation) + "\n" for citation in found)


def ris_parts(found: Iterable[Citation]) -> Iterator[str]:
    return (ris(citation) for citation in found)


def csl_parts(found: Iterable[Citation]) -> Iterator[str]:
    before = "["
    for citation in found:
        yield f"{before}{json.dumps(csl(citation), ensure_ascii=False)}"
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"
