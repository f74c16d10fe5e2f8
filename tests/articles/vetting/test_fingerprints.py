"""The fingerprints of findings stay as recorded: acknowledgements and overrides are tied to them.

The file holds cases, each with a few faults, and what the checks found in them when it was
written. A reader that finds more is welcome; a recorded finding that changes needs a decision.
"""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from articles.vetting import check
from articles.vetting.cases import read_case

RECORDED = [
    json.loads(line)
    for line in gzip.decompress(
        (Path(__file__).parents[2] / "data/fingerprints.jsonl.gz").read_bytes()
    ).splitlines()
]
# Found better now, by the typed reader: one time of a race, where the old reader saw its hundredths.
READ_BETTER = {
    "b21bd53430eef7509f5169a5da0d8cebedd1fb466569f0f48b052db0d42469b6": "15:31.06 for 06",
}


def lines(findings):
    return Counter(
        json.dumps([code, evidence, fingerprint], sort_keys=True, ensure_ascii=False)
        for code, evidence, fingerprint in findings
    )


def test_the_record_has_hundreds_of_findings_of_nearly_every_code():
    codes = Counter(found["code"] for record in RECORDED for found in record["findings"])

    assert codes.total() >= 200
    assert len(codes) >= 29


@pytest.mark.parametrize("record", RECORDED, ids=[record["case"]["id"] for record in RECORDED])
def test_a_recorded_finding_keeps_its_fingerprint(record):
    case = read_case(json.dumps(record["case"]).encode())

    found = check(case.piece, now=case.now, outlet_directory=case.outlets)

    recorded = lines(
        (each["code"], each["evidence"], each["fingerprint"])
        for each in record["findings"]
        if each["fingerprint"] not in READ_BETTER
    )
    now = lines((each.code, each.evidence, each.fingerprint) for each in found)
    assert list(recorded - now) == []
