"""The tree in docs/architecture.md is the tree of the project."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What every app has, and what only tools read.
EVERYWHERE = {"__init__.py", "apps.py", "migrations/"}
# The names of a line end where two spaces begin what they are.
NAME = re.compile(r"[\w.-]+/?")


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [Path(name) for name in listed.split("\0") if name]


def children_of(folder, paths):
    """Return what stands right below a folder: names, of folders with a slash."""
    depth = len(folder.parts)
    below = [path for path in paths if path.parts[:depth] == folder.parts]
    return {
        path.parts[depth] + ("/" if len(path.parts) > depth + 1 else "")
        for path in below
        if len(path.parts) > depth
    }


def documented():
    """Return the names at the top, and below each folder that has lines of its own."""
    text = (ROOT / "docs/architecture.md").read_text()
    (block,) = re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    top, below, folder = set(), {}, None
    for line in block.splitlines():
        names = NAME.findall(re.split(r" {2,}", line.strip())[0])
        if line.startswith("  "):
            below.setdefault(folder, set()).update(names)
        else:
            top.update(names)
            folder = names[0] if len(names) == 1 else None
    return top, below


def test_the_documented_tree_names_all_that_stands_at_the_top():
    top, _ = documented()

    assert top == {name for name in children_of(Path(), tracked()) if not name.startswith(".git")}


def test_the_documented_tree_names_all_that_stands_below_each_app():
    _, below = documented()
    paths = tracked()
    apps = {
        f"{path.parent}/" for path in paths if path.name == "__init__.py" and len(path.parts) == 2
    }

    assert apps - {"tests/", "benchmarks/"} == set(below)
    for folder, names in below.items():
        present = children_of(Path(folder), paths)
        code = {name for name in present if name.endswith(("/", ".py"))}
        assert names == {name for name in code if name not in EVERYWHERE}, folder
