"""`make bench`: hands over to bench/, which runs in the project's environment."""

import subprocess

import catalogues
import environment
from progress import ROOT


def main(arguments: list[str]) -> int:
    python = environment.ensure()
    catalogues.compile_changed(python)
    return subprocess.run([str(python), "-m", "bench", *arguments], cwd=ROOT, check=False).returncode
