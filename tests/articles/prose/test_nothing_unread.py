"""The checks read everything that readers see of a body, with any markup."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.prose import Picture, Source, render, without_comments

SOURCES = (Source(key="r1", number=1),)
QUAY = Picture(id=3, url="/media/a.png", alt="", credit="", width=4, height=3)
PARTS = (
    "Forty bribes were paid", "He left at 9. She stayed", "12. ships", "3) piers", "`250 died`",
    "```", "~~~ text", "````", "\t", "    ", "> ", ">\t", "- ", "* ", "1. ", "2. ", "# ", "#### ",
    "\n", "\n\n", "\r\n", "\r\n\r\n", "| a | b |\n|---|---|\n| 40 | 50 |\n", "|", "---", "===",
    "[@r1]", "[@r1", "[We wait]{.own}", "{.Own}", "**bold**", "*thin", "_", "`", "``",
    "[words](https://e.example/ \"title\")", "[words](e.example)", "[words](https://e.example/a b)",
    "[words][ref]", "[ref]: https://e.example/ \"Title words\"", "[^1]", "[^1]: a note",
    "![alt](image:3 \"Caption of 40\")", "![alt](https://e.example/a.png)", "<https://e.example/>",
    "<b>bold</b>", "<div>\nblock\n</div>", "<!-- he is guilty -->", "<!--", "-->", "&amp;", "&#65;",
    "\\*", "\\", "\u201cI lied\u201d", "é\u0301", "٢٥", "\u200b", ".", "?", " ",
)  # fmt: skip


class Seen(HTMLParser):
    """Collects the visible text of a page, except marks and voice labels."""

    def __init__(self, html):
        super().__init__()
        self.words, self.around = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "hr", "img"}:
            self.around.append(tag + dict(attrs).get("class", ""))

    def handle_endtag(self, tag):
        self.around.pop()

    def handle_data(self, data):
        if not {"supcite", "spanvoice__label"} & {*self.around}:
            self.words.append(data)


def letters(*texts):
    return Counter(letter for text in texts for letter in text if letter.isalnum())


def read_by_the_checks(prose):
    return letters(*(part.text for part in (*prose.claims, *prose.headings)))


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
@example("The harbour is closed [@r1].\n\n\tThe minister took forty bribes.")
@example("```\nThe harbour is closed [@r1].\n\nForty bribes were paid.")
@example("- a\n\n\t  forty\n\n> ```\n> bribes\n")
def test_the_checks_read_all_text_that_readers_see(body):
    prose = render(body, sources=SOURCES, pictures={3: QUAY})

    assert letters(*Seen(prose.html).words) - read_by_the_checks(prose) == Counter()


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_every_part_of_the_prose_has_offsets_within_the_body(body):
    prose = render(body, sources=SOURCES, pictures={3: QUAY})

    for part in (*prose.claims, *prose.headings, *prose.fences, *prose.leftovers):
        assert 0 <= part.start <= part.end <= len(body)


@pytest.mark.parametrize("indent", ["\t", "    ", "        ", " \t"])
def test_an_indented_paragraph_is_not_a_code_block(indent):
    body = f"The harbour is closed [@r1].\n\n{indent}Forty bribes were paid [@r1]."
    prose = render(body, sources=SOURCES)

    assert "<pre>" not in prose.html
    assert [body[claim.start : claim.end] for claim in prose.claims] == [
        "The harbour is closed [@r1].",
        "Forty bribes were paid [@r1].",
    ]


@pytest.mark.parametrize("close", ["", "\n```", "\r\n```\r\n"])
def test_the_text_of_a_code_fence_is_checked_and_shown_verbatim(close):
    body = f"Calm.\n\n```\nForty *bribes*.\nPaid [@r1].{close}"
    prose = render(body, sources=SOURCES)
    [fence] = prose.fences

    assert "<pre><code>" in prose.html
    assert [claim.text for claim in prose.claims] == ["Calm.", "Forty *bribes*.", "Paid [@r1]."]
    assert [claim.keys for claim in prose.claims] == [(), (), ()]
    assert body[prose.claims[1].start : prose.claims[1].end] == "Forty *bribes*."
    assert body[fence.start : fence.end].startswith("```\nForty")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("It is closed [@r1]. <!-- is he guilty? -->", "It is closed."),
        ("It is <!-- very\n\nmuch --> closed.", "It is closed."),
        ("<!-- a -->\n\nIt is closed.", "It is closed."),
        ("`<!-- a -->`It is closed.", "It is closed."),
        ("It is closed. <!-- a\n\nIt is calm.", "It is closed.It is calm."),
    ],
)
def test_a_comment_is_never_shown(body, shown):
    prose = render(body, sources=SOURCES)
    seen = "".join(Seen(prose.html).words)

    assert re.sub(r"\s+", " ", seen).replace(". It", ".It").replace("``", "").strip() == shown


def test_a_claim_after_a_comment_keeps_its_offsets():
    body = "It is <!-- the\r\nquay -->closed.\r\nThe quay is calm."
    claims = render(body).claims

    assert [body[claim.start : claim.end] for claim in claims][1] == "The quay is calm."
    assert without_comments(body)[claims[0].start : claims[0].end].split() == [
        "It",
        "is",
        "closed.",
    ]


@pytest.mark.parametrize(
    ("body", "claims"),
    [
        ("12. ships turned back [@r1].", ["12. ships turned back."]),
        ("Calm.\n\n3) piers burnt.", ["Calm.", "3) piers burnt."]),
        ("1985. It was calm.", ["1985.", "It was calm."]),
        ("1. one\n2. two", ["one", "two"]),
        ("1. alone", ["alone"]),
        ("3. three\n4. four", ["three", "four"]),
        ("3. three\nor so\n4. four", ["three or so", "four"]),
        ("2. ships turned back.", ["2. ships turned back."]),
        ("4. four\n\nCalm.\n\n3. three", ["4. four", "Calm.", "3. three"]),
        ("3. three\n\n   more\n\n4. four", ["three", "more", "four"]),
    ],
)
def test_a_single_number_at_a_line_start_is_not_a_list(body, claims):
    assert [claim.text for claim in render(body, sources=SOURCES).claims] == claims


@pytest.mark.parametrize(
    ("body", "kind", "shown"),
    [
        ("The [quay](https://e.example/a b) is closed.", "link", "]("),
        ("The [quay](www.e.example) is closed.", "address", "quay"),
        ("The [*quay*](www.e.example) is closed.", "address", "quay"),
        ("[We think so.] {.own}", "voice", "] {.own}"),
        ("[We think so.]{.Own}", "voice", "]{.Own}"),
        ("[We think so.\n\nIt will last.]{.own}", "voice", "]{.own}"),
        ("It is closed [@r1", "mark", "[@"),
        ("It is <b>closed.", "tag", "<b>"),
        ("It is ** closed.", "stars", "**"),
        ("12. ships turned back.", "number", "12."),
        ("It is closed. <!-- ask", "comment", "<!-- ask"),
    ],
)
def test_broken_markup_is_reported_as_a_leftover(body, kind, shown):
    [leftover] = render(body, sources=SOURCES).leftovers

    assert (leftover.kind, leftover.text) == (kind, shown)
    assert body[leftover.start : leftover.end] == shown


@pytest.mark.parametrize(
    "body",
    [
        "`a](b)` and \\*\\* and `<b>`", "[We wait.]{.own} [@r1]", "A [quay](/wire/) and **bold**.",
        "1. one\n2. two", "5 < 6 and 7 > 3", "[the treaty] held", "<!-- a --> It is closed.",
        "![alt](image:3)", "See [it](https://e.example/a_(b)).", "# 12. The quay",
    ],
)  # fmt: skip
def test_valid_markup_and_literal_signs_are_not_reported_as_leftovers(body):
    assert render(body, sources=SOURCES, pictures={3: QUAY}).leftovers == ()
