"""The notes by which the indices follow the catalogue. Loaded with every process, so it does not load the client."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal import outbox

TOPIC = "search.elasticsearch"
BATCH = 200


def put(owners: Iterable[str]) -> None:
    """Note, in the caller's transaction, that the documents of these owners changed."""
    outbox.put(TOPIC, *owners)


def waiting(limit: int) -> list[str]:
    """Owners whose documents the indices may have as they were: `limit` of them at most."""
    return list(outbox.pending(TOPIC).values_list("key", flat=True)[:limit])


@outbox.handler(TOPIC, batch=BATCH, label=_("Search index"))
def work_on(tasks: Sequence[outbox.Task]) -> list[outbox.Failed]:
    if not settings.ELASTICSEARCH_URL:  # it was named once; when it is again, a rebuild writes everything
        return []
    from .following import follow

    return follow(tasks)
