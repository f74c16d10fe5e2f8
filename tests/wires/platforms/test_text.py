import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wires.platforms.base import Media
from wires.platforms.languages import language_of, tag_of
from wires.platforms.text import (
    LONGEST_TITLE,
    LONGEST_TITLE_CODE_POINTS,
    MOST_MARKS,
    graphemes,
    line_of,
    title_of,
    title_or_stand_in,
    words,
)

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
FAMILY = "👩\u200d👩\u200d👧\u200d👦"
ODD = st.text(
    alphabet=st.characters()
    | st.sampled_from(
        "\u202e\u200b\u200d\u200c\ufe0f\u0301\u0489\x00\n\u2028<>&;\U000e0067\U000e007f🏴👩é"
    ),
    max_size=400,
)


def is_forbidden(character, around):
    if character in "\u200c\u200d":
        return False
    if "\U000e0020" <= character <= "\U000e007f":
        return "🏴" not in around
    code = ord(character)
    noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return noncharacter or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(ODD)
@example("a" + "\u0301" * 30 + "\u200b\u0301")
@example("🏴" * 300)
@example("\u0958\u200b\u093c")
@settings(deadline=None, max_examples=500)
def test_a_cleaned_line_is_safe_short_and_idempotent(text):
    line = line_of(text)

    assert line_of(line) == line
    assert not any(is_forbidden(character, line) for character in line)
    assert len(list(graphemes(line))) <= LONGEST_TITLE
    assert len(line) <= LONGEST_TITLE_CODE_POINTS
    assert unicodedata.is_normalized("NFC", line)
    assert line == " ".join(line.split())
    marks = 0
    for character in line:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        assert marks <= MOST_MARKS


@given(ODD)
@settings(deadline=None, max_examples=300)
def test_a_title_is_a_safe_line_and_idempotent_without_entities(text):
    title = title_of(text)

    assert line_of(title) == title
    if "&" not in title and "<" not in title:
        assert title_of(title) == title


@given(ODD)
@settings(deadline=None, max_examples=200)
def test_graphemes_join_back_to_the_text(text):
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("AT&amp;amp;amp;T", "AT&amp;T"),
        ("<b>Bold</b> claim", "Bold claim"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("Line<br>break<p>and more</p>", "Line break and more"),
        ("History of the &lt;blink&gt; tag", "History of the <blink> tag"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<script>alert(1)</script>Safe", "Safe"),
        ("<img src=x onerror=alert(1)>Safe", "Safe"),
        ('<a title="a > b" href="x">Safe</a>', "Safe"),
        ("<!-- hidden -->Safe", "Safe"),
        ("A\u00a0B\u2028C\tD\x00E", "A B C D E"),
        ("in\u00advisible\u200b \ufeffmarks", "invisible marks"),
        ("\u202eevil\u202c txt\u2066.exe\u2069", "evil txt.exe"),
        ("e" + "\u0301" * 40, "\u00e9" + "\u0301" * MOST_MARKS),
        (f"{FAMILY} {ENGLAND} 🇲🇱 ☺️ 👋🏽", f"{FAMILY} {ENGLAND} 🇲🇱 ☺️ 👋🏽"),
        ("x\U000e0067\U000e0062y", "xy"),
        ("&#xD83D;&#xDE00; &#55357;", "😀 \ufffd"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("رويترز Reuters 2026", "رويترز Reuters 2026"),
        ("中央银行宣布加息", "中央银行宣布加息"),
        ("BREAKING: ALL CAPS", "BREAKING: ALL CAPS"),
        ("https://paper.example/a", "https://paper.example/a"),
        ("\u200d\u0301 \u3164", ""),
        ("&nbsp;", ""),
        ("&j;", ""),
        ("&amp;j; &l9;", ""),
        ("Q&j;A", "Q&j;A"),
        ("AT&T;", "AT&T;"),
    ],
)
def test_a_raw_title_is_cleaned_to_plain_text(raw, title):
    assert title_of(raw) == title


def test_a_long_title_of_one_word_is_cut_between_graphemes():
    assert line_of("x" * 5000) == "x" * (LONGEST_TITLE - 1) + "…"
    assert line_of("🇲🇱" * 300) == "🇲🇱" * (LONGEST_TITLE - 1) + "…"
    assert line_of(FAMILY * 300) == FAMILY * (LONGEST_TITLE_CODE_POINTS // len(FAMILY)) + "…"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one two three", "one two…"),
        ("one two, three", "one two…"),
        ("one two thr", "one two thr"),
        ("one twofold three", "one twofol…"),
        ("one two … three", "one two…"),
        ("----------------", "----------…"),
        ("один два три", "один два…"),
    ],
)
def test_a_long_title_is_cut_between_words_with_an_ellipsis(text, line):
    assert line_of(text, longest=11) == line


@given(
    st.text(alphabet="aé世🇲🏴\u0301\u200d ,…-", max_size=120)
    | st.lists(st.text("aé世", min_size=1, max_size=9), max_size=40).map(" ".join),
    st.integers(min_value=12, max_value=60),
)
@settings(deadline=None, max_examples=500)
def test_a_truncated_line_is_a_short_idempotent_prefix(text, longest):
    whole = line_of(text)

    line = line_of(text, longest=longest)

    assert len(list(graphemes(line))) <= longest
    assert line_of(line, longest=longest) == line
    if line != whole:
        assert line.endswith("…")
        assert whole.startswith(line.removesuffix("…"))


def test_an_html_title_is_cut_between_words():
    title = title_of("<b>The harbour</b> &amp; " + "the ferries " * 40)

    assert title.startswith("The harbour & the ferries")
    assert title.endswith((" the…", " ferries…"))
    assert LONGEST_TITLE - len("ferries") <= len(title) <= LONGEST_TITLE


def test_a_post_without_a_title_takes_its_text_or_media_as_title():
    photo, video = Media(kind="photo"), Media(kind="video")

    assert title_or_stand_in("T", "words", [photo]) == "T"
    assert title_or_stand_in("", "One\ntwo " + "x" * 200, [photo]) == "One two " + "x" * 112 + "…"
    assert title_or_stand_in("", "\u200b", [video, photo]) == "[photo]"
    assert title_or_stand_in("", "", [Media(kind="sticker")]) == "[sticker]"
    assert title_or_stand_in("", "") == "[no text]"


def test_text_keeps_line_breaks_and_drops_invisible_characters():
    assert words(" a\r\nb\x00\u202ec\u2028d\te ") == "a\nbc\nd\te"


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en", "Central bank raises rates", "en"),
        ("en_US", "Central bank", "en-US"),
        ("ZH-hans-cn", "中央银行", "zh-Hans-CN"),
        ("fr-FR", "السلطات تعلن", "und"),
        ("ar", "Authorities announce", "und"),
        ("ar", "رويترز: السلطات (Reuters) تعلن", "ar"),
        ("sr-Latn", "Vlada je saopštila", "sr-Latn"),
        ("sr", "Град гори", "sr"),
        ("ja", "2026年の予算", "ja"),
        ("ru", "12:40", "ru"),
        ("", "Central bank", ""),
        ("english please", "Central bank", ""),
    ],
)
def test_a_declared_language_is_trusted_unless_the_script_contradicts_it(declared, text, language):
    assert language_of(declared, text) == language


def test_language_tags_get_their_usual_case():
    assert tag_of(" PT_br ") == "pt-BR"
    assert tag_of("x" * 40) == ""


def test_a_body_used_as_title_is_cut_between_words_with_an_ellipsis():
    body = (
        "The harbour master of Calvera has ordered every vessel above twenty thousand tonnes " * 3
    )

    title = title_or_stand_in("", body)

    assert title.endswith("…")
    assert body.startswith(title.removesuffix("…") + " ")
    assert len(title) <= 121


def test_a_short_body_is_used_as_title_uncut():
    assert title_or_stand_in("", "The harbour\nis closed.") == "The harbour is closed."


def test_a_single_very_long_word_is_cut_at_the_limit():
    assert title_or_stand_in("", "a" * 400) == "a" * 120 + "…"
