"""A fix for a finding: its changes, and the label of its button."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replacement text for start to end of a field, in code points."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A new value in a source row, by its form field name."""

    key: str
    name: Literal["role", "repin", "passages", "DELETE"]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A one-click fix. hint has the details that do not fit the label.

    is_decision is true of what only an editor can know: in whose voice a sentence is, which of two
    places is meant. Such a button records what the editor says; nothing tells that it is right.
    """

    label: str
    edits: tuple[Edit, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_decision: bool = False
    hint: str = field(default="", compare=False)


def applied(text: str, name: str, edits: Iterable[Edit]) -> str:
    """Return a field with its edits applied; offsets refer to the text before any of them."""
    mine = [edit for edit in edits if edit.field == name]
    for edit in sorted(mine, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
