import pytest
from django.utils import translation

pytest_plugins = ["tests.services.plugin"]


@pytest.fixture(autouse=True)
def _english():
    """A test that activates a language leaves no trace."""
    with translation.override("en"):
        yield
