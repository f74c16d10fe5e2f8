"""The clipboards of the programs that people write in. Each file is written as its program does."""

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.clipboard import TooLong, TooTangled, from_html
from articles.prose import Source, render

HERE = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in HERE.glob("*.html"))
MEGABYTE = 1024 * 1024
SOURCES = (Source(key="r1"), Source(key="t1"))
# What is markup to us, in pieces that may meet.
SIGNS = st.sampled_from([
    "[@r1]", "[", "]", "{.own}", "{.background}", "(https://a.example)", "![", "<!--", "-->", "*",
    "**", "_", "`", "```", "~~~", "#", "# ", "> ", "- ", "+ ", "1. ", "12) ", "|", "---", "===",
    "\\", "&amp;", "&lt;", "&", "<", ">", "<b>", "a", "B", "7", "é", ".", ",", " ", "\n", "x: ", ":",
    "image:1", "@r1", "!", "\xa0", "ships", "3*4*5", "“", "”",
])  # fmt: skip
TAGS = (
    "b",
    "i",
    "p",
    "li",
    "ul",
    "ol",
    "blockquote",
    "h2",
    "span",
    "td",
    "tr",
    "table",
    "br",
    "div",
)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def letters(text):
    return "".join(text.split())


def shown(markdown):
    """Return the words that readers see of Markdown, and see that nothing in it is ours."""
    prose = render(markdown, sources=SOURCES)
    assert not prose.cited
    assert not prose.unknown
    assert not prose.unknown_pictures
    assert not prose.fences
    assert {claim.voice for claim in prose.claims} <= {"bare"}
    return prose.text


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_clipboard_of_a_program_becomes_clean_markdown(program):
    html = (HERE / f"{program}.html").read_text()

    pasted = from_html(html)

    assert pasted.markdown == (HERE / f"{program}.md").read_text().rstrip("\n")


@pytest.mark.parametrize("program", PROGRAMS)
def test_markdown_of_a_clipboard_has_no_markup_left_over(program):
    pasted = from_html((HERE / f"{program}.html").read_text())

    assert render(pasted.markdown).leftovers == ()


def test_what_is_left_out_of_a_clipboard_is_named():
    pasted = from_html((HERE / "word.html").read_text())

    assert pasted.left_out == ("1 picture", "struck-through text")


@given(st.lists(SIGNS, max_size=30))
def test_signs_of_markup_in_a_paragraph_are_words(signs):
    words = "".join(signs)

    pasted = from_html(f"<p>{escaped(words)}</p>")

    assert letters(shown(pasted.markdown)) == letters(words)


@given(
    st.lists(
        st.tuples(st.sampled_from(TAGS), st.lists(SIGNS, max_size=6), st.booleans()), max_size=12
    )
)
def test_words_stay_whatever_tags_are_around_them(pieces):
    html = "".join(
        f"<{tag}>{escaped(''.join(signs))}" + (f"</{tag}>" if closes else "")
        for tag, signs, closes in pieces
    )
    # Words between the cells of a table stand before it, as in a browser.
    words = "".join("".join(signs) for _, signs, _ in pieces)

    pasted = from_html(html)

    assert sorted(letters(shown(pasted.markdown))) == sorted(letters(words))


def test_an_empty_item_of_a_list_has_no_number():
    pasted = from_html("<ol><li></li><li>Ships</li><li> </li><li>turn back</li></ol>")

    assert pasted.markdown == "1. Ships\n2. turn back"


def test_emphasis_that_could_not_work_leaves_the_words():
    pasted = from_html("<p>wait<b>(now)</b>here 3<i>4</i>5 <b> </b><i>“</i></p>")

    assert shown(pasted.markdown) == "wait(now)here 345 “"


def test_a_link_that_leads_nowhere_is_its_words():
    pasted = from_html(
        '<p><a href="javascript:alert(1)">One</a> <a href="/desk/">two</a> '
        '<a href="file:///C:/x">three</a> <a href="#top">four</a> <a>five</a></p>'
    )

    assert pasted.markdown == "One two three four five"


def test_an_address_keeps_its_host_and_what_markdown_would_end_at():
    pasted = from_html('<a href="https://пример.example/a_(b)?c=[1]&amp;copy;=2">See</a>')

    assert pasted.markdown == "[See](https://пример.example/a_%28b%29?c=%5B1%5D%26copy;=2)"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 500_000,
        "<b>" * 1_000_000,
        "<p>x" * 1_000_000,
        "<p>" + "".join(f"<b class=c{n}>" for n in range(50)) + "<p>x" * 59_000,
        "<p " + " ".join(f"a{n}" for n in range(600_000)) + ">x",
        "<p>" + " " * 1_000_000 + "x",
        "&nbsp;" * 800_000,
        "&gt; " * 60_000,
        "> " * 2_500_000,
        "<ul><li>x" * 190 + "<p>y" * 12_000,
        "<table><tr><td>" * 399 + "x",
        "<i>a</i><b>b</b> " * 12_000,
        "<!--" * 1_000_000,
        "*" * 24_000,
        "[a](" * 6_000,
        "word " * 1_000_000,
    ],
    ids=lambda html: html[:12],
)
def test_hostile_html_is_read_or_refused_within_two_seconds(html):
    before = time.process_time()

    with contextlib.suppress(TooLong, TooTangled):
        from_html(html[: 5 * MEGABYTE])

    assert time.process_time() - before < 2


def test_five_megabytes_of_word_with_the_words_of_an_article_are_read():
    paragraph = (
        "<p class=MsoNormal style='margin:0cm;" + "mso-ansi-language:EN-GB;" * 60 + "'><span "
        "lang=EN-GB>The harbour of <b>Meray</b> is closed until the tide turns.<o:p></o:p></span></p>\n"
    )
    html = paragraph * (5 * MEGABYTE // len(paragraph) - 1)

    pasted = from_html(html)

    assert pasted.markdown.count("**Meray**") == html.count("<b>")


def test_a_clipboard_of_line_ends_alone_is_refused_before_it_is_read():
    with pytest.raises(TooLong):
        from_html("<pre>" + "\t\n" * 500_000 + "</pre>")
