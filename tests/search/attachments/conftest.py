import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from portal import outbox
from search.attachments import following
from tests.factories import make_news

from .pdf import pdf


def make_file(*pages, title="Annual report", data=None, **fields):
    content = ContentFile(pdf(*pages) if data is None else data, name="report.pdf")
    return get_document_model().objects.create(title=title, file=content, **fields)


def link(file, words="the report"):
    return f'<p>See <a linktype="document" id="{file.pk}">{words}</a>.</p>'


def name(page, *files):
    """Publish `page` with links to files."""
    page.body = [("paragraph", link(file)) for file in files]
    page.save_revision().publish()


def work():
    """What the worker does."""
    return outbox.drain(following.TOPIC)


@pytest.fixture
def report(db):
    """A report of three pages, linked from a published page and read."""
    file = make_file("Preface of the report", "Nothing here", "The aardvark walks at night")
    page = make_news(title="Our evaluation")
    name(page, file)
    work()
    return page, file
