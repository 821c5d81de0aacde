from search.highlight import MARKS_PER_WORD, NOWHERE, SNIPPET, best_passage, marked


def test_whole_words_are_marked_in_any_case():
    assert marked("An App, not an apparatus: APP", ["app"]) == (
        "An <mark>App</mark>, not an apparatus: <mark>APP</mark>"
    )


def test_everything_else_is_escaped():
    text = '<script>alert("app")</script> & app'
    assert "<script>" not in marked(text, ["app", "script", "alert"])
    assert "&lt;<mark>script</mark>&gt;" in marked(text, ["script"])
    assert "<script>" not in best_passage(text, ["app"]).html


def test_letters_that_grow_in_lower_case_do_not_shift_the_marks():
    assert marked("İİİ app", ["app"]) == "İİİ <mark>app</mark>"


def test_the_snippet_shows_the_passage_with_most_words():
    text = "The app. " + "Filler words stand here. " * 40 + "Police and app and neighbours meet. " + "More. " * 60
    passage = best_passage(text, ["app", "police", "neighbours"]).html
    assert "<mark>Police</mark> and <mark>app</mark> and <mark>neighbours</mark>" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(passage) < SNIPPET + 100


def test_a_snippet_stays_within_its_paragraph():
    assert best_passage("First app line\nSecond line", ["app"]) == ("First <mark>app</mark> line", 0)
    assert best_passage("First line\nSecond app line", ["app"]) == ("Second <mark>app</mark> line", 1)


def test_no_word_no_snippet():
    assert best_passage("Nothing here", ["app"]) is NOWHERE
    assert best_passage("", ["app"]) is NOWHERE


def test_a_word_repeated_without_end_is_marked_a_few_times():
    assert marked("app " * 10_000, ["app"]).count("<mark>") == MARKS_PER_WORD


def test_a_text_without_spaces_is_cut_somewhere():
    assert len(best_passage("app " + "x" * 5000, ["app"]).html) < SNIPPET + 50
