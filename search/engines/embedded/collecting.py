"""Python looks for cycles again and again while a search makes thousands of rows, which are gone when it ends.

At 100,000 documents that takes longer than the search itself. So it waits until the answer is there.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """A search in another thread may let Python begin sooner; then this one takes longer."""
    waits = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if waits:
            gc.enable()
