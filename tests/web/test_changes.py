import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.changes import LONGEST_KEPT, REWRITTEN, Change, compare, fit

# The maximum of Python lines run for one comparison; they take about 0.1 s.
MOST_LINES = 800_000
LONG = 300_000


class TooMuchWork(Exception):
    pass


def lines_run(act):
    """Return the number of Python lines run by a call. Raises TooMuchWork above the maximum."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        if count > MOST_LINES:
            raise TooMuchWork
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def joined(changes, *kinds):
    return "".join(change.text for change in changes if change.kind in kinds)


def test_a_comparison_shows_removed_and_added_words():
    changes = compare("Tracks show nine grain carriers.", "Tracks show twelve grain carriers.")

    assert changes == [
        ("same", "Tracks show "),
        ("gone", "nine"),
        ("new", "twelve"),
        ("same", " grain carriers."),
    ]


def test_equal_texts_have_no_changes():
    assert compare("The harbour is closed.", "The harbour is closed.") == []


def test_a_change_of_white_space_is_not_a_change():
    assert compare("The harbour is\n closed.", "The  harbour is closed. ") == []


def test_a_text_with_nothing_in_common_is_one_change():
    changes = compare("The harbour is closed.", "Pilots of the port will strike.")

    assert changes == [
        ("gone", "The harbour is closed"),
        ("new", "Pilots of the port will strike"),
        ("same", "."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("one two three", "one three", [("same", "one "), ("gone", "two "), ("same", "three")]),
        ("one three", "one two three", [("same", "one "), ("new", "two "), ("same", "three")]),
        ("one two", "one", [("same", "one"), ("gone", " two")]),
        ("one", "one two", [("same", "one"), ("new", " two")]),
        ("two one", "one", [("gone", "two "), ("same", "one")]),
        ("one", "two one", [("new", "two "), ("same", "one")]),
        ("", "one", [("new", "one")]),
        ("one", "", [("gone", "one")]),
    ],
)
def test_words_added_or_removed_keep_their_spaces(before, after, changes):
    assert compare(before, after) == changes


def test_a_number_is_compared_as_one_word():
    changes = compare("Over 20,000 tonnes", "Over 25,000 tonnes")

    assert changes[1:3] == [("gone", "20,000"), ("new", "25,000")]


def test_an_ideograph_is_compared_as_one_word():
    changes = compare(
        "港湾当局は大型船の航行を七月二日まで停止した",
        "港湾当局は大型船の航行を八月二日まで停止した",
    )

    assert changes[1:3] == [("gone", "七"), ("new", "八")]


@pytest.mark.parametrize("word", ["बंदरगाह", "مُغلَق", "cafe\u0301", "👩\u200d🚒"])
def test_a_combining_mark_stays_with_its_word(word):
    changes = compare(f"It says {word[:-1]}", f"It says {word}")

    assert changes[-2:] == [("gone", word[:-1]), ("new", word)]


def test_a_long_text_shows_whole_words_around_the_change_with_their_spaces():
    before = "word " * 500 + "nine " + "other " * 500
    after = "word " * 500 + "twelve " + "other " * 500

    first, removed, new, last = compare(before, after)

    assert (removed, new) == (Change("gone", "nine"), Change("new", "twelve"))
    assert first.text.startswith("…word ")
    assert first.text.endswith(" word ")
    assert last.text.startswith(" other ")
    assert last.text.endswith(" other…")


def test_unchanged_words_between_two_changes_keep_the_spaces_at_both_ends():
    before = "nine " + "word " * 100 + "closed"
    after = "twelve " + "word " * 100 + "open"

    same = compare(before, after)[2].text

    assert same.startswith(" word")
    assert "word… word" in same
    assert same.endswith("word ")


def test_a_long_deletion_leaves_room_for_added_words():
    changes = compare("gone " * 200, "A new sentence stands here.")

    assert [change.kind for change in changes] == ["gone", "new"]
    assert changes[1].text == "A new sentence stands here."


def test_a_paragraph_added_to_a_long_text_is_shown():
    changes = compare("word " * 5_000 + "end.", "word " * 5_000 + "end. " + "More words. " * 500)

    assert changes[1].kind == "new"
    assert changes[1].text.startswith(" More words.")


TEXT = st.lists(st.sampled_from([*"abc,.港湾", " ", "\n", "d e", "20,000", "e\u0301"]), max_size=24)


@given(TEXT, TEXT)
@example(["a", " ", "b"], ["a"])
def test_a_comparison_joins_back_to_both_texts(before, after):
    before, after = "".join(before), "".join(after)

    changes = compare(before, after)

    if changes:
        assert joined(changes, "same", "new") == after.strip()
        assert "".join(joined(changes, "same", "gone").split()) == "".join(before.split())


@given(st.text(max_size=900), st.text(max_size=900), st.integers(0, LONGEST_KEPT))
def test_a_comparison_keeps_to_its_length_limit(before, after, length):
    changes = compare(before, after)

    assert len(joined(changes, "same", "gone", "new")) <= LONGEST_KEPT
    assert len(joined(fit(changes, length), "same", "gone", "new")) <= length


def test_a_comparison_cut_to_unchanged_words_is_not_shown():
    changes = compare("The harbour is closed now", "The harbour is closed again")

    assert fit(changes, 10) == []


def numbered(letter, count):
    return " ".join(f"{letter}{n}" for n in range(count))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(numbered("a", 50_000), numbered("b", 50_000), id="all words distinct"),
        pytest.param(numbered("a", 1_500), numbered("b", 1_500), id="1,500 words distinct"),
        pytest.param("a " * 100_000, "a " * 99_990 + "b", id="one word repeated"),
        pytest.param("b " + "a " * 4_900, "a " * 4_800 + "b", id="one word repeated, moved"),
        pytest.param("ab " * 3_000 + "x", "y " + "ba " * 3_000, id="two words in turn"),
        pytest.param("x" * LONG, "y" * LONG, id="no spaces"),
        pytest.param(".," * 4_900, ",,." * 3_200, id="punctuation"),
        pytest.param("港" * LONG, "湾" * LONG, id="ideographs"),
        pytest.param("港湾" * 4_900, "湾湾港" * 3_200, id="ideographs in turn"),
        pytest.param("a" + "\u0301" * LONG, "a" + "\u0302" * LONG, id="marks"),
        pytest.param("\u0301e" * 4_900, "e\u0301\u0301" * 3_200, id="marks in turn"),
        pytest.param("a" + " " * LONG + "b", "a" + "\n" * LONG + "c", id="spaces"),
    ],
)
def test_a_comparison_takes_a_bounded_number_of_steps(before, after):
    assert lines_run(lambda: compare(before, after)) < MOST_LINES


def test_a_long_rewritten_text_is_reported_as_rewritten():
    assert compare(numbered("a", 3_000), numbered("b", 3_000)) == [REWRITTEN]


def test_the_rewritten_marker_fits_any_length_limit():
    assert fit([REWRITTEN], 0) == [REWRITTEN]
