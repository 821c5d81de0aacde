"""Constant texts are looked up once for each language and print what Django's own tag prints."""

import pytest
from django.template import Context, Template
from django.templatetags import i18n
from django.utils import translation


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
def test_every_form_of_the_tag_prints_the_same_in_each_language(source, monkeypatch):
    ours = Template("{% load i18n %}" + source)
    for name in ("trans", "translate"):
        monkeypatch.setitem(i18n.register.tags, name, i18n.do_translate)
    djangos = Template("{% load i18n %}" + source)
    for code in ("en", "fr", "en", "fr"):
        with translation.override(code):
            assert ours.render(Context({"given": "<i>Yes"})) == djangos.render(Context({"given": "<i>Yes"}))
