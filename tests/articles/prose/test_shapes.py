"""Where the words shown look like markup, and where a sign in them is meant to be seen."""

import pytest

from articles.prose.shapes import shapes, starts_with_checkbox
from articles.prose.stars import _letters_before, left_stars


def seen(words, **known):
    """Return what looks like markup: each with its kind, in the order in which it is found."""
    return [f"{shape.kind} {words[shape.start : shape.end]}" for shape in shapes(words, **known)]


@pytest.mark.parametrize(
    "run",
    [
        "f***", "F*** off", "f** off", "sh***", "bulls**t", "s**t", "12**34", "138****5678", "AA** credit",
        "A ***** review", "“***”", "*** ", "****ing", "a****", "Mot***", "2**10",
    ],
)  # fmt: skip
def test_asterisks_that_hide_or_rate_are_meant(run):
    assert list(left_stars(run)) == []


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("***", 0), ("f***", 1), ("Mot***", 3), ("abcd***", 4), ("abcdefgh***", 4), ("A f***", 1),
        ("ab*** cd", 2), ("a b***", 1), ("a–***", 0),
    ],
)  # fmt: skip
def test_letters_before_a_run_are_counted_as_far_as_that_matters(words, letters):
    assert _letters_before(words, words.index("***")) == letters


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("ships** wait", ["**"]), ("ship** wait", ["**"]), ("ships*** wait", ["**"]), ("***ships", ["**"]),
        ("** ships", ["**"]), ("**ships", ["**"]), ("abc** wait", ["**"]), ("abcd*** wait", ["**"]),
        ("船**等", ["**"]), ("ships**wait (long)**here", ["**", "**"]), ("f*** **ships", ["**"]),
        ("*“船”*等", ["*“船”*"]), ("a *b* c", ["*b*"]), ("a* b *c", []), ("5*6*7", []), ("* a *", []),
        ("_a_", ["_a_"]), ("_ships wait", ["_"]), ("__ships", ["__"]), ("ships__ wait", ["__"]), ("a_b_c", []),
        ("“_ships_”", ["_ships_"]), ("@_ada_ said", []), ("____", []), ("_ a _", []), ("(_a_)", ["_a_"]),
    ],
)  # fmt: skip
def test_signs_of_emphasis_that_emphasise_nothing_are_left(words, left):
    assert [words[start:end] for start, end in left_stars(words)] == left


def test_what_cannot_be_seen_does_not_move_the_place():
    words = "\u200bShips\u200b wait [\u200b@\u2060r\u200b1\u200b], **\u200bmen**"

    assert seen(words, keys=["r1"]) == ["mark [\u200b@", "stars **", "stars **"]
    assert seen("\u200b(@\u2060r\u200b1)", keys=["r1"]) == ["mark @\u2060r\u200b1"]


def test_brackets_are_reported_once_whatever_is_in_them():
    assert seen("[@r1 @t1] and [@r1, **t1**]", keys=["r1", "t1"]) == ["mark [@", "mark [@"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("(@harbourwire) waits", []),
        ("[see @harbourwire] waits", ["mark @harbourwire"]),
        ("[see] @harbourwire waits", []),
        ("[harbourwire] waits", []),
        ("[r1] and [R1] and [r2]", ["mark [r1]"]),
        ("[r1; r1] and [r1 r2]", ["mark [r1; r1]"]),
        ("@r1- waits, @r1_ too", ["mark @r1", "mark @r1"]),
        ("@r12 and @r1x and a@r1 and @r1.example and @r1@e.example", []),
    ],
)
def test_a_key_is_told_from_the_name_of_an_account(words, found):
    assert seen(words, keys=["r1", "harbourwire"]) == found


def test_without_sources_no_key_is_shown():
    assert seen("Ada (@r1) waits [r1]") == []


def test_a_pair_of_brackets_with_a_paragraph_between_is_no_markup():
    near, far = "a" * 198, "a" * 199

    assert seen(f"[[{near[2:]}]]") == [f"link [[{near[2:]}]]"]
    assert seen(f"[[{far[2:]}]]") == []


def test_an_arrow_is_the_end_of_a_comment_only_after_one():
    assert seen("a --> b") == []
    assert seen("a --> b", follows_comment=True) == ["uncommented -->"]


@pytest.mark.parametrize(
    ("words", "length"), [("[ ] a", 3), ("[x] a", 3), ("[] a", 2), ("[x]a", 0), ("a [x] b", 0)]
)
def test_a_checkbox_starts_a_block(words, length):
    assert starts_with_checkbox(words) == length


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("![a]", ["picture ![a]"]), ("a![a]", []), ("[a]", []), (" ![a](b)", ["link ]("]), ("!![a]", ["picture ![a]"]),
        ("^[a]", ["footnote ^[a]"]), ("10^[2]", []), ("[^a]", ["footnote [^a]"]), ("[^a b]", []),
        ("[Ships][1]", ["link [Ships][1]"]), ("[1][2]", []), ("[Ships][]", ["link [Ships][]"]),
        ("[Ships][sic]", []), ("{Ships}[1]", []), ("{{Ships}}", ["signs {{Ships}}"]),
        ("{.own}", ["voice {.own}"]), ("{5}", []), ("] {5}", []), ("[a]{5}", ["voice ]{5}"]), ("{own}", ["voice {own}"]),
        ("[.own]", ["voice [.own]"]), ("[own]", []), ("{.own", ["voice {.own"]), ("{.ownership", []),
        ("[/b]", ["tag [/b]"]), ("{/b}", []), ("<b>", ["tag <b>"]), ("<b c>", []), ("<b c=d>", ["tag <b c=d>"]),
        ("<b />", ["tag <b />"]), ("x <y and z> 2", []), ("<!a>", ["uncommented <!a>"]), ("< ! a", []),
        ("&amp;", ["entity &amp;"]), ("&#65;", ["entity &#65;"]), ("&xyz;", []), ("R&D;", []), ("&nbsp a", ["entity &nbsp"]),
        ("| a | b |", ["table | a | b |"]), ("| a |", []), ("a | b", []), ("|--|--|\n|--|", ["table |--|--|"]),
        ("a\n# b", ["heading # "]), ("a # b", []), ("##a", ["heading ##"]), ("a. ## B", ["heading ## "]), ("## 5", ["heading ## "]),
        ("a == b", []), ("~~a~~", ["signs ~~a~~"]), ("a~~b~~", []), ("::: own", ["signs ::: own"]), (":::", ["signs :::"]),
    ],
)  # fmt: skip
def test_a_shape_is_told_from_a_sign_that_is_meant(words, found):
    assert seen(words) == found


def test_a_group_after_a_bracket_that_closes_nothing_is_no_voice():
    assert seen("a]{.b2} c") == ["voice ]{.b2}"]
