"""What the admin answers to who chooses something, and to what no browser sends."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from community.models import CannedReply, WatchedWord
from tests.community.conftest import account, signed_in
from tests.community.groups.conftest import make_group

pytestmark = pytest.mark.django_db
LINK = "/admin/choose-external-link/"


def of(model, name="choose"):
    return reverse(f"{model.snippet_viewset.chooser_viewset.url_namespace}:{name}")


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
def test_an_empty_form_to_make_something_while_choosing_is_bad_input_and_no_error(admin_client, model):
    before = model._default_manager.count()
    assert admin_client.post(of(model, "create")).status_code in {200, 400}
    assert admin_client.get(of(model, "create")).status_code in {200, 400}
    assert model._default_manager.count() == before


def test_a_link_without_an_address_is_bad_input_and_an_empty_one_is_asked_for_again(admin_client):
    assert admin_client.get(LINK).status_code == 200
    for data in [{}, {"external-link-chooser-link_text": "x"}, {"url": "https://a.example"}]:
        assert admin_client.post(LINK, data).status_code == 400, data
    for url in ["", "   ", "nonsense://"]:
        again = admin_client.post(LINK, {"external-link-chooser-url": url})
        assert again.status_code == 200
        assert again.json()["step"] == "external_link"
    chosen = admin_client.post(LINK, {"external-link-chooser-url": "https://a.example/"})
    assert chosen.json()["result"]["url"] == "https://a.example/"
    assert Client().post(LINK).status_code == 302


@pytest.mark.parametrize("who", ["Editors", "Moderators"])
def test_ready_texts_watched_words_and_closed_groups_are_named_to_nobody_else(who):
    CannedReply.objects.create(title="canary-reply", reason="rule-1", language="en", text="x")
    WatchedWord.objects.create(words="canary-word", language="en")
    group = make_group("canary-group", title="canary-group")
    client = signed_in(account("somebody", name="Somebody", groups=[who]))
    for model, canary in [(CannedReply, "canary-reply"), (WatchedWord, "canary-word"), (type(group), "canary-group")]:
        for name in ("choose", "choose_results"):
            said = client.get(of(model, name), follow=True).content.decode()
            assert (canary in said) == (who == "Moderators" and canary != "canary-group"), (model, name)
