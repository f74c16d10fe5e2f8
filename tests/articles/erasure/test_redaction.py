"""What of a version's findings and reasons is about an erased post, and what is left of it."""

import pytest

from articles.erasure.redaction import PostInVersion, redacted_holds
from web.words import REMOVED
from wires.shared_words import SharedWords

POST = PostInVersion(
    keys=frozenset({"r1"}),
    sentences=frozenset({2}),
    words=SharedWords(["Quillfeather owes nine million crowns to the bank."]),
)
SAID = "Quillfeather owes nine million crowns to the bank"


def make_finding(fingerprint="f", **fields):
    return {
        "code": "figure",
        "fingerprint": fingerprint,
        "excerpt": "Four tugs wait.",
        "message": "Correct it.",
        "evidence": {"key": "r2"},
    } | fields


@pytest.mark.parametrize(
    ("fields", "is_about"),
    [
        ({}, False),
        ({"excerpt": SAID}, True),
        ({"message": f"{SAID}: correct it."}, True),
        ({"evidence": {"key": "r1"}}, True),
        ({"evidence": {"keys": ["r2", "r1"]}}, True),
        ({"evidence": {"r1": 4}}, True),
        ({"evidence": {"words": {"old": [SAID]}}}, True),
        ({"evidence": {"key": "r11"}}, False),
        ({"code": "r1"}, False),
    ],
)
def test_a_finding_is_about_a_post_that_it_names_or_repeats_anywhere(fields, is_about):
    assert POST.is_about(make_finding(**fields)) is is_about


@pytest.mark.parametrize(
    ("entry", "is_removed"),
    [
        ({"fingerprint": "other", "sentence": 1, "reason": "By phone."}, False),
        ({"fingerprint": "about", "sentence": 1, "reason": "By phone."}, True),
        ({"fingerprint": "unknown", "sentence": 1, "reason": "By phone."}, True),
        ({"sentence": 1, "reason": "By phone."}, True),
        ({"fingerprint": "other", "sentence": 2, "reason": "By phone."}, True),
        ({"fingerprint": "other", "sentence": 1, "reason": SAID}, True),
    ],
)
@pytest.mark.parametrize("column", ["overrides", "acknowledgements"])
def test_a_reason_goes_with_its_finding_its_sentence_and_its_words(column, entry, is_removed):
    findings = [make_finding("other"), make_finding("about", evidence={"key": "r1"})]
    columns = {"findings": findings, "overrides": [], "acknowledgements": []}

    redacted = POST.redact(columns | {column: [entry]})

    [left] = redacted[column]
    assert (left["reason"] != entry["reason"]) is is_removed
    assert {**left, "reason": ""} == {**entry, "reason": ""}
    assert [redacted["findings"][0], len(redacted["findings"])] == [findings[0], 2]
    assert "r1" not in str(redacted["findings"][1])
    assert {name for name in redacted if redacted[name]} == {"findings", column}


def test_the_messages_of_a_request_that_may_be_about_the_post_are_removed():
    holds = [{"fingerprint": "other", "message": "A."}, {"fingerprint": "f", "message": "B."}, {}]

    left = redacted_holds(holds, others={"other"})

    assert [hold["message"] for hold in left] == ["A.", REMOVED, REMOVED]
    assert left[0] == holds[0]
    assert left[1]["fingerprint"] == "f"
