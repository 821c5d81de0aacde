import itertools
import uuid

import pytest

from search.documents import SearchDocument
from search.service import engine
from tests.factories import make_home


@pytest.fixture
def put(db):
    """Puts texts into the index without a page type around them: `put("fr", "Sécurité", body="…")`."""
    home = make_home()
    numbers = itertools.count(1)

    def write(language="en", title="", *, page=None, **fields):
        key = fields.pop("key", f"test:{next(numbers)}")
        fields = {"subject": str(uuid.uuid4()), "kind": "page", "url": f"/{language}/{key}/", "owner": key, **fields}
        document = SearchDocument(key=key, page_id=(page or home).pk, language=language, title=title, **fields)
        engine().upsert([document])
        return document

    return write
