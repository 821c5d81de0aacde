"""`make bench`: a site of its own with the first content, then bench/ in the project's environment."""

import argparse
import os
import subprocess

import run
from progress import ROOT, say


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--size", type=int, default=500)
    size = parser.parse_known_args(arguments)[0].size
    os.environ["PORTAL_DATA_DIR"] = str(run.data_dir() / f"bench-{size}")
    say(f"Building a site with {size} articles of about 800 words with 20 comments each")
    python = run.build()
    command = [str(python), "-m", "bench", *arguments]
    return subprocess.run(command, cwd=ROOT, env=run.site_environment(), check=False).returncode
