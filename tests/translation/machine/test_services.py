"""The services of machine translation, asked over HTTP: a server of our own that misbehaves on demand (test 56)."""

import datetime
import time
from email.utils import format_datetime

import pytest
from django.utils import timezone

from translation.machine.deepl import ADDRESS, FREE_ADDRESS, DeepL
from translation.machine.failures import Failure, MachineError
from translation.machine.libretranslate import LibreTranslate

from . import service as services

KINDS = [LibreTranslate, DeepL]


def ask(service, kind=LibreTranslate, texts=("A lantern",), seconds=5.0):
    return kind(service.url, "secret", seconds).translate(texts, "en", "fr")


def failure(service, **kwargs):
    with pytest.raises(MachineError) as error:
        ask(service, **kwargs)
    return error.value


@pytest.mark.parametrize("kind", KINDS)
def test_texts_come_back_in_their_order(service, kind):
    assert ask(service, kind, ["One", "<b>Two</b> & three"]) == ["ONE", "<b>TWO</b> & THREE"]


def test_libretranslate_is_asked_for_html_in_both_languages(service):
    LibreTranslate(f"{service.url}/", "secret").translate(["One"], "en", "fr-be")
    asked = {"q": ["One"], "source": "en", "target": "fr", "format": "html", "api_key": "secret"}
    assert service.asked == [{"path": "/translate", **asked}]
    LibreTranslate(service.url).translate(["One"], "en", "fr")
    assert "api_key" not in service.asked[-1]


def test_deepl_is_asked_with_its_key_in_a_header_and_with_a_glossary(service):
    DeepL(service.url, "secret").translate(["One"], "fr", "en", glossary="g1")
    asked = {"text": ["One"], "source_lang": "FR", "target_lang": "EN-GB", "tag_handling": "html", "glossary_id": "g1"}
    assert service.asked == [{"path": "/v2/translate", **asked}]
    assert service.headers[0]["Authorization"] == "DeepL-Auth-Key secret"
    ask(service, DeepL)
    assert "glossary_id" not in service.asked[-1]


def test_key_says_which_deepl_it_is_for():
    assert DeepL("", "abc:fx").url == FREE_ADDRESS
    assert (DeepL("", "abc").url, DeepL("", "abc").host) == (ADDRESS, "api.deepl.com")


def test_batches_keep_to_what_a_service_takes_and_lose_nothing():
    service = DeepL("", "k")
    texts = [f"{number} " + "é" * 4000 for number in range(30)] + [str(number) for number in range(120)]
    texts.insert(3, "x" * 300_000)  # too large alone; the service refuses it
    batches = list(service.batches(texts))
    assert [text for batch in batches for text in batch] == texts
    assert max(map(len, batches)) <= 50
    assert all(len(batch) == 1 or sum(len(text.encode()) for text in batch) <= 100_000 for batch in batches)
    assert list(service.batches([])) == []


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (services.failing(400), Failure.NOT_TAKEN),
        (services.failing(401), Failure.KEY),
        (services.failing(403), Failure.KEY),
        (services.failing(404), Failure.ELSEWHERE),
        (services.failing(413), Failure.TOO_LARGE),
        (services.failing(418), Failure.BROKEN),
        (services.failing(429), Failure.BUSY),
        (services.failing(456), Failure.USED_UP),
        (services.failing(500), Failure.BROKEN),
        (services.failing(503), Failure.BUSY),
        (services.saying(b"<html>Sorry</html>"), Failure.GARBLED),
        (services.saying(b"\xff\xfe"), Failure.GARBLED),
        (services.saying(b""), Failure.GARBLED),
        (services.saying(b"[" * 100_000), Failure.GARBLED),
        (services.saying([]), Failure.GARBLED),
        (services.saying(None), Failure.GARBLED),
        (services.saying({"translatedText": "one string", "translations": "x"}), Failure.GARBLED),
        (services.saying({"translatedText": [None], "translations": [{"text": 7}]}), Failure.GARBLED),
        (services.saying({"translatedText": [["x"]], "translations": ["x"]}), Failure.GARBLED),
        (services.saying({"translatedText": [], "translations": []}), Failure.COUNT),
        (
            services.saying({"translatedText": ["a", "b"], "translations": [{"text": "a"}, {"text": "b"}]}),
            Failure.COUNT,
        ),
        (services.breaking_off, Failure.GARBLED),
        (services.endless, Failure.GARBLED),
        (services.hanging_up, Failure.AWAY),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_every_misbehaviour_has_its_name(service, kind, behaviour, expected):
    """56: never an exception that a page would show as an error of ours."""
    service.behaviours = [behaviour]
    assert failure(service, kind=kind).failure == expected


@pytest.mark.parametrize("behaviour", [services.silent, services.dripping, services.dripping_headers])
def test_the_time_is_up_whatever_the_service_does_meanwhile(service, behaviour):
    service.behaviours = [behaviour]
    began = time.monotonic()
    error = failure(service, seconds=0.4)
    assert (error.failure, error.charged) == (Failure.LATE, True)
    assert time.monotonic() - began < 4


def test_nobody_there():
    with pytest.raises(MachineError) as error:
        LibreTranslate("http://127.0.0.1:9", seconds=2).translate(["One"], "en", "fr")
    assert error.value.failure == Failure.AWAY
    with pytest.raises(MachineError) as error:
        LibreTranslate("http://nowhere.invalid", seconds=2).translate(["One"], "en", "fr")
    assert error.value.failure == Failure.AWAY


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_texts_are_sent_nowhere_else(service, status):
    with services.running() as other:
        service.behaviours = [services.failing(status, Location=f"{other.url}/translate")]
        assert failure(service).failure == Failure.ELSEWHERE
        assert other.asked == []


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("120", 120, 120),
        ("in ten minutes", 500, 600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("99999999999999999999999", 24 * 3600, 24 * 3600),
        ("-5", 0, 0),
        ("soon", 0, 0),
    ],
)
def test_service_says_when_to_come_back(service, header, low, high):
    if header == "in ten minutes":
        header = format_datetime(timezone.now() + datetime.timedelta(minutes=10))
    service.behaviours = [services.failing(429, Retry_After=header)]
    error = failure(service)
    assert low <= error.wait <= high
    assert not error.charged
