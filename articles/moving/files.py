"""Files of an export, read as what somebody else may have made. Knows no Django."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.moving.refusals import BadExport

# An article with all of its versions; a row of what articles share, such as the words of a post.
LARGEST_FILE, LONGEST_LINE = 100_000_000, 20_000_000


def whole_file(path: Path, folder: Path, *, most: int = LARGEST_FILE) -> Path:
    """Return a path once a file of the folder is there, and no larger. Raises BadExport.

    No link that leads out of it, and nothing that has no end, such as a device.
    """
    try:
        there = path.resolve(strict=True)
        about = there.stat()
    except (OSError, RuntimeError) as error:
        said = getattr(error, "strerror", None) or error
        message = f"{path}: {said}. Is this a folder that export_articles wrote?"
        raise BadExport(message) from error
    if not stat.S_ISREG(about.st_mode) or not there.is_relative_to(folder.resolve()):
        message = f"{path} is no file of this folder."
        raise BadExport(message)
    if about.st_size > most:
        message = f"{path} is larger than {most // 10**6} MB, as no export has it."
        raise BadExport(message)
    return there


def read_json(path: Path, folder: Path) -> dict[str, Any]:
    """Return the object of a file. Raises BadExport."""
    whole = whole_file(path, folder)
    try:
        read = json.loads(whole.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: {error.strerror or error}."
        raise BadExport(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path} is no JSON, or was cut off."
        raise BadExport(message) from error
    if not isinstance(read, dict):
        message = f"{path} holds no object."
        raise BadExport(message)
    return read


def read_lines(path: Path, folder: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of each line of a file. Raises BadExport."""
    # As many rows as anybody likes: none is held longer than it is looked at.
    whole = whole_file(path, folder, most=10**15)
    try:
        with whole.open(encoding="utf-8") as file:
            n = 0
            while line := file.readline(LONGEST_LINE):
                n += 1
                yield n, _row_of(line, f"{path}, line {n}")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}."
        raise BadExport(message) from error


def _row_of(line: str, where: str) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
        row["id"] + 0
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        message = f"{where}, is no row, or was cut off."
        raise BadExport(message) from error
    return row
