"""The recorded fingerprints, and the command that records them again.

    python -m tests.articles.vetting.recording

Run it only where fingerprints are to change, say why in the commit, and see to it that what is
stored under the old ones stays reachable: see articles/publishing/tying.py for how that was done.
"""

import gzip
import json
from pathlib import Path

from articles.vetting import check
from articles.vetting.cases import read_case

PATH = Path(__file__).parents[2] / "data/fingerprints.jsonl.gz"


def recorded():
    """Return the cases, each with the findings recorded of it."""
    return [json.loads(line) for line in gzip.decompress(PATH.read_bytes()).splitlines()]


def findings_of(record):
    """Return what the checks find in a recorded case now."""
    case = read_case(json.dumps(record["case"]).encode())
    return list(check(case.piece, now=case.now, outlet_directory=case.outlets))


def as_recorded(finding):
    return {
        "code": finding.code,
        "evidence": dict(finding.evidence),
        "fingerprint": finding.fingerprint,
        "evidence_fingerprint": finding.evidence_fingerprint,
    }


def recorded_again(record):
    """Return a record of the same findings as before, with the fingerprints of now."""
    left = [as_recorded(finding) for finding in findings_of(record)]
    findings = []
    for before in record["findings"]:
        now = next(each for each in left if _is_same(each, before))
        left.remove(now)
        findings.append(now)
    return record | {"findings": findings}


def _is_same(now, before):
    as_json = json.loads(json.dumps(now["evidence"]))
    return (now["code"], as_json) == (before["code"], before["evidence"])


if __name__ == "__main__":
    lines = [json.dumps(recorded_again(record), ensure_ascii=False) for record in recorded()]
    PATH.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
