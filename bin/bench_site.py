"""`make bench`: a site of its own with the first content, then bench/ in the project's environment."""

import os
import subprocess
import sys

import run
from progress import ROOT, say

sys.path.append(str(ROOT))

from bench import arguments


def main(typed: list[str]) -> int:
    options = arguments.read(typed)  # a wrong one is told before anything is built
    size = options.size
    os.environ["PORTAL_DATA_DIR"] = str(run.data_dir() / f"bench-{'translation-' * options.translation}{size}")
    what = "pages in seven languages" if options.translation else "articles of about 800 words with 20 comments each"
    say(f"Building a site with {size} {what}")
    python = run.build()
    command = [str(python), "-m", "bench", *typed]
    return subprocess.run(command, cwd=ROOT, env=run.site_environment(), check=False).returncode
