import pytest

from web.characters import drop_controls, is_blank, settle_direction

UNWANTED = "\0\x01\x08\x0b\x0c\x0e\x1f\x7f\x80\x85\x9f\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"


@pytest.mark.parametrize("character", [*UNWANTED, "\ud800", "\U0005ffff"], ids=ascii)
def test_a_character_that_xml_or_a_database_refuses_is_dropped(character):
    assert drop_controls(f"fa{character}il") == "fail"


def test_tabs_line_ends_and_every_other_script_are_kept():
    text = "a\tb\nc\r\nd \u200b \u00a0 \u064a \U0001f30d \ufffd \ue000"

    assert drop_controls(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "\u200b", "\u200b \u2060\ufeff", "\u200f\u202e", "\u00ad", "\u3164\u115f", "\u2800",
     "\ufe0f", "\u0301", "\U000e0041", "\u00a0\u3000", "\x00"],
)  # fmt: skip
def test_a_text_that_nobody_sees_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "\u200bé", "e\u0301", "船", "🚢", "\u200f؟", "—", "$"])
def test_a_text_of_which_anything_is_seen_is_not_blank(text):
    assert not is_blank(text)


@pytest.mark.parametrize("character", "\u202a\u202b\u202c\u202d\u202e", ids=ascii)
def test_an_override_is_dropped_in_every_script(character):
    assert drop_controls(f"{character}evil{character}") == "evil"
    assert drop_controls(f"ميناء {character}كالفيرا") == "ميناء كالفيرا"


@pytest.mark.parametrize(
    "text",
    [
        "قال \u2068Reuters\u2069 إن 3 سفن",
        "שלום \u200e(Reuters)\u200e עולם",
        "25\u200f–30 سفينة",
        "\u2067عنوان\u2069\n\u2068a\u2069",
    ],
)
def test_arabic_and_hebrew_keep_the_isolates_and_marks_that_they_need(text):
    assert settle_direction(drop_controls(text)) == text


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("\u2067100 – 200\u2069 ships", "100 – 200 ships"),
        ("3\u200f - 5\u200e", "3 - 5"),
        ("\u2067ميناء", "\u2067ميناء\u2069"),
        ("ميناء\u2069 كالفيرا", "ميناء كالفيرا"),
        ("\u2067ميناء\r\nb\u2069", "\u2067ميناء\u2069\r\nb"),
    ],
)
def test_isolates_that_nothing_needs_or_closes_turn_no_other_text_around(text, settled):
    assert settle_direction(text) == settled
