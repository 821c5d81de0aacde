import re

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import make_pattern, translate

from .test_map import queries, relate, text

pytestmark = pytest.mark.django_db

FORCE = {"toward": "Speed", "against": "Proof", "text": "Checking takes days."}


@pytest.fixture
def justice():
    forces = [{"type": "force", "value": FORCE}]
    return make_pattern(number=2, title="Justice", forces=forces, platforms=["forum"], phases=["after"])


@pytest.fixture
def watch():
    items = [{"type": "item", "value": "Neighbours <know> each other."}]
    return make_pattern(number=8, title="Watch", group="prevent", when_to_use=items, platforms=["forum"])


BOTH = "/en/patterns/compare/?p=DIY-02&p=DIY-08"


def page_of(client, address=BOTH):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def rows(html):
    table = html.split('<table class="cmp')[1].split("</table>")[0]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.S):
        head = re.match(r'<th scope="row">([^<]+)', row)
        if head:
            found[head[1]] = [text(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
    return found


def test_two_patterns_stand_side_by_side(client, justice, watch):
    html = page_of(client)
    assert "<h1>Justice and Watch, side by side</h1>" in html
    found = rows(html)
    assert found["Problem"] == ["Problem of Justice.", "Problem of Watch."]
    assert found["What pulls apart"] == ["Speed / Proof : Checking takes days.", "nothing written yet"]
    assert found["Use it when"] == ["nothing written yet", "Neighbours &lt;know&gt; each other."]
    assert found["Phase"] == ["After an incident", "not classified yet"]


def test_what_both_say_is_folded(client, justice, watch):
    html = page_of(client)
    assert "Channels" not in rows(html)
    assert "Channels Forum" in text(html.split('id="alike"')[1])


def test_the_relation_between_the_two_is_said_with_its_reason(client, justice, watch):
    assert "No relation between the two is recorded." in page_of(client)
    relate(watch, justice)
    assert "Watch (08) , May escalate to: Justice (02) . Roles blur." in text(page_of(client))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("p=DIY-02&p=DIY-99", "There is no “DIY-99” to compare."),
        ("p=DIY-02&p=%00%F0%9F%92%A5", "to compare. Choose from the list."),
        ("p=DIY-02&p=DIY-02", "This one is chosen already."),
        ("p=DIY-02&p=", "Choose one here too"),
        ("p=DIY-02&p=DIY-08&p=DIY-03", "Only 2 can be compared at once. Left out: DIY-03."),
    ],
)
def test_a_choice_that_cannot_be_followed_is_said_beside_its_field(client, justice, watch, query, said):
    html = page_of(client, f"/en/patterns/compare/?{query}")
    assert said in text(html.split('class="cmp-form')[1].split("</form>")[0])


def test_without_a_choice_there_are_pairs_to_begin_with(client, justice, watch):
    relate(watch, justice)
    html = page_of(client, "/en/patterns/compare/")
    assert "aria-invalid" not in html
    assert 'href="/en/patterns/compare/?p=DIY-08&amp;p=DIY-02"' in html
    assert '<option value="DIY-08" selected>' in page_of(client, "/en/patterns/compare/?p=diy-08")


def test_what_is_not_for_all_readers_cannot_be_compared(client, justice, watch):
    make_pattern(number=20, title="Hidden draft", live=False)
    closed = make_pattern(number=21, title="Closed away")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    relate(closed, watch, "conflicts", "Secret reason")
    for code in ("DIY-20", "DIY-21"):
        html = page_of(client, f"/en/patterns/compare/?p=DIY-02&p={code}")
        assert "There is no" in html
        assert not re.search("Hidden draft|Closed away|Secret reason", html)


def test_words_keep_their_language_and_labels_are_the_readers(client, justice, watch):
    translate(watch, "fr", title="Veille", card_problem="Le problème.")
    html = page_of(client, "/fr/patterns/compare/?p=DIY-02&p=DIY-08")
    assert "Justice et Veille, côte à côte" in html
    assert 'lang="en">Problem of Justice.' in html
    assert ">Le problème." in html
    assert "Après un incident" in html


def test_the_file_holds_the_comparison(client, justice, watch):
    response = client.get("/en/patterns/compare/csv/?p=DIY-02&p=DIY-08")
    assert response["Content-Disposition"] == 'attachment; filename="diy-policing-diy-02-diy-08-en.csv"'
    assert "Problem of Justice.,Problem of Watch." in response.content.decode()
    assert client.get("/en/patterns/compare/csv/?p=x&p=y")["Location"] == "/en/patterns/compare/?p=x&p=y"


def test_twice_as_many_patterns_take_as_many_queries(client, justice, watch):
    before = queries(client, BOTH)
    for number in range(40, 44):
        relate(make_pattern(number=number), watch, "complements")
    assert queries(client, BOTH) == before
