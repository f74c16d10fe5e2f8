"""No six lines of code stand in two production files."""

import ast
import re
from itertools import combinations

from tests.packages import PACKAGES, ROOT

FOLDERS = (*PACKAGES, "benchmarks", "templates")
LINES = 6
# What only closes something says no more than a bracket.
_CLOSING = re.compile(r"</\w+>|\{% end\w+ ?\w* %\}")


def production_files():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html") and "migrations" not in path.parts:
                yield path


def lines_apart(source):
    """Numbers of the lines that are no code: docstrings, imports, literals of several lines."""
    for node in ast.walk(ast.parse(source)):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        if is_text or is_import or is_table(node):
            yield from range(node.lineno, node.end_lineno + 1)


def is_table(node):
    """Whether a node is a literal of several lines that calls nothing."""
    if not isinstance(node, ast.Dict | ast.List | ast.Set | ast.Tuple):
        return False
    return node.end_lineno > node.lineno and not any(
        isinstance(inner, ast.Call) for inner in ast.walk(node)
    )


def code_lines(path):
    """Each line of code with its number, stripped; a bracket alone and comments are none."""
    source = path.read_text()
    apart = set(lines_apart(source)) if path.suffix == ".py" else set()
    for number, line in enumerate(source.splitlines(), 1):
        text = line.strip()
        says_something = any(character.isalnum() for character in _CLOSING.sub("", text))
        if says_something and number not in apart and not text.startswith(("#", "{#")):
            yield number, text


def runs(path):
    """Every six lines of code that follow each other, and where they begin."""
    lines = list(code_lines(path))
    for start in range(len(lines) - LINES + 1):
        numbers, texts = zip(*lines[start : start + LINES], strict=True)
        yield texts, f"{path.relative_to(ROOT)}:{numbers[0]}"


def said_twice(paths):
    homes = {}
    for path in paths:
        for texts, place in runs(path):
            homes.setdefault(texts, {}).setdefault(path, place)
    return {
        (first.partition(":")[0], second.partition(":")[0]): f"{first} is {second}"
        for places in homes.values()
        for first, second in combinations(places.values(), 2)
    }


def test_no_six_lines_stand_in_two_production_files():
    paths = list(production_files())

    assert paths
    assert sorted(said_twice(paths).values()) == []


def test_six_lines_in_two_files_are_found(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    code = "\n".join(f"step_{n}(value)" for n in range(LINES))
    one, other, short = (tmp_path / name for name in ("one.py", "other.py", "short.py"))
    one.write_text(f"import os\n{code}\n")
    other.write_text(f'"""Another."""\n\n# Why.\n{code.replace("step_3", "  # Why.\n\nstep_3")}\n')
    short.write_text(code.removesuffix("step_5(value)"))

    assert list(said_twice([one, other, short]).values()) == ["one.py:2 is other.py:4"]
