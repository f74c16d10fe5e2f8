"""Markdown with citation marks: where each of its tokens stands."""

import pytest

from articles.prose.marks import markdown


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("*Tide", [("*", [0, 1]), ("Tide", [1, 5])]),
        ("**Tide", [("*", [0, 1]), ("*", [1, 2]), ("Tide", [2, 6])]),
        ("A **b", [("A ", [0, 2]), ("*", [2, 3]), ("*", [3, 4]), ("b", [4, 5])]),
    ],
)
def test_each_asterisk_of_a_run_has_a_place_of_its_own_even_at_the_start(text, stands):
    (inline,) = markdown(marks=True).parseInline(text, {})

    assert [(token.content, token.map) for token in inline.children] == stands
