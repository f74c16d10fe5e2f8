"""JSON as strangers send it: read without trust, field by field."""

import json
from collections.abc import Iterator
from typing import Any

from wires.platforms.base import UNKNOWN_FORMAT, UnreadableBody

type Record = dict[str, Any]


def load_json(text: str) -> Any:
    """Return what a text holds. Raises UnreadableBody for what only begins like JSON."""
    try:
        # Numbers stay as they are written: ids that are numbers are compared as strings, and one
        # of 5,000 digits is nothing to calculate with.
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError as error:
        raise UnreadableBody(
            UNKNOWN_FORMAT, f"it looks like JSON but is not valid: {error}"
        ) from error
    except RecursionError as error:
        raise UnreadableBody(UNKNOWN_FORMAT, "JSON nested too deep") from error


def text_of(record: Record, key: str) -> str:
    """Return a field that should be text; "" for any other value."""
    value = record.get(key)
    return value if isinstance(value, str) else ""


def record_of(record: Record, *keys: str) -> Record:
    """Return the object at the end of a path of keys; {} where there is none."""
    for key in keys:
        value = record.get(key)
        record = value if isinstance(value, dict) else {}
    return record


def records_of(record: Record, key: str) -> Iterator[Record]:
    """Yield the objects of a list; nothing where there is none."""
    values = record.get(key)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, dict))
