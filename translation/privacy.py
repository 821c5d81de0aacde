"""Who may not read an original may not read its translations: a restriction is carried over in the same transaction.

A translation gets a copy of every restriction on or above its original, on itself or on a page above it. The copy
follows changes, goes when the original is opened, and stays when the original is deleted.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from asgiref.local import Local
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from .models import CarriedRestriction
from .originals import families

MOST_ROUNDS = 20

_now = Local()


@transaction.atomic
def settle(keys: Iterable[UUID]) -> None:
    """Bring the translations of these subjects under the restrictions of their originals."""
    if getattr(_now, "settles", False):
        return  # what is written here calls again
    _now.settles = True
    try:
        _settle(set(keys))
    finally:
        _now.settles = False


def _settle(keys: set[UUID]) -> None:
    """Below a translation there may be originals, which have translations in turn."""
    rules = Rules()
    for _round in range(MOST_ROUNDS):
        if not rules.all or not keys:
            return
        found = sorted(families(keys).values(), key=lambda pages: pages[0].path)  # what is above covers what is below
        changed = [one for original, *others in found for one in others if rules.carry(original, one)]
        keys = {key for page in changed for key in _keys(page)}


class Rules:
    """All restrictions of the site: there are few."""

    def __init__(self) -> None:
        rows = PageViewRestriction.objects.select_related("page", "carried").prefetch_related("groups")
        self.all: list[PageViewRestriction] = list(rows)

    def over(self, page: Page) -> list[PageViewRestriction]:
        return [rule for rule in self.all if page.path.startswith(rule.page.path)]

    def carry(self, original: Page, translation: Page) -> bool:
        """Whether anything had to be changed."""
        wanted, over = self.over(original), self.over(translation)
        lacking = [rule for rule in wanted if not any(_carries(one, rule) or _says(one) == _says(rule) for one in over)]
        self.all += [_copy(rule, translation) for rule in lacking]
        changed = bool(lacking)
        for copy in over:
            rule = next((one for one in wanted if _carries(copy, one)), None)
            if rule is not None and _says(copy) != _says(rule):
                _write(copy, rule)
                changed = True
            elif rule is None and copy.page_id == translation.pk and hasattr(copy, "carried"):
                copy.delete()  # the original was moved to where everybody may read it
                self.all.remove(copy)
                changed = True
        direct = [rule for rule in wanted if rule.page_id == original.pk]
        self._adopt(direct, [one for one in over if one.page_id == translation.pk and one in self.all])
        return changed

    def _adopt(self, direct: list[PageViewRestriction], own: list[PageViewRestriction]) -> None:
        """What wagtail-localize copied, or somebody set by hand, follows the original from now on."""
        for rule in direct:
            if not any(_carries(one, rule) for one in own):
                same = next((one for one in own if not hasattr(one, "carried") and _says(one) == _says(rule)), None)
                if same is not None:
                    CarriedRestriction.objects.create(copy=same, original=rule)


def open_translations() -> list[tuple[Page, Page]]:
    """Translations that somebody may read who may not read the original, each with its original."""
    rules = Rules()
    closed = {key for rule in rules.all for key in _keys(rule.page)}
    return [
        (original, one)
        for original, *others in families(closed).values()
        for one in others
        if not {_says(rule) for rule in rules.over(original)} <= {_says(rule) for rule in rules.over(one)}
    ]


def _carries(copy: PageViewRestriction, rule: PageViewRestriction) -> bool:
    return hasattr(copy, "carried") and copy.carried.original_id == rule.pk


def _says(rule: PageViewRestriction) -> tuple[str, str, frozenset[int]]:
    return rule.restriction_type, rule.password, frozenset(group.pk for group in rule.groups.all())


def _copy(rule: PageViewRestriction, page: Page) -> PageViewRestriction:
    copy = PageViewRestriction(page=page, restriction_type=rule.restriction_type, password=rule.password)
    copy.save()
    CarriedRestriction.objects.create(copy=copy, original=rule)
    copy.groups.set(rule.groups.all())
    return copy


def _write(copy: PageViewRestriction, rule: PageViewRestriction) -> None:
    copy.restriction_type, copy.password = rule.restriction_type, rule.password
    copy.save()
    copy.groups.set(rule.groups.all())


def _keys(page: Page) -> list[UUID]:
    pages = Page.objects.descendant_of(page, inclusive=True).order_by("path")
    return list(pages.values_list("translation_key", flat=True))


def _is_page_deleted(origin: Any) -> bool:
    """Whether a restriction goes because its page goes: then nothing is opened."""
    model = getattr(origin, "model", type(origin))
    return not issubclass(model, PageViewRestriction)


@receiver(post_save, sender=PageViewRestriction)
def restriction_was_saved(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        settle(_keys(instance.page))


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def groups_were_chosen(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        settle(_keys(instance.page))


@receiver(pre_delete, sender=PageViewRestriction)
def restriction_goes(instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    if not _is_page_deleted(origin):
        for carried in instance.copies.select_related("copy__page"):
            carried.copy.delete()


@receiver(post_delete, sender=PageViewRestriction)
def restriction_went(instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    """What a translation has from its original comes back."""
    if not _is_page_deleted(origin):
        settle(_keys(instance.page))


@receiver(post_page_move)
def page_was_moved(instance: Page, **kwargs: Any) -> None:
    settle(_keys(Page.objects.get(pk=instance.pk)))


@receiver(post_save)
def page_was_made(sender: Any, instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw and isinstance(instance, Page) and sender is not Page:
        settle([instance.translation_key])
