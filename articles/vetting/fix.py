"""A way to put a finding right: what changes, and what its button says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Words in place of those from start to end of a field, in code points."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A setting in the row of a source, by its name in the form."""

    key: str
    name: Literal["role", "repin", "passages", "DELETE"]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One click. hint says more than the label has room for."""

    label: str
    edits: tuple[Edit, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: str = field(default="", compare=False)


def applied(text: str, name: str, edits: Iterable[Edit]) -> str:
    """Return a field with its edits made; offsets are those before any of them."""
    mine = [edit for edit in edits if edit.field == name]
    for edit in sorted(mine, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
