"""The fingerprints of findings stay as recorded: acknowledgements and overrides are tied to them.

The file holds cases, each with a few faults, and what the checks found in them when it was
written. A reader that finds more is welcome; a recorded finding that changes needs a decision.
"""

import json
from collections import Counter

import pytest

from tests.articles.vetting.recording import as_recorded, findings_of, recorded

RECORDED = recorded()


def lines(findings):
    return Counter(json.dumps(each, sort_keys=True, ensure_ascii=False) for each in findings)


def test_the_record_has_hundreds_of_findings_of_nearly_every_code():
    codes = Counter(found["code"] for record in RECORDED for found in record["findings"])

    assert codes.total() >= 200
    assert len(codes) >= 29


@pytest.mark.parametrize("record", RECORDED, ids=[record["case"]["id"] for record in RECORDED])
def test_a_recorded_finding_keeps_its_fingerprint_with_and_without_its_sentence(record):
    found = findings_of(record)

    now = lines(as_recorded(finding) for finding in found)
    assert list(lines(record["findings"]) - now) == []


def test_only_findings_on_sources_and_missing_texts_have_no_sentence():
    findings = [found for record in RECORDED for found in record["findings"]]

    without = {
        each["code"] for each in findings if each["fingerprint"] == each["evidence_fingerprint"]
    }

    assert {code for code in without if not code.startswith(("source-", "single-"))} == {
        "conflict", "framing-note-missing",
    }  # fmt: skip
    assert all(
        each["fingerprint"] == each["evidence_fingerprint"]
        for each in findings
        if each["code"] in without
    )
