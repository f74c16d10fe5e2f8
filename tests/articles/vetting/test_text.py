"""A text as its reader sees it: what cannot be seen is gone, and offsets lead back."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.vetting.text import View
from benchmarks.hostile import BODIES

TRICKY = st.text(
    alphabet="aB1 \n\t\u00a0\u200b\u202e“”‘’«»\"'`\u00b4-–—…[].,é\u0301ﬁßİ٣٬½²㎏\u06f5\U000e0035ガﾞ",
    max_size=60,
)


def folded(text):
    return View.of(text).folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Wait”", '"wait"'),
        ("it’s", "it's"),
        ("it\u00b4s", "it`s"),
        ("❝Wait❞", "「wait」"),
        ("a\u00a0b", "a  b"),
        ("a \u200b b", "a b"),
        ("a\nb", "a b"),
        ("a — b", "a - b"),
        ("a -- b", "a – b"),
        ("wa\u200bit\ufe0f", "wait"),
        ("25\U000e0035,000", "25,000"),
        ("2\u00ad5", "25"),
        ("\uff12\uff15\uff0c\uff10\uff10\uff10", "25,000"),
        ("٢٥٬٤٣٧", "25,437"),
        ("ﬁsh", "fish"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("STRASSE", "straße"),
    ],
)
def test_two_spellings_of_the_same_words_fold_equally(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will not wait", "We will wait"),
        ("4½ years", "41/2 years"),
        ("10² m", "102 m"),
        ("1.5", "15"),
        ("a b", "ab"),
        ("résumé", "resume"),
    ],
)
def test_two_different_texts_fold_differently(one, other):
    assert folded(one) != folded(other)


def test_the_text_keeps_capitals_marks_and_the_ends_of_lines():
    view = View.of("“Wait” – he\u200b said.\n\nSecond  line")

    assert view.text == "“Wait” – he said.\nSecond line"
    assert view.folded == "'wait' - he said. second line"


def test_a_letter_and_its_marks_are_located_together():
    view = View.of("cafe\u0301 2\u200b5")

    assert view.text == "café 25"
    assert view.locate(3, 4) == (3, 5)
    assert view.excerpt(5, 7) == "2\u200b5"


@given(st.one_of(st.text(), TRICKY))
def test_text_and_folded_text_are_equally_long_and_lead_back_to_their_source(source):
    view = View.of(source)

    assert len(view.text) == len(view.folded)
    places = [view.locate(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= start < end <= len(source) for start, end in places)
    assert places == sorted(places)


@example("-\U000e0000-")
@example("a-\ufe58-b")
@example("a \u00b8 \u00a8")
@example("\r\u02d8")
@given(st.one_of(st.text(), TRICKY))
def test_folding_twice_changes_nothing(source):
    once = folded(source)

    assert folded(once) == once


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=30), TRICKY)
def test_words_are_found_where_they_stand(before, after):
    source = f"{before} harbour closed. {after}"
    at = folded(source).index("harbour closed.")

    start, end = View.of(source).locate(at, at + len("harbour closed."))

    assert folded(source[start:end]) == "harbour closed."


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_text_is_seen_whole(name):
    source = BODIES[name](3_000)

    view = View.of(source)

    assert len(view.text) == len(view.folded)
    assert len(view.text) <= 20 * len(source)


def test_marks_without_end_on_one_letter_are_cut():
    source = "a" + "\u0301\u0323" * 5_000 + " b"

    view = View.of(source)

    assert view.text.endswith(" b")
    assert len(view.text) < 40
    assert unicodedata.is_normalized("NFC", view.text)
