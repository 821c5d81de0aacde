import pytest

from .pages import made, write


@pytest.fixture
def french(db):
    """Into French, with the title translated by a person and nothing else."""
    (translation,) = made("Lanterns", "fr")
    write(translation, "Lanterns", "Lanternes")
    return translation
