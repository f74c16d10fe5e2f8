"""The readers of words, figures and quotations, on any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import quotes
from articles.vetting.facts.matching import Match, match
from articles.vetting.facts.quantity import Kind
from articles.vetting.facts.reading import read_quantities
from articles.vetting.normal import Normal, normal

TRICKY = st.text(alphabet="aB1 \u00a0\u200b\u202e“”‘’«»\"'-–…[].,é\u0301ﬁß٣\u06f5½", max_size=60)


@given(st.one_of(st.text(), TRICKY))
def test_normalising_is_idempotent(text):
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("“Nobody knew of it”", "“[N]obody knew of it”"),
        ("“[N]obody knew of it”", "We hear nobody knew of it"),
        ("“We [t]old them so”", "We told them so"),
        ("“Écoutez donc ceci”", "«[É]coutez donc ceci»"),
        ("“nobody knew … of it”", "[N]obody knew a thing of it"),
    ],
)
def test_a_letter_in_brackets_is_the_letter_of_its_word(said, post):
    (quote,) = quotes.read_quotes(said)

    assert quotes.passages(quote, Normal(post))


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("“Somebody knew of it”", "“[N]obody knew of it”"),
        ("“Nobody knew of it”", "“[Every]body knew of it”"),
        ("“Nobody knew of it”", "[n] obody knew of it"),
    ],
)
def test_a_letter_in_brackets_makes_no_other_word(said, post):
    (quote,) = quotes.read_quotes(said)

    assert not quotes.passages(quote, Normal(post))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Wait”", '"wait"'),
        ("it’s", "it's"),
        ("a\u00a0b", "a  b"),
        ("a — b", "a - b"),
        ("wa\u200bit\ufe0f", "wait"),
        ("ﬁsh", "fish"),
        ("e\u0301", "é"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_of_the_same_words_normalise_equally(one, other):
    assert normal(one) == normal(other)


def test_normalising_keeps_negations():
    assert normal("We will not wait") != normal("We will wait")


@given(TRICKY, TRICKY)
def test_a_match_is_found_at_its_offsets(before, after):
    text = f"{before} harbour closed {after}"
    at = normal(text).index("harbour closed")

    start, end = Normal(text).origin(at, at + len("harbour closed"))

    assert normal(text[start:end]).strip() == "harbour closed"


@given(st.one_of(st.text(), TRICKY))
def test_any_text_is_searched_for_quotations_without_an_error(text):
    for quote in quotes.read_quotes(text):
        assert text[quote.start : quote.end] == quote.text
        assert quote.parts
    assert list(quotes.spans(text)) == sorted(quotes.spans(text))


@given(
    st.lists(st.sampled_from(["we", "wait", "for", "the", "tide", "not"]), min_size=3, max_size=9)
)
def test_quoted_words_are_found_in_a_post_that_has_them(words):
    quoted = " ".join(words)
    (quote,) = quotes.read_quotes(f"They said “{quoted},” we hear.")

    assert quotes.passages(quote, Normal(f"X: {quoted.upper()}!"))


@pytest.mark.parametrize(
    "text",
    [
        "“we wait for it”", "„wir warten auf es“", "»wir warten auf es«", "« nous attendons le bateau »",
        "«نحن ننتظر السفينة»", "”vi väntar på den”", "「私たちは船を待っている」", "'we wait for it'",
        "‘the ministers’ view is this’", "“he said ‘no’ to it”", "“never closed by the writer",
        "``we wait for it''", "❝we wait for it❞", "❛we wait for it❜", "〝we wait for it〟",
    ],
)  # fmt: skip
def test_quotation_marks_of_many_languages_are_read(text):
    assert len(quotes.read_quotes(f"x {text}")) == 1


@pytest.mark.parametrize(
    "text",
    ["the ‘so-called’ order", "it’s the dogs’ dinner, isn’t it", "“The Cartographer’s Daughter”",
     'a 5" pipe', "“order”", "rock 'n' roll",
     "the flag 'is_in_port'", '<a href="https://port.example/a/b">'],
)  # fmt: skip
def test_text_that_is_not_a_quotation_is_not_read(text):
    assert quotes.read_quotes(text) == ()


def values(text):
    found = read_quantities(text, "en")
    return [one.value for one in found if not one.is_named and one.kind is not Kind.UNSURE]


def the_quantity(text):
    found, *_ = read_quantities(text, "en")
    return found


@given(st.integers(2, 10**12).filter(lambda n: not 1000 <= n <= 2100))
def test_a_figure_is_read_the_same_however_its_digits_are_grouped(n):
    english, swiss, spaced = f"{n:,}", f"{n:,}".replace(",", "’"), f"{n:,}".replace(",", "\u202f")
    plain = the_quantity(f"some {n} ships")

    for spelled in (english, swiss, spaced, english.replace(",", ".")):
        assert match(plain, the_quantity(f"some {spelled} ships")) is Match.SAME


@given(st.integers(2, 10**9), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]))
def test_the_digits_of_every_script_are_read(n, digits):
    spelled = "".join(digits[int(digit)] for digit in str(n))

    assert the_quantity(f"{spelled} y").values == the_quantity(f"{n} y").values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25k", 25_000), ("twenty-five thousand", 25_000), ("two dozen", 24), ("$1.2bn", 1.2e9),
        ("half a million", 500_000), ("two and a half million", 2.5e6), ("a hundred and five", 105),
        ("1,00,000", 100_000), ("3,5 millions", 3.5e6), ("٪۲۵", 25), ("4.7", 4.7),
    ],
)  # fmt: skip
def test_figures_are_read(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    ["in 1994", "24 June 2026", "at 02:40 UTC", "9.30am", "the 3rd of them", "G7", "A320", "F-35",
     "Covid-19", "Qwen3", "9/11", "article 9", "Boeing 737", "2018–19", "24. Juni 2026", "https://a.b/25",
     "le 24 juin", "24 de junio de 2026", "No. 4", "6-7 June", "UTC+3"],
)  # fmt: skip
def test_text_that_is_not_a_figure_is_not_read(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("said", "given", "agrees"),
    [
        ("25 per cent", "25%", True), ("25 per cent", "25 people", False), ("25%", "€25", False),
        ("about 25,000", "25,437", True), ("25,000", "25,437", False), ("more than 1,000", "1,075", True),
        ("more than 1,000", "900", False), ("nearly 900", "880", True), ("nearly 900", "950", False),
        ("more than 900", "fewer than 900", False), ("$1.2bn", "$1.23bn", True), ("$9m", "$8.6m", False),
        ("between 2 and 3 million", "2 million", True), ("$60", "€60", False), ("24", "two dozen", True),
        ("14 to 3", "14-3", True), ("14 to 5", "14 to 3", False), ("some 2,006", "2,000", False),
    ],
)  # fmt: skip
def test_rounded_figures_match_as_editors_round(said, given, agrees):
    assert (match(the_quantity(said), the_quantity(given)) is Match.SAME) is agrees
