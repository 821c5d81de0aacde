"""Who stands on the page for everybody to read. Only of them may the answer of a check depend: another name, taken or
not, always gets the same one, so that nobody can find out here who has an account."""

import re

from portal.models import PageSource
from portal.querysets import visible

from ..models import CommentState
from .findings import Draft

MOST = 500
NAMES = re.compile(r"\s*(?:;|&|\band\b)\s*")


def writers(draft: Draft) -> set[str]:
    """Names above published comments of this discussion; none where authors are shown by their role."""
    if draft.thread is None or draft.thread.by_role:
        return set()
    shown = CommentState.objects.published().filter(thread=draft.thread).order_by()
    names = shown.values_list("comment__user_name", flat=True).distinct()
    return {name for name in names[:MOST] if name}


def authors(draft: Draft) -> set[str]:
    """Authors of the sources of the page that this reader can see, in the order in which people write names."""
    if draft.page is None:
        return set()
    resources = PageSource._meta.get_field("resource").related_model.objects
    cited = PageSource.objects.filter(page_id=draft.page.pk).values("resource")
    shown = visible(resources.filter(pk__in=cited), draft.user).values_list("creators", flat=True)
    return {_as_spoken(name) for creators in shown for name in NAMES.split(creators) if name}


def _as_spoken(name: str) -> str:
    """ "Visser, Anna" is called Anna Visser; an initial alone is said by nobody."""
    family, _comma, given = name.partition(",")
    given = " ".join(part for part in given.split() if len(part.strip(".")) > 1 and "." not in part)
    return f"{given} {family.strip()}".strip()
