"""Windows of the browser: with and without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest


@pytest.fixture
def window(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages in a context of their own, closed after the test; a wait for nothing ends after ten seconds."""
    opened = []

    def open_page(**options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(10_000)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def page(window: Callable[..., Any]) -> Any:
    return window()


@pytest.fixture
def page_without_scripts(window: Callable[..., Any]) -> Any:
    return window(java_script_enabled=False)
