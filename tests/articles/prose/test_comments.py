"""Comments: notes to the desk, in bodies and in captions."""

import pytest

from articles.prose import drop_comments, render, render_note, without_comments


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ships wait.", "Ships wait."),
        ("Ships  wait. ", "Ships  wait. "),
        ("Ships <!-- how many? --> wait.", "Ships wait."),
        ("Ships w<!-- sic -->ait.", "Ships wait."),
        ("<!-- ask -->Ships wait.<!-- when? -->", "Ships wait."),
        ("Ships wait. <!-- ask", "Ships wait."),
        ("<!-- ask -->", ""),
        ("<!---->Ships<!----->wait", "Shipswait"),
        ("Ships <!-->wait --> here", "Ships here"),
        ("Ships <!-- a <!-- b --> wait.", "Ships wait."),
        ("Ships --> wait.", "Ships --> wait."),
        ("Ships <!----> wait.", "Ships wait."),
        ("Ships <!---> wait.", "Ships"),
    ],
)
def test_a_caption_is_shown_without_its_comments(text, kept):
    assert drop_comments(text) == kept


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r", "\n \t\n", "\r\n \r\n", "\n\r\n"])
def test_a_comment_without_an_end_hides_its_paragraph_alone(end):
    body = f"Ships. <!-- ask{end}Men wait."

    assert without_comments(body) == f"Ships. {' ' * 8}{end}Men wait."
    assert [claim.text for claim in render(body).claims] == ["Ships.", "Men wait."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_comment_without_an_end_goes_on_over_the_end_of_a_line(end):
    body = f"Ships. <!-- ask{end}Men wait."

    assert without_comments(body).strip() == "Ships."


def test_a_closed_comment_may_hold_paragraphs_and_marks():
    prose = render("Ships wait. <!-- 14 ships\n\n[@r1] {.own} **\n\n--> Men rest.")

    assert [claim.text for claim in prose.claims] == ["Ships wait.", "Men rest."]
    assert prose.unknown == ()
    assert prose.leftovers == ()


def test_a_comment_is_not_shown_in_the_framing_note():
    assert render_note("We lead <!-- why? --> with ships.") == "<p>We lead  with ships.</p>\n"
