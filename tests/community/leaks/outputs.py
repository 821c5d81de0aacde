"""Every address at which something of the community could be shown, filled with what is in the world.

The addresses come from the resolver and from the hooks of the admin. One with an unknown parameter fails here.
"""

import re
from itertools import product

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, get_resolver
from django.utils import timezone, translation
from wagtail import hooks
from wagtail.snippets.models import get_snippet_models

from community.due_process import alerts, links
from community.models import (
    Application,
    GroupMessage,
    GroupSummary,
    LegalHold,
    Quote,
    Reaction,
    Subscription,
)
from community.notices import private_addresses, tokens
from tests.test_leaks import ADDRESSES

OURS = ("discussion/", "notices/", "working-groups/", "accounts/")
PARAMETER = re.compile(r"<\w+:(\w+)>|\(\?P<(\w+)>[^)]*\)")
SEARCHED = ("canarywaiting", "canaryhidden", "canarysaid", "canarythread", "rita", "canarydraft", "Open words")
OF_THE_SITE = [
    *(f"/en/search/?q={words}" for words in SEARCHED),
    "/en/search/?q=canarythread&kind=comment",
    *(f"/en/search/{output}?q=canary" for output in ("suggest/", "feed/", "feed.json")),
    "/en/nowhere/",
    "/en/",
    "/nl/",
    "/fr/",
]
OF_THE_ADMIN = [
    "/admin/",
    "/admin/pages/",
    "/admin/reports/",
    "/admin/reports/site-history/",
    "/admin/reports/background-work/",
    "/admin/reports/searches/",
    "/admin/reports/upkeep/",
    "/admin/search/?q=canary",
    "/admin/pages/search/?q=canary",
    "/admin/users/",
    "/admin/account/",
    "/admin/translation/",
    "/admin/comments/?kind=decided",
    "/admin/comments/?kind=held",
    "/admin/comments/log/?what=by-person",
    "/admin/working-groups/applications/?kind=decided",
    "/admin/snippets/",
]
POSTED = ["/accounts/data/export/", "/admin/comments/log/"]  # files that are made when a button is pressed


def of_the_resolver(resolver=None, before=""):
    """Each public address of the site, without its language."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield from [here.removeprefix("en/")] if here != "admin/login/" else []
        elif here != "admin/":
            yield from of_the_resolver(pattern, here)


def templates():
    """Of the community, public ones and those of its desks."""
    with translation.override("en"):
        public = {each for each in of_the_resolver() if each.startswith(OURS)}
    yield from sorted(each if each.startswith("accounts/") else f"en/{each}" for each in public)
    ours = [hook for hook in hooks.get_hooks("register_admin_urls") if hook.__module__.startswith("community.")]
    yield from (f"admin/{each.pattern}" for hook in ours for each in hook())


def values(world):
    """What a parameter stands for, by the beginning of the address, the first that fits; a tuple fills several."""
    comments = [row.public_id for row in (*world.comments, *world.inside)]
    acted_on = [world.comments[3].public_id, world.inside[2].public_id]
    threads = [world.page.translation_key, world.thread.translation_key]
    pairs = [(row.thread.translation_key, row.public_id) for row in (*world.comments, *world.inside)]
    of_reports = [(each.number, links.secret(each.number)) for each in world.reports]
    followed = [("thread", threads[0]), ("thread", threads[1]), ("group", world.group.code)]
    subscriptions = list(Subscription.objects.all()[:3])
    user = world.people["author"]
    return [
        (r".*/<uuid:key>/.*<(slug:public_id|str:answers)>", {("key", "public_id"): pairs, ("key", "answers"): pairs}),
        (r"en/working-groups/messages/", {"public_id": pks(GroupMessage, "public_id")}),
        (r"en/working-groups/summaries/", {"public_id": pks(GroupSummary, "public_id")}),
        (r"en/working-groups/mine/applications/", {"pk": pks(Application)}),
        (r"en/working-groups/mine/quotes/", {"pk": pks(Quote)}),
        (r"en/working-groups/.*threads/<", {("code", "key"): [(world.group.code, world.thread.translation_key)]}),
        (r"(en|admin)/working-groups/", {"code": [world.group.code], "pk": [each.pk for each in world.memberships]}),
        (r"en/discussion/<uuid:key>/contact/", {("key", "code"): [world.contact]}),
        (r"en/discussion/moderation/", {"number": [timezone.localdate().year]}),
        (r"en/discussion/moderators-mail/", {("pk", "secret"): [mails_of(world.people["moderator"])]}),
        (r"en/discussion/reports/", {("number", "secret"): of_reports}),
        (r"en/discussion/decisions/", {"pk": [each.decision_id for each in world.appeals]}),
        (r"admin/comments/appeals/", {"pk": [each.pk for each in world.appeals]}),
        (r"admin/comments/hold/", {"pk": pks(LegalHold)}),
        (r"admin/comments/undo/", {"batch": ["00000000-0000-4000-8000-000000000000"]}),
        (r"admin/comments/<slug:public_id>/.", {"public_id": acted_on}),
        (r"admin/reports/concerns/", {"pk": pks(Reaction)}),
        (r"en/notices/confirm/", {"token": [tokens.to_confirm(row) for row in subscriptions]}),
        (r"en/notices/stop/", {"token": [tokens.of_row(row) for row in subscriptions]}),
        (r"en/notices/follow/<slug:scope>/<", {("scope", "target"): followed}),
        (r"en/notices/follow/", {"scope": ["site", "group", "thread"]}),
        (r"accounts/.*password/reset/key/", {"uidb36": [user.pk], "key": [default_token_generator.make_token(user)]}),
        (r"accounts/", {"key": ["x"], "pk": [1], "token": ["x"]}),
        (r"", {"key": threads, "public_id": comments, "language": ["en"], "token": ["x"], "page_id": [world.page.pk]}),
    ]  # fmt: skip


def pks(model, field="pk"):
    found = list(model.objects.values_list(field, flat=True))
    assert found, model
    return found


def mails_of(user):
    """The number and the secret of the link by which a moderator stops these mails."""
    return user.pk, alerts.stop_path(user).rstrip("/").rpartition("/")[2]


def filled(template, known):
    names = [one or other for one, other in PARAMETER.findall(template)]
    given = next(values for start, values in known if re.match(start, template))
    together = next((key for key in given if isinstance(key, tuple) and set(key) <= set(names)), ())
    single = [name for name in names if name not in together]
    for first in given[together] if together else [()]:
        for rest in product(*(given[name] for name in single)):
            parts = {**dict(zip(together, first, strict=True)), **dict(zip(single, rest, strict=True))}
            path = PARAMETER.sub(lambda name, parts=parts: str(parts[name[1] or name[2]]), template)
            yield "/" + path.replace("^", "").replace("$", "")


def snippets(world):
    """Every page that Wagtail makes of what the community registers with it."""
    for model in get_snippet_models():
        if model._meta.app_label == "community":
            start = f"/admin/snippets/community/{model._meta.model_name}"
            yield f"{start}/"
            for pk in model.objects.values_list("pk", flat=True):
                yield from (f"{start}/{view}/{pk}/" for view in ("edit", "history", "usage", "delete", "inspect"))
    yield "/admin/settings/community/dutycontact/"


def addresses(world):
    known = values(world)
    found = [path for template in templates() for path in filled(template, known)]
    found += [world.page.url, world.french.url, f"{world.page.url}?comments=en", f"/nl{world.page.url[3:]}"]
    found += [f"{world.page.url}?sort={order}" for order in ("old", "new", "useful")]
    found += [f"{world.page.url}?c={row.public_id}" for row in world.comments]
    found += [private_addresses.address(row).removeprefix(settings.WAGTAILADMIN_BASE_URL) for row in world.feeds]
    page_views = ("", "edit/", "history/", "usage/", "copy/")
    found += [f"/admin/pages/{world.page.pk}/{view}" for view in page_views]
    return list(dict.fromkeys([*found, *OF_THE_SITE, *OF_THE_ADMIN, *snippets(world)]))


def of_the_pages():
    """What shows pages: their own tests fill these with pages, here they must know nothing of what is said."""
    found = [each for some in ADDRESSES.values() for each in some if "{" not in each and "pdf" not in each]
    return [each if each.startswith("/") else f"/en/{each}" for each in found]
