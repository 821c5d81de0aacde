"""Compile the named .po files; runs in the project's environment, which has polib."""

import sys
from pathlib import Path

import polib

for name in sys.argv[1:]:
    target = Path(name).with_suffix(".mo")
    # Written beside and moved: a running server never reads half a catalogue.
    beside = target.with_suffix(".tmp")
    polib.pofile(name).save_as_mofile(str(beside))
    beside.replace(target)
