"""Rows of a long list, whose template is rendered once for all rows of one kind.

A template takes longer over a word than anything else does. Rows of a kind differ in nothing but
their words, so its template is rendered with a hole for each, and the words are put in for each row.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Never

from django.template import Context
from django.template.base import Template
from django.utils.safestring import SafeString

_HOLE = re.compile(r"\0(\w+)\0")


class BadRowTemplate(TypeError):
    """A template of rows does more with a word than to write it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the traits that its template may ask of it, and the words that it only writes.

    Words are escaped unless they are safe. All rows of a list have words of the same names.
    """

    traits: frozenset[str]
    words: Mapping[str, str]


@dataclass(slots=True, eq=False)
class _Hole:
    """Where a word is going to be. It is no text, so that no filter and no tag takes it for one."""

    name: str
    used: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"\0{self.name}\0"

    def _refuse(self, *_: object) -> Never:
        # Noted too: an {% if %} takes whatever is raised inside of it for False.
        self.used.append(self.name)
        message = f"A template of rows may only write “{self.name}”. Make it a trait to ask it."
        raise BadRowTemplate(message)

    __bool__ = __eq__ = __lt__ = __gt__ = __len__ = __iter__ = __contains__ = _refuse
    __hash__ = None  # type: ignore[assignment]  # as it has an __eq__


def write_rows(template: Template, rows: Iterable[Row], around: Context) -> SafeString:
    """Return the rows in HTML. Raises BadRowTemplate."""
    skeletons: dict[frozenset[str], str] = {}
    written = []
    for row in rows:
        if row.traits not in skeletons:
            skeletons[row.traits] = _skeleton(template, row, around)
        words = {name: _escaped(word) for name, word in row.words.items()}
        written.append(skeletons[row.traits] % words)
    return SafeString("".join(written))


def _skeleton(template: Template, row: Row, around: Context) -> str:
    """Return what the template makes of a row, as a format with the names of its words."""
    used: list[str] = []
    holes = {name: _Hole(name, used) for name in row.words}
    traits = dict.fromkeys(row.traits, True)
    text = template.render(around.new(holes | traits))
    if used or _HOLE.sub("", text).count("\0"):
        message = f"{template.name} does more with words than to write them: {', '.join(used)}"
        raise BadRowTemplate(message)
    return _HOLE.sub(r"%(\1)s", text.replace("%", "%%"))


def _escaped(word: str) -> str:
    return word if isinstance(word, SafeString) else escape(word)
