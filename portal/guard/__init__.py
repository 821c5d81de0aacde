"""The guard: finds in a text what leads to a person or accuses one, before anybody else reads it.

`inspect` is a pure function of the text: it asks no database and no service, and its time grows with the length of the
text alone. Who calls it decides what to do: `portal.guard.forms` for everything that people type.
"""

from . import languages
from .engine import MAX_LENGTH, TextTooLong, inspect
from .hits import Hit, Kind, Verdict, verdict

__all__ = ["MAX_LENGTH", "Hit", "Kind", "TextTooLong", "Verdict", "inspect", "languages", "verdict"]
