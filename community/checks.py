"""Settings that would undo what the community rests on, found at start."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError


@register()
def comments_keep_their_state(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    from .apps import CommentsXtdConfig

    if not isinstance(apps.get_app_config("django_comments_xtd"), CommentsXtdConfig):
        return [
            Error(
                "django-comments-xtd publishes held answers when a comment is saved.",
                hint="Name community.apps.CommentsXtdConfig in INSTALLED_APPS, not django_comments_xtd.",
                id="community.E001",
            )
        ]
    return []


@register(Tags.database)
def site_is_named(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Mails name the site by django.contrib.sites, which starts as example.com."""
    from django.contrib.sites.models import Site

    if not databases:
        return []
    try:
        site = Site.objects.filter(pk=settings.SITE_ID).first()
    except DatabaseError:  # before the first migration, which asks for this check too
        return []
    if site is None or site.domain != site_domain():
        return [
            Warning(
                f"The site record {settings.SITE_ID} does not carry the domain {site_domain()}.",
                hint="Run migrate: it writes the domain of WAGTAILADMIN_BASE_URL.",
                id="community.W001",
            )
        ]
    return []


@register()
def work_needs_a_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A demo site may do without, a real one may not."""
    middleware = "community.accounts.second_factor.SecondFactorMiddleware"
    if settings.DEMO_ACCOUNTS:
        return []
    problems: list[CheckMessage] = []
    if not settings.SECOND_FACTOR_REQUIRED:
        hint = "Set SECOND_FACTOR_REQUIRED = True, as portal.settings.production does."
        problems.append(Error("Editors and moderators sign in with a password alone.", hint=hint, id="community.E002"))
    order = [name for name in settings.MIDDLEWARE if "AuthenticationMiddleware" in name or name == middleware]
    if order[-1:] != [middleware] or len(order) < 2:
        hint = f"Name {middleware} in MIDDLEWARE, after AuthenticationMiddleware."
        problems.append(Error("Nobody is asked for a second factor.", hint=hint, id="community.E003"))
    return problems


def site_domain() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
