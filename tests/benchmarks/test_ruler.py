"""The suite measures the checks, so it may not share what they assume."""

import ast
from pathlib import Path

import pytest

from benchmarks import seeded
from benchmarks.seeded.world import MEASURES

SEEDED = Path(seeded.__file__).parent
VETTING = SEEDED.parents[1] / "articles/vetting"
# What runs the checks and what they answer; none of what they read with.
MAY_USE = {
    ("articles.vetting", name) for name in ("Finding", "Piece", "SourceRef", "check", "cases")
}
# What judges a fix has to apply it.
MAY_USE |= {
    ("articles.vetting.fix", "Fix"),
    ("articles.vetting.fix", "applied"),
    ("articles.vetting.spot", "TEXTS"),
}
# A list that shares so many words with one of the checks, and so much of itself, is its copy.
SHARED_WORDS, SHARED_PART = 8, 0.5
# Closed classes: two lists of the months, the numerals, the units or the prepositions are the
# same, and neither is a copy.
CLASSES = """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep oct nov dec ene abr ago dic fév avr mai juin juil août déc mär
    okt dez fev out set monday tuesday wednesday thursday friday saturday sunday
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety one hundred
    thousand million billion trillion dozen
    utc gmt bst cet cest eet eest edt est cdt pdt pst jst kst msk ist
    a an the and or but not no of to in on at by for from with as into over about after before than
    is are was were be been has have had do did may might can could will would shall should must
    he she it they who which this that there his her its their more some all
    el la los las de del en le les des du et der die das und ein os o da do em com por para um
    y s st nd rd th ar es fa fr it pt said says say
"""
CLOSED = frozenset(MEASURES) | frozenset(CLASSES.split())


def modules(folder):
    return sorted(folder.rglob("*.py"))


def imports_of_vetting(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("articles.vetting"):
            yield from ((node.module, name.name) for name in node.names)
        elif isinstance(node, ast.Import):
            names = [name.name for name in node.names]
            yield from ((name, "") for name in names if name.startswith("articles.vetting"))


def word_lists(path):
    """Yield the words of each literal collection and each alternation, and its line."""
    for node in ast.walk(ast.parse(path.read_text())):
        words = set(_words(node)) - CLOSED
        if len(words) >= SHARED_WORDS:
            yield frozenset(words), node.lineno


def _words(node):
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        members = node.elts
    elif isinstance(node, ast.Dict):
        members = [key for key in node.keys if key]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
        pattern = node.value.replace("(?:", "|").replace(")", "|").casefold()
        return [word for word in pattern.split("|") if word.replace(" ", "").isalpha()]
    else:
        return []
    texts = [each.value for each in members if isinstance(each, ast.Constant)]
    return [text.casefold() for text in texts if isinstance(text, str)]


def copies(ours, theirs):
    """Yield the lists of the suite that are, for the better part, one of the checks'."""
    for path, words, line in ours:
        for other, others in theirs:
            shared = words & others
            if len(shared) >= SHARED_WORDS and len(shared) >= SHARED_PART * len(words):
                yield f"{path.name}:{line} has {len(shared)} of its words from {other.name}"


def test_the_suite_imports_nothing_that_the_checks_read_with():
    used = {
        (path.name, *each)
        for path in modules(SEEDED)
        for each in imports_of_vetting(path)
        if each not in MAY_USE
    }

    assert len(modules(SEEDED)) > 20
    assert used == set()


def test_mutators_and_variations_do_not_import_the_checks():
    parts = [SEEDED / "places.py", SEEDED / "world.py"]
    parts += [path for name in ("faults", "kinds", "benign") for path in modules(SEEDED / name)]

    asking = [path.name for path in parts if list(imports_of_vetting(path))]

    assert len(parts) > 15
    assert asking == []


def test_the_suite_keeps_no_copy_of_a_word_list_of_the_checks():
    ours = [(path, *found) for path in modules(SEEDED) for found in word_lists(path)]
    theirs = [(path, words) for path in modules(VETTING) for words, _ in word_lists(path)]

    assert len(ours) > 10
    assert len(theirs) > 10
    assert list(copies(ours, theirs)) == []


@pytest.mark.parametrize(
    ("ours", "is_a_copy"),
    [
        ("pier quay gate berth page line route phase", True),
        ("pier quay gate berth page line route", False),
        ("pier quay gate berth cloud river stone wind grass tree leaf bird fox owl", False),
    ],
)
def test_a_list_is_a_copy_when_most_of_it_is_in_one_of_the_checks(ours, is_a_copy):
    theirs = {"pier", "quay", "gate", "berth", "page", "line", "route", "phase", "act", "game"}

    found = list(
        copies(
            [(Path("ours.py"), frozenset(ours.split()), 1)],
            [(Path("theirs.py"), frozenset(theirs))],
        )
    )

    assert bool(found) is is_a_copy
