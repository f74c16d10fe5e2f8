import pytest

from articles.clipboard import TooLong, paragraphs

WRAPPED = """\
The harbour of Meray stays closed until the tide turns, which is not
expected before the evening, the port authority says. The pilots have
been told, and no ship may leave before they are on board.

A second paragraph is wrapped at the same width, as programs for mail
do it.
"""


def test_lines_of_prose_become_paragraphs():
    text = (
        "The harbour of Meray is closed.\r\n"
        "Nobody leaves today, the port authority said in a notice that it published on Monday.\r\n"
        "The gates stay shut.\r\n12. ships wait.\rThe pilots were told.\u2029It rains."
    )

    made = paragraphs(text)

    assert made.count("\n\n") == 5
    assert made.replace("\n\n", "\n") == text.replace("\r\n", "\n").replace("\r", "\n").replace(
        "\u2029", "\n"
    )


def test_mail_that_a_program_wrapped_is_joined():
    made = paragraphs(WRAPPED)

    first, second = made.split("\n\n")
    assert "\n" not in first + second
    assert first.startswith(
        "The harbour of Meray stays closed until the tide turns, which is not exp"
    )


def test_verse_keeps_its_lines():
    made = paragraphs("The tide comes in\nand the tide goes out\nand nobody leaves the quay")

    assert made == "The tide comes in\\\nand the tide goes out\\\nand nobody leaves the quay"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Closed:\n- Meray\n- Tolan\nOpen.", "Closed:\n- Meray\n- Tolan\n\nOpen."),
        ("\u2022\tMeray\n\u2022\tTolan", "- Meray\n- Tolan"),
        ("1. Meray\n2. Tolan", "1. Meray\n2. Tolan"),
        ("> quoted\n> words", "> quoted\n> words"),
        ("| a | b |\n| - | - |\n| c | d |", "| a | b |\n| - | - |\n| c | d |"),
    ],
    ids=["list in prose", "bullets", "numbers", "quotation", "table"],
)
def test_lines_of_a_list_a_quotation_or_a_table_stay(text, wanted):
    assert paragraphs(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The harbour is closed [@r1].\n\n## Later\n\n[We think so]{.own} *today*.\n\n- one\n- two",
        "```\ncode\nstays\n```\n\nWords.",
        "One\\\ntwo",
        "<!-- to the desk:\nask Ada -->\nWords.",
    ],
    ids=["marks and voices", "fence", "hard break", "comment"],
)
def test_text_of_the_desk_that_is_copied_and_pasted_stays_as_it_was(text):
    assert paragraphs(text) == text


def test_more_plain_text_than_an_article_holds_is_refused():
    with pytest.raises(TooLong):
        paragraphs("x\n" * 2_000_000)
