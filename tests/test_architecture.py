"""The rules of the house that a machine can keep."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FEATURES = [
    "patterns",
    "practices",
    "workshops",
    "library",
    "search",
    "community",
    "translation",
    "printing",
    "content",
]
APPS = ["portal", *FEATURES, "content"]
FORBIDDEN_NAMES = {"utils", "core", "common", "helpers", "misc"}


def modules() -> list[Path]:
    return [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def test_imports_point_down():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_module_says_what_it_is_about():
    vague = [str(path.relative_to(ROOT)) for path in modules() if FORBIDDEN_NAMES & {path.stem, path.parent.name}]
    assert not vague


def test_modules_stay_readable():
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    assert not {name: lines for name, lines in long.items() if lines > 400}


def test_functions_stay_readable():
    long = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno > 60:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not long


def test_no_template_carries_inline_code():
    """The public site's Content-Security-Policy would block it."""
    marks = ("<style", " style=", "<script>", " onclick=", " onload=", " onchange=", " onsubmit=", "javascript:")
    found = []
    for path in sorted(ROOT.glob("*/templates/**/*.html")):
        if "admin" in path.stem or "wagtailadmin" in path.parts:
            continue
        text = path.read_text()
        found += [f"{path.relative_to(ROOT)}: {mark}" for mark in marks if mark in text]
    assert not found


@pytest.mark.parametrize("app", APPS)
def test_no_migration_is_named_by_the_clock(app):
    """An automatic name such as `0003_auto_20260101` says nothing about the change."""
    assert not list((ROOT / app / "migrations").glob("*_auto_*"))
