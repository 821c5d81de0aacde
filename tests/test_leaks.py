"""Every address of the site, walked with words in it that nobody may read: what is hidden, and what a consent allowed.

A new address has to be named in `ADDRESSES` or `NOT_WALKED`. The views of pages are walked by themselves.
"""

import datetime
import io
import zipfile
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import translation
from pypdf import PdfReader
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from library.models import CallContact, CallPage, TopicPage
from patterns.models import CollectionIndexPage, PatternPage, PatternRelation
from portal import outbox
from portal.addresses import address
from portal.models import Consent, Person, PortalImage
from portal.querysets import visible
from portal.views_of_pages import shared_views
from practices.models import PracticeContact, PracticePage
from tests.factories import (
    make_home,
    make_index,
    make_news,
    make_pattern,
    make_practice,
    make_resource,
    make_topic,
    make_workshop,
    translate,
)
from tests.search.hidden import HIDDEN, SECRET, close, for_a_group
from workshops.models import WorkshopPage

pytestmark = [pytest.mark.django_db, pytest.mark.content]

LANGUAGES = ["en", "fr"]
PATTERN, PRACTICE, WORKSHOP = "neighbourhood-watch", "faenza-fa-tamtam", "berlin-diy-policing-2017"
CALL, TOPIC = "efus-working-group-call-2016", "diy-policing"
CANARY = "wolverine"
CANARY_ADDRESS = "aardvark@example.org"  # at which a contact gets mail: shown by nothing, consent or not

# What follows the language in an address; {numbers}, {number} and {sheet} stand for all there are, hidden ones too.
ADDRESSES = {
    "robots.txt": ["/robots.txt"],
    ".well-known/security.txt": ["/.well-known/security.txt"],
    "sitemap.xml": ["/sitemap.xml"],
    "share/<int:pk>.png": [],  # pictures of words: `test_share_image` asks for hidden ones
    "vocab/<slug:scheme>/": ["vocab/ethical_risk/"],
    "vocab/<slug:scheme>/<slug:form>/": ["/vocab/glossary/turtle/", "/vocab/ethical_risk/jsonld/"],
    "search/": ["search/", "search/?q=police", "search/?q=neighbours&lang=all", "search/?q=photo", "search/?q=Faenza"],
    "search/suggest/": ["search/suggest/?q=fa", "search/suggest/?q=wol", "search/suggest/?q=num"],
    "search/feed/": ["search/feed/?q=police"],
    "search/feed.json": ["search/feed.json?q=police"],
    "status/": ["status/"],
    "cards/": ["cards/", "cards/?items={numbers}"],
    "cards/pdf/": ["cards/pdf/?items=DIY-02,DIY-08", "cards/pdf/?items={numbers}"],
    "print/<slug:kind>/<slug:code>/": ["print/{sheet}/"],
    "embed/<slug:kind>/<slug:code>/": ["embed/{sheet}/"],
    "embed/<slug:kind>/<slug:code>/oembed/": ["embed/{sheet}/oembed/"],
    "book/": ["book/"],
    "book/pdf/": ["book/pdf/"],
    "tags/": ["tags/"],
    "tags/<slug:slug>/": [f"tags/{SECRET}/"],
    "tags/<slug:slug>/feed/": [f"tags/{SECRET}/feed/"],
    "changes/": ["changes/"],
    "changes/feed/": ["changes/feed/"],
    "calendar/": ["calendar/"],
    "vocab/": ["vocab/"],
    "open-data/": ["open-data/"],
    "open-data/zip/": ["open-data/zip/"],
    "open-data/codebook/": ["open-data/codebook/"],
    "open-data/<slug:dataset>/<slug:form>/": [
        *(
            f"open-data/{name}/{form}/"
            for name in ("relations", "figures", "findings", "reports")
            for form in ("csv", "json")
        )
    ],
    "feed/": ["feed/"],
    "feed/<slug:section>/": [f"feed/{section}/" for section in ("patterns", "practices", "workshops", "news")],
    "feed/country/<slug:country>/": [f"feed/country/{country}/" for country in ("it", "de", "gb")],
    "follow/": ["follow/"],
    r"^p/[Dd][Ii][Yy]-0*(?P<number>\d{1,4})/?$": ["/p/{number}"],
}
NOT_WALKED = {
    "accounts/": "what belongs to the account alone, and no page",
    "documents/": "files ask who may read them: test_withholding",
    "^media/": "files of images: test_withholding",
    "discussion/": "the texts of people are tested with the community; forms to contacts are walked with their pages",
    "notices/": "who may follow what is tested with the community",
    "working-groups/": "who sees which group is tested with the community",
    "_util/": "the forms that ask for a password",
    r"^((?:[\w\-]+/)*)$": "pages, which are walked as such",
}
# What the views of pages are asked with, besides nothing.
QUERIES = {
    "compare/": ["p=DIY-02&p=DIY-08", "p=faenza-fa-tamtam&p=terrassa-social-media", "p={numbers}"],
    "map/": ["focus=DIY-08&depth=2", "country=IT"],
    **{f"{view}/": ["items={numbers}"] for view in ("build", "checklist", "pack", "sequence", "facilitate", "kiosk")},
}


def public_patterns(resolver=None, before="") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here.removeprefix("en/")
        elif here != "admin/":
            yield from public_patterns(pattern, here)


def test_every_address_is_walked_or_has_a_reason():
    with translation.override("en"):
        named = {name for name in public_patterns() if not name.startswith(tuple(NOT_WALKED))} - {"admin/login/"}
    assert named == set(ADDRESSES)


def views_of(page: Page) -> list[str]:
    model = type(page)
    own = [str(p.pattern) for p in model.get_resolver().url_patterns] if issubclass(model, RoutablePageMixin) else []
    return [view for view in {*own, *shared_views(model)} if view]


def filled(template: str, language: str) -> list[str]:
    """The addresses that a template stands for."""
    numbers = [f"DIY-{number:02}" for number in PatternPage.objects.values_list("number", flat=True).distinct()]
    kinds = {"pattern": PatternPage, "practice": PracticePage, "workshop": WorkshopPage}
    sheets = [
        f"{kind}/{code}" for kind, model in kinds.items() for code in model.objects.values_list("code", flat=True)
    ]
    path = template if template.startswith("/") else f"/{language}/{template}"
    if "{number}" in path:
        return [path.replace("{number}", number) for number in numbers]
    if "{sheet}" in path:
        return [path.replace("{sheet}", sheet) for sheet in sorted(set(sheets))]
    return [path.replace("{numbers}", ",".join(numbers))]


def every_address(language: str) -> Iterator[str]:
    for templates in ADDRESSES.values():
        for template in templates:
            yield from filled(template, language)
    for page in visible(Page.objects.filter(locale__language_code=language)).specific():
        path = address(page, language)
        yield path
        for person in Person.objects.values_list("code", flat=True) if hasattr(page, "contacts") else ():
            yield f"/{language}/discussion/{page.translation_key}/contact/{person}/"
            yield f"/{language}/discussion/{page.translation_key}/contact/{person}/sent/"
        for view in views_of(page):
            yield f"{path}{view}"
            for query in QUERIES.get(view, []):
                yield from filled(f"{path}{view}?{query}", language)


def answer_of(client, path) -> str:
    """All that the answer says, in lower case, in whatever form: headers, text, archive or PDF."""
    response = client.get(path)
    assert response.status_code in {200, 301, 302, 404}, path
    data = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(data))
        text = "\n".join(name + archive.read(name).decode() for name in archive.namelist())
    elif kind == "application/pdf":
        pdf = PdfReader(io.BytesIO(data))
        text = f"{pdf.metadata} " + "\n".join(page.extract_text() for page in pdf.pages)
    else:
        text = data.decode()
    return f"{response.headers} {text}".casefold().replace(
        path[3:].casefold(), ""
    )  # the switcher repeats what was asked for


def walked(client) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for path in every_address(language):
            yield path, answer_of(client, path)


def make_books(client) -> None:
    for language in LANGUAGES:
        client.get(f"/{language}/book/pdf/")
    outbox.drain()


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def hide_pages() -> None:
    """Pages that not everybody may read, and relations from those that everybody reads."""
    for hide in HIDDEN:
        if hide is not for_a_group:  # it closes the whole list of practices
            hide()
    seen = PatternPage.objects.get(code=PATTERN, locale__language_code="en")
    for hidden in PatternPage.objects.filter(title__contains=SECRET):
        for page, target in ((seen, hidden), (hidden, seen)):
            PatternRelation.objects.create(
                page=page, target=target, type="may_escalate_to", reason=f"Like a {SECRET}.", locale=page.locale
            )


def test_no_address_tells_of_a_page_that_the_reader_may_not_see(loaded_site, client):
    hide_pages()
    make_books(client)
    leaks = [path for path, text in walked(client) if SECRET in text]
    assert leaks == [], "\n".join(leaks)


def close_some_of_each_kind(kind: str) -> None:
    """In both languages, with relations to and from a pattern that everybody reads."""
    seen = PatternPage.objects.get(code="seen", locale__language_code="en")
    for make in (make_pattern, make_practice, make_workshop, make_topic, make_news, make_resource):
        page = make(title=f"{SECRET} {kind} {make.__name__}")
        page.tags.add(SECRET)
        page.save()
        for version in (page, translate(page, "fr", title=f"{page.title} French")):
            close(version, kind)
        if isinstance(page, PatternPage):
            for one, other in ((seen, page), (page, seen)):
                PatternRelation.objects.create(
                    page=one, target=other, type="may_escalate_to", reason=f"Like a {SECRET}.", locale=one.locale
                )


def test_what_members_read_before_is_kept_for_nobody_else(client, admin_client, settings):
    settings.PAGE_CACHE_SECONDS = 600
    make_home("fr")
    make_index(CollectionIndexPage, "collections")
    make_pattern(title="Seen")
    for kind in ("groups", "login"):
        close_some_of_each_kind(kind)
    make_books(admin_client)
    assert len([path for path, text in walked(admin_client) if SECRET in text]) > 50, "else this test proves nothing"
    assert [path for path, text in walked(client) if SECRET in text] == []


QUOTE = {
    "text": "Wolverine words.",
    "original_text": "Wolverine Wörter.",
    "original_language": "de",
    "attribution": "Wolverine speaker",
    "paraphrase": False,
    "patterns": [],
}


def allow() -> None:
    """Contacts, a quote and a photo in a page’s head and in a text, each with a consent that holds today."""
    given = {"subject": "S", "scope": "S", "given_on": datetime.date(2019, 1, 1)}
    consent = {kind: Consent.objects.create(code=kind, kind=kind, **given) for kind in ("contact", "quote", "photo")}
    person = Person.objects.create(
        code="wolverine", name="Wolverine Person", email=CANARY_ADDRESS, consent=consent["contact"]
    )
    image = PortalImage.objects.create(
        title="Wolverine photo",
        file=get_test_image_file("wolverine.png"),
        description="A wolverine.",
        consent=consent["photo"],
    )
    for practice in PracticePage.objects.filter(code=PRACTICE):
        PracticeContact.objects.create(page=practice, person=person, role="Wolverine role")
        practice.image, practice.image_alt = image, "Wolverine in the night"
        practice.save_revision().publish()
    for call in CallPage.objects.filter(code=CALL):
        CallContact.objects.create(page=call, person=person, role="Wolverine role")
        call.save_revision().publish()
    for topic in TopicPage.objects.filter(code=TOPIC):
        topic.body.append(("image", topic.body.stream_block.child_blocks["image"].to_python({"image": image.pk})))
        topic.save_revision().publish()
    for workshop in WorkshopPage.objects.filter(code=WORKSHOP):
        workshop.quotes = [("quote", {**QUOTE, "consent": consent["quote"]})]
        workshop.save_revision().publish()


def end() -> None:
    """One way to end or the other."""
    for consent in Consent.objects.filter(code__in=["contact", "quote", "photo"]):
        date = "expires_on" if consent.kind == "contact" else "withdrawn_on"
        setattr(consent, date, datetime.date(2020, 1, 1))
        consent.save()


def test_an_ended_consent_is_gone_from_every_address_at_once(loaded_site, client, settings):
    settings.PAGE_CACHE_SECONDS = 600
    allow()
    make_books(client)
    shown = set()
    for path, text in walked(client):
        assert CANARY_ADDRESS not in text, path
        shown |= {path} if CANARY in text else set()
    key = PracticePage.objects.get(code=PRACTICE, locale__language_code="en").translation_key
    planted = {
        f"discussion/{key}/contact/wolverine/",
        f"practices/{PRACTICE}/",
        f"workshops/{WORKSHOP}/",
        f"news/{CALL}/",
        f"topics/{TOPIC}/",
    }
    assert {f"/en/{path}" for path in planted} <= shown, "else this test proves nothing"
    end()
    assert [path for path, text in walked(client) if CANARY in text] == []
