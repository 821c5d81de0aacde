"""A service of machine translation on this machine that behaves as a test wishes: a real server, real sockets."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler", dict[str, Any]], None]


TAG_OR_ENTITY = re.compile(r'(<code translate="no">.*?</code>|<[^>]*>|&[#\w]+;)')


def shout(text: str) -> str:
    """“Translates”: capitals, so that a text differs; tags and what it is told to leave alone stay."""
    return "".join(part if TAG_OR_ENTITY.fullmatch(part) else part.upper() for part in TAG_OR_ENTITY.split(text))


class Service:
    """What it was asked, and what it does next: each behaviour holds for one question, the last one for all others."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.behaviours: list[Answer] = []
        self.translate: Callable[[str], str] = shout
        self.url = ""
        self.open = threading.Event()  # whoever dawdles stops when the test ends

    @property
    def texts(self) -> list[str]:
        return [text for asked in self.asked for text in asked.get("q") or asked.get("text") or []]

    def next(self) -> Answer:
        if len(self.behaviours) > 1:
            return self.behaviours.pop(0)
        return self.behaviours[0] if self.behaviours else answering


class Handler(BaseHTTPRequestHandler):
    service: Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.service.asked.append({"path": self.path, **asked})
        self.service.headers.append(dict(self.headers))
        with suppress(BrokenPipeError, ConnectionResetError):  # the site has hung up
            self.service.next()(self, asked)

    def do_GET(self) -> None:  # where a redirect would lead
        self.service.asked.append({"path": self.path})
        self.send(200, {})

    def send(self, status: int, content: Any, **headers: str) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


def answering(handler: Handler, asked: dict[str, Any]) -> None:
    texts = [handler.service.translate(text) for text in asked.get("q") or asked["text"]]
    handler.send(200, {"translatedText": texts} if "q" in asked else {"translations": [{"text": one} for one in texts]})


def failing(status: int, **headers: str) -> Answer:
    return lambda handler, asked: handler.send(status, {"error": "No."}, **headers)


def saying(content: Any, **headers: str) -> Answer:
    return lambda handler, asked: handler.send(200, content, **headers)


def silent(handler: Handler, asked: dict[str, Any]) -> None:
    handler.service.open.wait(30)


def hanging_up(handler: Handler, asked: dict[str, Any]) -> None:
    handler.close_connection = True


def dripping(handler: Handler, asked: dict[str, Any]) -> None:
    """A byte now and then: a time-out of the socket alone would never come."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.service.open.is_set():
        handler.wfile.write(b" ")
        time.sleep(0.05)


def dripping_headers(handler: Handler, asked: dict[str, Any]) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.service.open.is_set():
        handler.wfile.write(b"x")
        time.sleep(0.05)


def breaking_off(handler: Handler, asked: dict[str, Any]) -> None:
    handler.send(200, b'{"translatedText": ["half', Content_Length="500")
    handler.close_connection = True


def endless(handler: Handler, asked: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.service.open.is_set():
        handler.wfile.write(b"[" * 65536)


@contextmanager
def running() -> Iterator[Service]:
    service = Service()
    kind = type("HandlerOfOne", (Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield service
    finally:
        service.open.set()
        server.shutdown()
        server.server_close()
