"""Every address of the admin, filled in with pages and entries that are none of a French translator's business."""

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from library.models import GlossaryTerm, TopicIndexPage
from portal.models import Person, Term
from tests.factories import locale, make_home, make_index, make_topic
from tests.factories.editing import make_user
from translation.models import Adaptation, Assignment, MachineUse, SegmentComment, Submission, TermUse

SECRETS = ("Verschwiegenes", "Undisclosed")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
Rows = list[tuple[Any, ...]]


def routes(resolver: Any = None, before: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found |= {here} if here.startswith("admin/") else set()
        elif not here or here.startswith("admin/"):
            found |= routes(pattern, here)
    return found


def translated(source: TranslationSource, language: str, mark: str) -> Translation:
    translation = Translation.objects.create(source=source, target_locale=locale(language))
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale(language),
            data=f"{mark} {segment.order}",
            translation_type="manual",
        )
    return translation


def make_trees(*languages: str) -> None:
    """Where topics stand, in each of these languages."""
    for language in languages:
        make_home(language)
        make_index(TopicIndexPage, "topics", language)


def published(english: Page, *languages: str) -> TranslationSource:
    """The source of a page with complete and published translations into these languages."""
    source, _created = TranslationSource.update_or_create_from_instance(english)
    for language in languages:
        translation = translated(source, language, language)
        page = english.copy_for_translation(translation.target_locale)
        page.save()
        translation.save_target(publish=False)
        Page.objects.get(pk=page.pk).get_latest_revision().publish()
    return source


@dataclass
class World:
    """A subject in English, French and German, whose German page has a draft; an English draft; an entry in three."""

    values: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        make_trees("fr", "de")
        link = '<p>Read <a href="https://example.org/">it</a>.</p>'
        english = make_topic(title="Subject", summary="S", body=[], definition=link)
        hidden = make_topic(title="Undisclosed plan", live=False)
        source, _created = TranslationSource.update_or_create_from_instance(english)
        self.french, self.german = translated(source, "fr", "Sujet"), translated(source, "de", "Thema")
        for one in (self.french, self.german):
            page = english.copy_for_translation(one.target_locale)
            page.title = page.draft_title = "Öffentlich"
            page.save()
            page.save_revision().publish()
        german = self.german.get_target_instance()
        german.title = "Verschwiegenes"
        self.revision = german.save_revision()
        StringTranslation.objects.filter(locale=locale("de")).update(data="Verschwiegenes im Text")
        self.hidden, self.page = hidden, self.german.get_target_instance()
        self._entries()
        segment = source.stringsegment_set.first()
        override = OverridableSegment.objects.get(source=source, context__path__startswith="definition.")
        pages = [self.page.pk, hidden.pk]
        self.values = {
            **dict.fromkeys(("page_id", "page_to_move_id", "page_pk"), pages),
            "language": ["de"],
            "term": [self.entries[GlossaryTerm].translation_key],
            "kind": ["po"],
            "parent_page_id": [*pages, self.page.get_parent().pk, hidden.get_parent().pk],
            "destination_id": [self.page.get_parent().pk],
            "translation_id": [self.german.pk],
            "translation_source_id": [source.pk],
            "string_segment_id": [segment.pk],
            "overridable_segment_id": [override.pk],
            "revision_id": [self.revision.pk],
            "revision_id_a": ["earliest"],
            "revision_id_b": ["latest"],
        }

    def _entries(self) -> None:
        self.person = Person.objects.create(code="p", name="Undisclosed person")
        self.entries = {}
        for model, rest in ((Term, {"scheme": "ethical_risk", "label": "T"}), (GlossaryTerm, {"term": "T"})):
            english = model.objects.create(code="t", locale=locale("en"), **rest)
            source, _created = TranslationSource.update_or_create_from_instance(english)
            self.entries[model] = english.copy_for_translation(locale("de"))
            self.entries[model].save()
            translated(source, "de", "Begriff")
        key = self.entries[GlossaryTerm].translation_key
        TermUse.objects.create(translation_key=key, locale=locale("de"), note="Verschwiegenes Wort")

    def addresses(self, route: str) -> list[str]:
        """The route with everything foreign that fits into it; a parameter nobody knows becomes 1."""
        found = ["/" + route.replace("^", "").replace(r"\.", ".").removesuffix("$").replace(".*/", "x/")]
        for match in PARAMETER.finditer(route):
            name = match[1] or match[2]
            found = [
                one.replace(match[0].replace(r"\.", "."), str(value))
                for one in found
                for value in self._of(route, name)
            ]
        return found

    def _of(self, route: str, name: str) -> list[Any]:
        if name in ("app_label", "app_name", "content_type_app_name"):
            return ["wagtailcore" if "bulk" in route else "library" if "pages/" in route else "portal"]
        if name in ("model_name", "content_type_model_name"):
            return ["page" if "bulk" in route else "topicpage" if "pages/" in route else "term"]
        if name == "action":
            return ["publish", "unpublish", "delete", "move"]
        if name == "action_name":
            return ["publish", "unpublish", "delete"] if "api/" in route else ["approve"]
        if name in ("pk", "object_id"):
            return self._keys(route)
        fallback = {"mode": "", "filter_spec": "width-100", "key": "0" * 8 + "-0000-0000-0000-" + "0" * 12}
        fallback["batch"] = fallback["key"]
        return self.values.get(name) or [fallback.get(name) or 1]

    def _keys(self, route: str) -> list[Any]:
        if "portal/person" in route:
            return [self.person.pk]
        if "portal/term" in route or "glossaryterm" in route:
            return [self.entries[Term if "term/" in route and "glossary" not in route else GlossaryTerm].pk]
        if "snippet" in route and "<slug:app_label>" in route:
            return [self.entries[Term].pk]
        return self.values["page_id"] if "pages/" in route else [1]

    def fingerprint(self) -> list[Rows]:
        """Everything of other languages than French that somebody could have changed."""
        german, english = locale("de").pk, locale("en").pk
        others = (german, english)
        pages = Page.objects.filter(locale_id__in=others)
        entries = [model.objects.filter(locale_id__in=others).order_by("pk").values_list() for model in self.entries]
        columns = ("pk", "path", "title", "draft_title", "slug", "live", "locked", "latest_revision_id", "alias_of_id")
        return [
            list(rows)
            for rows in (
                pages.order_by("pk").values_list(*columns, "live_revision_id", "expired", "owner_id"),
                Revision.page_revisions.filter(object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)])
                .order_by("pk")
                .values_list("pk", "approved_go_live_at"),
                *entries,
                StringTranslation.objects.filter(locale_id__in=others).order_by("pk").values_list("pk", "data"),
                SegmentOverride.objects.filter(locale_id__in=others).values_list("pk", "data_json"),
                Translation.objects.filter(target_locale_id__in=others).order_by("pk").values_list("pk", "enabled"),
                TranslationSource.objects.order_by("pk").values_list("pk", "last_updated_at"),
                TermUse.objects.filter(locale_id__in=others).order_by("pk").values_list(),
                Submission.objects.filter(locale_id__in=others).order_by("pk").values_list("pk", "outcome"),
                Assignment.objects.filter(status__locale_id__in=others).order_by("pk").values_list(),
                Adaptation.objects.filter(locale_id__in=others).order_by("pk").values_list(),
                SegmentComment.objects.filter(locale_id__in=others).order_by("pk").values_list(),
                MachineUse.objects.filter(locale_id__in=others).order_by("pk").values_list("pk", "words"),
                StringSegment.objects.order_by("pk").values_list("pk", "string_id"),
                WorkflowState.objects.order_by("pk").values_list("pk", "status"),
                TaskState.objects.order_by("pk").values_list("pk", "status"),
                PageViewRestriction.objects.order_by("pk").values_list("pk", "page_id"),
                GroupPagePermission.objects.order_by("pk").values_list("pk", "group_id"),
            )
        ]


def people() -> dict[str, Client]:
    """By the letter under which the list of addresses names them."""
    trusted = Group.objects.create(name="Trusted too much")
    trusted.permissions.set(
        Permission.objects.filter(codename__in=["submit_translation", "change_term", "change_glossaryterm"])
    )
    door = Group.objects.create(name="Door")
    door.permissions.set(Permission.objects.filter(codename="access_admin"))
    roles = {
        "F": ("Translators fr",),
        "T": ("Translators fr", "Trusted too much"),  # was given what wagtail-localize asks for
        "D": ("Translators de",),
        "E": ("Editors",),
        "M": ("Moderators",),
        "A": ("Door",),
        "N": (),
    }
    found = {}
    for letter, groups in roles.items():
        found[letter] = Client(raise_request_exception=False)
        found[letter].force_login(make_user(*groups, name=f"person-{letter}"))
    return found


EVERYTHING = {
    "action": "publish",
    "action-publish": "1",
    "action-submit": "1",
    "value": "Changed",
    "publish_translations": "on",
    "confirm": "on",
    "include_descendants": "on",
    "title": "Changed",
    "label": "Changed",
    "rendering": "Changed",
    "new_parent_page": "1",
    "next": "/admin/",
    "localize-restart-translation": "1",
    "localize-convert-to-alias": "1",
}


@dataclass
class Answer:
    status: int
    text: str
    changed: bool

    @property
    def is_open(self) -> bool:
        return self.status == 200

    def told(self) -> list[str]:
        return [secret for secret in SECRETS if secret in self.text]


def ask(world: World, client: Client, method: str, address: str, data: Any = None) -> Answer:
    """What comes back, and whether anything of another language is different then; nothing of it stays."""
    cookies = copy.deepcopy(client.cookies)  # an address may sign out
    with transaction.atomic():
        before = world.fingerprint() if method != "get" else []
        query = f"{address}?id={world.page.pk}&id={world.hidden.pk}&q=Verschwieg"
        if method == "put":
            content = "application/x-www-form-urlencoded"
            response = client.put(query, "value=Changed", content_type=content)
        else:
            response = getattr(client, method)(query, data)
        after = world.fingerprint() if method != "get" else []
        transaction.set_rollback(True)
    client.cookies = cookies
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode(errors="replace")
    return Answer(response.status_code, text, before != after)
