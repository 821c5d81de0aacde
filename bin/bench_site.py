"""`make bench`: a site of its own with the first content, then bench/ in the project's environment."""

import argparse
import os
import subprocess

import run
from progress import ROOT, say

PATTERNS = 8  # in the first content; the views of them are measured at 70


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--reading", action="store_true")
    parser.add_argument("--translation", action="store_true")
    known = parser.parse_known_args(arguments)[0]
    size = known.size or (70 - PATTERNS if known.reading else 500)
    os.environ["PORTAL_DATA_DIR"] = str(run.data_dir() / f"bench-{'translation-' * known.translation}{size}")
    what = "pages in seven languages" if known.translation else "articles of about 800 words with 20 comments each"
    say(f"Building a site with {size} {what}")
    python = run.build()
    command = [str(python), "-m", "bench", *arguments, "--size", str(size)]
    return subprocess.run(command, cwd=ROOT, env=run.site_environment(), check=False).returncode
