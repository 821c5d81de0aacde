from search.documents import Term
from search.parsing import MAX_CHARACTERS, MAX_TERMS, parse


def words(query):
    return [term.forms[0] for term in query.terms]


def test_words_phrases_and_exclusions_are_told_apart():
    query = parse('police "neighbourhood watch" -rumour -"false alarm" app', "en")
    assert words(query) == ["police", "app"]
    assert query.phrases == (("neighbourhood", "watch"),)
    assert query.excluded == (("rumour",), ("false", "alarm"))


def test_typographic_quotation_marks_work_too():
    for text in ("“neighbourhood watch”", "«neighbourhood watch»", "„neighbourhood watch“", '"neighbourhood watch'):
        assert parse(text, "en").phrases == (("neighbourhood", "watch"),)


def test_a_hyphen_inside_a_word_excludes_nothing():
    query = parse("FA-TAMTAM co-production", "it")
    assert words(query) == ["fa", "tamtam", "co", "production"]
    assert query.terms[0] == Term(("fa", "fatamtam"))
    assert query.excluded == ()


def test_a_quoted_single_word_is_a_word():
    assert words(parse('"police"', "en")) == ["police"]


def test_operators_of_engines_are_words_or_nothing():
    query = parse('title:police AND (NEAR OR *) ^2 {!x} body MATCH "" \\ /.*/ ~', "en")
    assert set(words(query)) == {"title", "police", "and", "near", "or", "2", "x", "body", "match"}


def test_repeated_words_count_once():
    assert words(parse("app App APP", "en")) == ["app"]


def test_long_input_is_cut_and_says_so():
    many = parse(" ".join(f"word{n}" for n in range(500)), "en")
    assert len(many.terms) == MAX_TERMS
    assert many.was_shortened
    assert parse("x" * (MAX_CHARACTERS + 50), "en").was_shortened
    assert not parse("police app", "en").was_shortened


def test_nothing_to_look_for_is_noticed():
    assert not parse("-police", "en").asks_for_something
    assert not parse('"" - !? 🚓', "en").asks_for_something
