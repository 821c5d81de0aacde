"""How often something happened: counted in the cache alone, for a while, by keys that hold no address."""

import logging

from django.core.cache import cache

logger = logging.getLogger(__name__)


def counted(key: str, seconds: int, *, unknown: int) -> int:
    """Count this one in; how many it makes in the time since the first one.

    `unknown` is the answer where nothing can be counted: the caller decides whether that stops somebody.
    """
    try:
        if cache.add(key, 1, seconds):
            return 1
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two calls
        return 1
    except Exception:  # whatever the driver of a cache raises
        logger.exception("Nothing can be counted: the cache does not answer.")
        return unknown


def count_of(key: str) -> int:
    """How many were counted. Raises where nothing can be counted: what depends on it has not been checked then."""
    try:
        return int(cache.incr(key, 0))
    except ValueError:  # none
        return 0
