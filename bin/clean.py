"""`make clean`: what can be made again goes; the site's data stay."""

import shutil

from progress import ROOT, say

FOLDERS = (".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")


def main(arguments: list[str]) -> int:
    for name in FOLDERS:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for pattern in ("locale/*/LC_MESSAGES/*.mo", "*/**/__pycache__"):
        for path in ROOT.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    say("Removed .venv, the caches and the compiled catalogues. The site's data are in .var or PORTAL_DATA_DIR.")
    return 0
