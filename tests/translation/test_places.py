"""What is known of the place of a text from the models alone."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail_localize.models import StringSegment, TranslationContext, TranslationSource

from library.models import CallPage, TopicPage
from translation.places import place


@pytest.mark.parametrize(
    ("model", "path", "kind", "longest"),
    [
        (TopicPage, "title", "text", 255),
        (TopicPage, "summary", "text", 300),
        (TopicPage, "portal_sources.locator", "text", 120),
        (CallPage, "how_to_apply", "html", None),
        (CallPage, "questions.question", "text", 600),
        (CallPage, "body.paragraph", "html", None),
        (CallPage, "body.callout.title", "text", None),
        (CallPage, "gone.since.then", "html", None),
    ],
)
def test_place_says_whether_it_takes_markup_and_how_much(model, path, kind, longest):
    """Pitfall P22: the limit is known before the page is published, wherever the model or the block sets it."""
    source = TranslationSource(specific_content_type=ContentType(app_label="library", model=model._meta.model_name))
    found = place(source, StringSegment(context=TranslationContext(path=path, field_path=path)))
    assert (found.kind, found.max_length) == (kind, longest)
