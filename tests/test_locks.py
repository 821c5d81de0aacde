"""The lock files hold what pyproject.toml asks for; a package in one file only breaks every fresh machine."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"[A-Za-z0-9._-]+")


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {_normal(name): version for name, version in found}


def asked(*keys: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = {"run": project["project"]["dependencies"], "dev": project["dependency-groups"]["dev"]}
    return {_normal(NAME.match(line)[0]) for key in keys for line in groups[key]}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.txt", ["run"]), ("requirements-dev.txt", ["run", "dev"])], ids=["run", "dev"]
)
def test_everything_the_project_needs_is_locked(lock: str, groups: list[str]):
    assert asked(*groups) <= pins(lock).keys()


def test_a_developer_runs_the_versions_of_the_server():
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert run.items() <= dev.items()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_dealt_out_to_two_installers_each_requirement_is_installed_once_with_its_checksums(lock: str, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "bin")
    text = (ROOT / lock).read_text()
    first, second = runpy.run_path(str(ROOT / "bin/environment.py"))["in_parts"](text, 2)
    assert sorted(f"{first}\n{second}".splitlines()) == sorted(text.splitlines())
    assert all(part.splitlines()[1].lstrip().startswith("--hash=") for part in (first, second))
    assert 0 <= _number(first) - _number(second) <= 1


def _number(part: str) -> int:
    return sum(line[0].isalpha() for line in part.splitlines())
