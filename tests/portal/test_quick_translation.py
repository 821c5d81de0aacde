"""Constant texts are looked up once for each language and print what Django's own tag prints."""

import pytest
from django.template import Context, Engine
from django.utils import translation

OURS = Engine(libraries={"i18n": "portal.quick_translation"})
DJANGOS = Engine(libraries={"i18n": "django.templatetags.i18n"})


@pytest.mark.parametrize(
    "source",
    [
        '{% trans "Home" %}',
        '{% translate "100%% <b>" %}',
        '{% trans "May" context "abbrev. month" %}',
        '{% trans "Home" noop %}',
        '{% trans "Home" as word %}[{{ word }}]',
        '{% trans "home"|upper %}',
        "{% trans given %}",
        "{% blocktrans %}Home {{ given }}{% endblocktrans %}",
    ],
)
def test_every_form_of_the_tag_prints_the_same_in_each_language(source):
    ours, djangos = (engine.from_string("{% load i18n %}" + source) for engine in (OURS, DJANGOS))
    for code in ("en", "fr", "en", "fr"):
        with translation.override(code):
            assert ours.render(Context({"given": "<i>Yes"})) == djangos.render(Context({"given": "<i>Yes"}))
