"""Who may do what with translations. Each function gives the object asked for, or refuses; views load nothing by
themselves.

A person serves the languages in whose home page the groups of the admin give a right: `change` to write, `publish`
to publish. Pages are asked themselves, since rights may be given on a part of a tree; entries such as terms have no
tree, and follow the home page of their language.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation, TranslationSource

from portal.models import HomePage

from .models import Submission
from .originals import original_of


def locale_ids(user: Any, action: str = "change") -> frozenset[int]:
    """The languages in which `user` may do `action` with whatever has no place in the tree."""
    return frozenset(locale.pk for locale in locales(user, action))


def locales(user: Any, action: str = "change") -> list[Locale]:
    """The same with their codes. Two queries, once for all actions."""
    known: dict[str, list[Locale]] = user.__dict__.setdefault("_locales_served", {})
    if action not in known:
        may = page_permission_policy.user_has_permission_for_instance
        known[action] = [home.locale for home in _homes(user) if may(user, action, home)]
    return known[action]


def _homes(user: Any) -> list[Page]:
    """With what their rights follow from, and their languages."""
    known: list[Page] | None = user.__dict__.get("_homes")
    if known is None:
        homes = Page.objects.filter(depth=2, homepage__isnull=False).select_related("locale").order_by("locale_id")
        known = user.__dict__["_homes"] = list(homes.only("path", "depth", "owner", "locale__language_code"))
    return known


def served(user: Any, language: str) -> Locale:
    """The language of an address, for whoever serves it."""
    found = next((locale for locale in locales(user) if locale.language_code == language), None)
    if found is None:
        get_object_or_404(Locale, language_code=language)
        raise PermissionDenied
    return found


def people(locale: int, permission: str) -> Any:
    """The active accounts whose groups have a right, as “publish_page”, on the home page of a language."""
    homes = HomePage.objects.filter(locale_id=locale).values("pk")
    rights = Q(groups__page_permissions__page__in=homes, groups__page_permissions__permission__codename=permission)
    return get_user_model()._default_manager.filter(rights | Q(is_superuser=True), is_active=True).distinct()


def may_write(user: Any, instance: Model) -> bool:
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_edit())
    return may_change(user, instance) and instance.locale_id in locale_ids(user)  # type: ignore[attr-defined]


def may_publish(user: Any, instance: Model) -> bool:
    """An entry is public as soon as it is saved, so to save one is to publish it."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_publish())
    return may_change(user, instance) and instance.locale_id in locale_ids(user, "publish")  # type: ignore[attr-defined]


def may_change(user: Any, instance: Model | type[Model]) -> bool:
    options = instance._meta
    return bool(user.has_perm(f"{options.app_label}.change_{options.model_name}"))


def may_word(user: Any, entry: Model, locale: Locale) -> bool:
    """Whether `user` says what translators into a language are to write for `entry`, a term in any language."""
    return may_change(user, entry) and locale.pk in locale_ids(user)


def target(translation: Translation) -> Any:
    """The page or entry into which `translation` is written; 404 where it was deleted."""
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def translation_to_read(user: Any, pk: int, language: str = "") -> Translation:
    """404 also where an address says another `language` than that of the translation."""
    translations = Translation.objects.select_related("source", "target_locale")
    translation = get_object_or_404(
        translations, pk=pk, **({"target_locale__language_code": language} if language else {})
    )
    if not may_write(user, target(translation)):
        raise PermissionDenied
    return translation


def translation_to_write(user: Any, pk: int, language: str = "") -> Translation:
    """What is locked, or lies with a reviewer, stays as it was handed in."""
    translation = translation_to_read(user, pk, language)
    page = target(translation)
    if not translation.enabled:
        raise PermissionDenied
    if is_in_review(translation, page):
        raise PermissionDenied(_("This translation is in review; its texts cannot be changed until that has ended."))
    if isinstance(page, Page) and page.permissions_for_user(user).page_locked():
        raise PermissionDenied(_("This page is locked; its texts cannot be changed now."))
    return translation


def is_in_review(translation: Translation, instance: Any) -> bool:
    """Frozen for everybody, reviewers too: who approves, approves what was handed in, or returns it."""
    if isinstance(instance, Page) and instance.workflow_in_progress:
        return True
    return Submission.objects.of(translation).open().exists()


def may_promote(user: Any, page: Page) -> bool:
    """Whoever coordinates, and may publish what becomes the original and what has been it until now."""
    if not user.has_perm("wagtail_localize.submit_translation") or not may_publish(user, page):
        return False
    original = original_of(page)
    return original is None or may_publish(user, original)


def page_to_promote(user: Any, pk: int) -> Page:
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=pk)
    if not may_promote(user, page):
        raise PermissionDenied
    return page


def source_to_hand_out(user: Any, pk: int, may: Callable[[Any, Model], bool] = may_publish) -> TranslationSource:
    """Whoever publishes an original decides what a change of it means for its translations."""
    source = get_object_or_404(TranslationSource.objects.select_related("locale"), pk=pk)
    try:
        original = source.get_source_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not may(user, original):
        raise PermissionDenied
    return source
