"""Words that we no longer use stand in the history alone: the changelog, migrations, old names."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Names in code, as whole words, in this spelling.
IDENTIFIERS = (
    "Beside",
    "Drawn",
    "Gazetteer",
    "LetPass",
    "MENDERS",
    "Mend",
    "Mender",
    "NotStanding",
    "Radius",
    "Referral",
    "Resting",
    "RestingVersion",
    "Rulings",
    "Stretch",
    "Stretches",
    "Trip",
    "blast_radius",
    "draw_up",
    "drawn_from",
    "gazetteer",
    "let_pass",
    "mend",
    "mended",
    "mender",
    "mends",
    "rests_on",
    "settling",
    "stands_until",
    "told_apart",
    "vet_stretch",
)
# What people read, in any case.
PHRASES = (
    "Channels in trouble",
    "Every channel is sound",
    "It is back",
    "No longer standing",
    "Nothing costs nothing",
    "Paste a link",
    "Quotes in trouble",
    "Take it in",
    "Tell whether",
    "What rests on",
    "anew",
    "drawn up",
    "let pass",
    "noughts",
    "the house",
    "whoever",
)
# `Beside the text` begins a sentence, `the house style` is a page's name.
SENTENCES = {"Beside": "Beside(?! [a-z])", "the house": "the house(?! style)"}

# History, and what other newspapers and posts say.
ALLOWED = re.compile(
    r"CHANGELOG\.md|.*/migrations/.*|newsroom/old_commands\.py|tests/data/.*|tests/test_words\.py"
    r"|tests/newsroom/test_old_database\.py|benchmarks/cases/.*"
    r"|newsroom/demo/(articles|posts)/.*|tests/wires/stories/.*"
)


def tracked_texts():
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if ALLOWED.fullmatch(name) or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield name, content.decode(errors="replace")


def either(words):
    return "|".join(SENTENCES.get(word, re.escape(word)) for word in words)


RETIRED = re.compile(rf"(?<!\w)(?:{either(IDENTIFIERS)}|(?i:{either(PHRASES)}))(?!\w)")


def retired_words(text):
    for match in RETIRED.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[0]


def test_retired_words_stand_in_the_history_only():
    found = [
        f"{name}:{number}: {word}"
        for name, text in tracked_texts()
        for number, word in retired_words(text)
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("line", ["def mend(text):", "What the desk LET PASS", "by the house."])
def test_a_retired_word_is_found(line):
    assert len(list(retired_words(line))) == 1


@pytest.mark.parametrize(
    "line", ["amend(text)", "# Beside the text", "outlet passes", "as in the house style"]
)
def test_other_words_are_not_taken_for_a_retired_one(line):
    assert list(retired_words(line)) == []
