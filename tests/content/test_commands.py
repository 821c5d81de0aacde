import pytest
from django.core.management import CommandError, call_command

from portal.models import HomePage

from .conftest import NEWS

pytestmark = pytest.mark.django_db


def test_load_content_says_how_far_it_is(tree, capsys):
    call_command("load_content", path=tree.root)
    said = capsys.readouterr().out
    assert "Pages: 3 of 3" in said
    assert "Done in" in said
    assert HomePage.objects.exists()


def test_load_content_is_quiet_when_asked(tree, capsys):
    call_command("load_content", path=tree.root, verbosity=0)
    assert capsys.readouterr().out == ""


def test_load_content_lists_each_problem_on_a_line(tree, capsys):
    tree.write("en/news/one.yaml", NEWS, colour="red", size="huge")
    with pytest.raises(CommandError, match=r"2 problems; nothing was loaded\."):
        call_command("load_content", path=tree.root)
    assert capsys.readouterr().err.splitlines() == [
        "en/news/one.yaml: colour: not a known field",
        "en/news/one.yaml: size: not a known field",
    ]


def test_content_messages_sums_up(tree, capsys):
    call_command("load_content", path=tree.root, verbosity=0)
    call_command("content_messages", "fr", path=tree.root)
    assert "fr: 3 files, 14 of 14 words to do" in capsys.readouterr().out
