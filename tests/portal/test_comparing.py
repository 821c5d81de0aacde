from django.utils.safestring import mark_safe

from portal.comparing import Comparison, Row, Section, Side, pick, says

PATTERNS = {"DIY-01": "01 Protests", "DIY-02": "02 Justice", "DIY-08": "08 Watch"}


def side(title, mark="01"):
    return Side(title, f"/{title.lower()}/", mark)


def row(label, *cells):
    return Row(label, tuple(says(cell, "not said") for cell in cells))


def compared(*rows, sides=("One", "Other")):
    return Comparison(tuple(side(title) for title in sides), (Section("Part", rows),))


def labels(comparison):
    return [row.label for _label, rows in comparison.shown for row in rows]


def numbers(counts):
    return [str(count).replace('<b class="num">', "").replace("</b>", "") for count in counts]


def test_a_row_that_says_the_same_on_both_sides_is_folded():
    found = compared(row("Same", "a town", "A  town"), row("Differs", "north", "south"))
    assert labels(found) == ["Differs"]
    assert [one.label for one in found.alike] == ["Same"]


def test_links_do_not_make_the_same_words_different():
    found = compared(row("Same", mark_safe('<a href="/x/">Watch</a>'), "Watch"))
    assert [one.label for one in found.alike] == ["Same"]


def test_text_that_looks_like_html_is_compared_as_it_reads():
    assert compared(row("Row", "1 <2", "1")).alike == []


def test_a_silence_is_printed_and_never_folded():
    found = compared(row("One", "said", ""), row("Both", "", []), row("None", "x", "y"))
    assert labels(found) == ["One", "Both", "None"]
    assert [one.why for one in found.sections[0].rows] == ["one side silent", "both silent", ""]
    assert numbers(found.counts) == ["3 rows shown", "1 where one side is silent", "1 where both are silent"]


def test_among_three_the_notes_say_how_many_are_silent_or_alike():
    rows = (row("a", "x", "", "x"), row("b", "x", "x", "y"), row("c", "", "", ""), row("d", "x", "y", "z"))
    found = compared(*rows, sides=("A", "B", "C"))
    assert [one.why for one in rows] == ["1 side silent, 2 alike", "2 alike", "all silent", ""]
    assert labels(found) == ["a", "b", "c", "d"]


def test_a_part_without_rows_to_show_has_no_heading():
    sections = (Section("Alike", (row("Same", "x", "x"),)), Section("Other", (row("Differs", "x", "y"),)))
    found = Comparison((side("One"), side("Other")), sections)
    assert [label for label, _rows in found.shown] == ["Other"]


def test_the_file_holds_every_row_with_its_gaps():
    found = compared(row("Same", "x", "x"), row("Gap", ["first", "=SUM(A1)"], ""))
    text = found.as_csv("comparison.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "Part,Row,Note,One,Other"
    assert "Part,Same,alike,x,x" in text
    assert 'Part,Gap,one side silent,"first\n=SUM(A1)",[not said]' in text


def test_a_formula_in_a_text_is_no_formula_in_the_file():
    text = compared(row("Row", "=SUM(A1)", "-1")).as_csv("c.csv").content.decode()
    assert "'=SUM(A1),'-1" in text


def test_nothing_and_one_chosen_are_no_mistakes():
    for asked in ([], ["DIY-02"]):
        picker = pick(asked, PATTERNS, 2)
        assert not picker.has_errors
        assert not picker.is_ready
    assert picker.chosen == ["DIY-02"]


def test_two_chosen_are_compared_in_their_order():
    picker = pick(["DIY-08", " DIY-02 "], PATTERNS, 2)
    assert (picker.is_ready, picker.chosen) == (True, ["DIY-08", "DIY-02"])


def errors(picker):
    return [field.error for field in picker.fields]


def test_an_unknown_one_is_named_beside_its_field_and_the_others_are_compared():
    picker = pick(["DIY-01", "DIY-99" * 50, "DIY-02"], PATTERNS, 3)
    assert picker.chosen == ["DIY-01", "DIY-02"]
    assert errors(picker)[0] == errors(picker)[2] == ""
    assert errors(picker)[1].startswith("There is no “DIY-99")
    assert len(errors(picker)[1]) < 120


def test_the_same_one_twice_is_said_beside_the_second():
    picker = pick(["DIY-01", "DIY-01"], PATTERNS, 2)
    assert errors(picker) == ["", "This one is chosen already. Choose another."]
    assert not picker.is_ready


def test_a_form_sent_half_empty_says_what_is_missing():
    assert errors(pick(["DIY-01", ""], PATTERNS, 2))[1].startswith("Choose one here too")
    assert errors(pick(["", "DIY-01"], PATTERNS, 2))[0].startswith("Choose one here too")
    assert errors(pick(["DIY-01", "DIY-02", ""], PATTERNS, 3)) == ["", "", ""]


def test_more_than_fit_are_left_out_by_name():
    picker = pick(["DIY-01", "DIY-02", "DIY-08", "junk"], PATTERNS, 2)
    assert picker.is_ready
    assert picker.left_out == "Only 2 can be compared at once. Left out: 08 Watch, junk."
