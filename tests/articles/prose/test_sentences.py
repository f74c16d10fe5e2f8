from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.prose.sentences import split


def sentences(text, ends=()):
    return [text[start:end] for start, end in split(text, ends=ends)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The order came.", "It named no one."],
        ["The U.S. Treasury said so.", "The U.K. Home Office did not."],
        ["He left the U.S.", "The ministry said nothing."],
        ["Mr. Orr and Dr. Ines Vale met Gen. Hale in St. Ansel.", "They talked."],
        ["See No. 4 of the list.", "It is short."],
        ["Was it so?", "No.", "The ministry denied it."],
        ["It rose 3.5 per cent to 1.2bn.", "It fell by .5 later."],
        ["Small firms, e.g. Halvard Energi, i.e. the owner, waited."],
        ["It began at 9 a.m. and ended at 5 p.m.", "The crews went home."],
        ["J. K. Orr and A.B. Vale signed.", "C. Hale did not."],
        ["They chose plan B.", "The rest is known."],
        ["It was signed on Jan. 5 and on Sept. 24.", "Nobody came."],
        ["“It is over.”", "He left."],
        ['"Is it over?" he asked.', '"No."', "She left."],
        ["(It was late.)", "They slept."],
        ["Wait...", "The ship turned."],
        ["They waited … and waited."],
        ["It was in 2024.", "25 ships came."],
        ["Acme Inc. and Orr Ltd. Holdings merged.", "Shares rose!", "Why?!", "Nobody knows."],
        ["The paper, at https://example.org/a.b?c=d.e, says so.", "Read it."],
        ["1. Foo is an item.", "Bar is not."],
        ["هل وصلت السفن؟", "نعم، وصلت السفينة أمس.", "لم يرد الميناء."],
        ["کیا یہ سچ ہے؟", "جی ہاں\u06d4", "وہ آئے\u06d4"],
        ["وزارت راه نوشت.", "وزیر آمد."],
        ["Am 24. Juni kam der Brief.", "Er war kurz."],
        ["¿Llegaron los barcos?", "Sí.", "El Sr. Orr lo dijo."],
        ["Ships wait 🚢.", "👩‍👩‍👧 They wait."],
        ["One line\nof text."],
        ["He said that.", "“We go,” she said."],
        ["The accord holds.", "iPhone sales fell."][:1]
        and ["The accord holds. iPhone sales fell."],
    ],
)
def test_a_text_is_cut_into_its_sentences(parts):
    assert sentences(" ".join(parts)) == parts


def test_chinese_and_japanese_sentences_need_no_space():
    text = "船は来た。「もう終わりだ。」誰も答えない\uff01次は\uff1f"

    assert sentences(text) == [
        "船は来た。",
        "「もう終わりだ。」",
        "誰も答えない\uff01",
        "次は\uff1f",
    ]


def test_a_mark_after_an_abbreviation_ends_the_sentence():
    text = "The order came from the U.S. Reuters had it first."

    assert sentences(text) == [text]
    assert sentences(text, ends=[len("The order came from the U.S.")]) == [
        "The order came from the U.S.",
        "Reuters had it first.",
    ]


def test_punctuation_alone_is_not_a_sentence():
    assert sentences("… 🚢 !") == []
    assert sentences("It came. ! 🚢") == ["It came. ! 🚢"]


@given(st.text())
@example("a.\u2028B")
@example(". . . A")
def test_sentences_cover_every_letter_and_never_overlap(text):
    spans = split(text)

    inside = "".join(text[start:end] for start, end in spans)
    assert [c for c in inside if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    "parts",
    [
        ["… It came.", "They left."],
        ["! It came."],
        ["It came. !", "They left."],
        ["It came. ! ?", "They left."],
        ["“Stop!” – “not yet”, he cried.", "They left."],
        ["Is it over? \u200f(and why).", "They left."],
        ["Is it in the U.S.?", "Reuters says so."],
        ["Was it Mr.?", "Orr says so."],
        ["They spoke for “the U.S.” Reuters had it first."],
        ["They spoke for “the U.S.”", "The ministry did not."],
        ["100. Foo is an item.", "Bar is not."],
        ["1000.", "Foo is no item."],
        ["They saw 12.", "Bar saw none."],
        ["Am 24. Juni kam er.", "Am 5. Mai ging er."],
        ["Es waren 124.", "Juni war es auch."],
        ["It rose in Jan. 5 of them saw it.", "In Jan. they left."],
        ["No. 5 of them saw it.", "No.", "Five did."],
        ["He met Prof. Orr.", "They left."],
        ["J. K. Orr signed."],
        ["J.K. Orr signed."],
        ["The vote was on plan J.K.", "The rest is known."],
        ["Read ab.cd.", "Orr wrote it."],
        ["Acme Co. Orr merged.", "Acme Co.", "However, it did not."],
        ["It ended at 5 p.m.", "Asked why, he left."],
        ["Wait for the U.S.", "Its men left."],
        ["船は来た。", "iPhone は来ない。"],
        ["He left\u2026 and came.", "He left\u203d", "So did she."],
        ["Sí\u0964", "No\u0964"],
    ],
)
def test_a_text_is_cut_on_this_side_of_each_rule_and_not_on_that(parts):
    text = " ".join(parts).replace("。 ", "。")

    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        (" \n ", ()),
        ("  One.  Two ", ((2, 6), (8, 11))),
        ("One.\n\nTwo.\n", ((0, 4), (6, 10))),
        ("🚢 One. 👩‍👩‍👧 Two.", ((0, 6), (7, 17))),
        ("هل؟ نعم.", ((0, 3), (4, 8))),
    ],
)
def test_a_sentence_begins_and_ends_at_its_own_signs(text, spans):
    assert split(text) == spans


def test_a_title_before_a_mark_ends_the_sentence_and_one_elsewhere_does_not():
    text = "It was Dr. Vale and Dr. Orr."

    assert split(text, ends=[10]) == ((0, 10), (11, 28))
    assert split(text, ends=[9, 11]) == ((0, 28),)


def test_an_abbreviation_is_looked_for_no_further_back_than_it_can_be_long():
    word = "a" * 23 + "."

    assert sentences(f"Dr. {word} Orr.") == [f"Dr. {word}", "Orr."]
    assert sentences("x" * 30 + "-mr. Orr.") == ["x" * 30 + "-mr.", "Orr."]
