"""`manage.py guard_check`."""

import io
import json
import sys

import pytest
from django.core.management import call_command


def asked(monkeypatch, lines):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("guard_check", stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), code


def test_each_line_is_answered_in_order(monkeypatch):
    lines = b'{"text": "Bel 06-12345678", "lang": "nl"}\n{"text": "a@b.nl", "lang": "xx"}\n\n{"text": "Good."}\n'
    answers, errors, code = asked(monkeypatch, lines)
    assert answers == [
        {"verdict": "warn", "classes": ["phone"]},
        {"verdict": "refuse", "classes": ["email"]},
        {"verdict": "pass", "classes": []},
    ]
    assert (errors, code) == ("", 0)


def test_broken_lines_are_named_and_the_rest_is_answered(monkeypatch):
    lines = b'nonsense\n[1]\n{"text": 5}\n\xff\n{"text": "Good.", "lang": 7}\n{"text": "\\ud800 a@b.nl"}\n'
    answers, errors, code = asked(monkeypatch, lines)
    assert [answer["verdict"] for answer in answers] == ["pass", "refuse"]
    assert [line.split(":")[0] for line in errors.splitlines()] == ["Line 1", "Line 2", "Line 3", "Line 4"]
    assert code == 1


def test_what_is_too_long_to_be_read_is_held(monkeypatch):
    answers, _errors, _code = asked(monkeypatch, json.dumps({"text": "1-" * 50_000}).encode())
    assert answers == [{"verdict": "hold", "classes": []}]


def test_a_file_that_is_missing_is_named(tmp_path):
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("guard_check", str(tmp_path / "none.jsonl"), stderr=err)
    assert "none.jsonl" in err.getvalue()
