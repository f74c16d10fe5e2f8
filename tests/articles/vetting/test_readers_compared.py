"""The new reader of quantities beside the old reader of figures, over the written cases.

Goes with the old reader. Every difference is named here with its reason.
"""

import json
from pathlib import Path

import pytest

from articles.vetting import figures
from articles.vetting.facts.quantity import Kind
from articles.vetting.facts.reading import read_quantities
from articles.vetting.languages import is_english_code, looks_english

CASES = Path(__file__).resolve().parents[3] / "benchmarks" / "cases"
# Where the old reader has another value: what both read, and why ours is right.
OTHER_VALUES = {
    "one duration and not its parts": (
        "three hours and forty minutes", "14 hours and 40 minutes", "14 hours 40 minutes",
        "6 minutes 39 seconds", "15:31.06", "15:31.12", "15:58.40", "14h40", "14 h 40 min",
        "three hours and 40 minutes",
    ),
    "a share and not its divisor": ("One in three", "one in five", "1 in 20", "one in three", "1 in 140 million"),
    "ten years and not one": ("two decades", "three decades"),
}  # fmt: skip
# Figures to the old reader that count nothing.
LABELS = {
    "a new one or $39.99": "a pronoun",
    "The battery pack, model L-10K": "a model",
}


def texts():
    """Yield the texts of the cases with their language; posts that are not English are left out."""
    for path in sorted(CASES.glob("*.json")):
        case = json.loads(path.read_text())
        article = case["article"]
        for name in ("headline", "dek", "body", "framing_note"):
            yield article["language"], article[name]
        for source in case["sources"]:
            if source["text"] and article["language"] == "en" and looks_english(source["text"]):
                yield "en", source["text"]


def consequent(text, language):
    for figure in figures.read_figures(text):
        if figures.of_consequence(figure) and (is_english_code(language) or figure.in_digits):
            yield figure


def differences():
    """Yield where an old figure of consequence has no equal among the quantities, and its text."""
    for language, text in texts():
        quantities = read_quantities(text, language)
        for figure in consequent(text, language):
            here = [q for q in quantities if q.start < figure.end and figure.start < q.end]
            equal = [q for q in here if set(q.values) & set(figure.values) and not q.is_named]
            if not equal:
                yield here[0] if here else None, text[max(0, figure.start - 30) : figure.end + 12]


def test_every_old_figure_is_a_quantity_of_the_same_value_or_its_difference_is_named():
    expected = {text for explained in OTHER_VALUES.values() for text in explained}

    unexplained = [
        (quantity.text if quantity else "nothing", around)
        for quantity, around in differences()
        if not (quantity and quantity.text in expected)
        and not any(label in around for label in LABELS)
    ]

    assert sum(1 for language, text in texts() for _ in consequent(text, language)) > 1_000
    assert unexplained == []


@pytest.mark.parametrize("explained", sorted({t for texts in OTHER_VALUES.values() for t in texts}))
def test_a_named_difference_is_read_as_one_measure_or_share(explained):
    (found,) = read_quantities(explained, "en")

    assert found.kind in (Kind.MEASURE, Kind.SHARE)
    assert found.text == explained
