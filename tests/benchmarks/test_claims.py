import json

from benchmarks.claims import counted, judged, missed_goals, table

CLAIM = "The bridge at Orrin is 64 metres long."


def rows(path, *rows):
    lines = (json.dumps({"label": each[0], "claim": each[1], "evidence": each[2]}) for each in rows)
    path.write_text("\n".join(lines))
    return path


def test_a_claim_with_several_chunks_of_evidence_is_counted_once(tmp_path):
    path = rows(
        tmp_path / "wice.jsonl",
        ("supported", CLAIM, ["The bridge is 64 metres long."]),
        ("supported", CLAIM, ["It rained.", "The bridge is 64 metres long."]),
    )

    counts = counted(judged(path))["supported"]

    assert (counts.claims, counts.rows) == (1, 2)
    assert (counts.with_any, counts.with_all) == (0, 0)


def test_a_claim_flagged_with_one_chunk_is_flagged_with_any_and_not_with_all(tmp_path):
    path = rows(
        tmp_path / "wice.jsonl",
        ("not_supported", CLAIM, ["The bridge is 58 metres long."]),
        ("not_supported", CLAIM, ["The bridge at Orrin is 64 metres long."]),
    )

    counts = counted(judged(path))["not_supported"]

    assert (counts.with_any, counts.with_all) == (1, 0)
    assert counts.flagged_rows == 1


def test_the_goals_are_for_the_worse_of_the_chunks(tmp_path):
    path = rows(
        tmp_path / "wice.jsonl",
        ("supported", CLAIM, ["The bridge is 64 metres long."]),
        ("supported", CLAIM, ["The bridge is 58 metres long."]),
        ("not_supported", "The tower has 91 steps.", ["The tower has 91 steps."]),
        ("not_supported", "The tower has 91 steps.", ["The tower has 44 steps."]),
    )

    missed = list(missed_goals(judged(path)))

    assert [line.split(" are ")[0] for line in missed] == [
        "0 not_supported claims",
        "1 supported claims",
    ]


def test_a_claim_whose_only_figure_is_a_year_is_left_out(tmp_path):
    path = rows(
        tmp_path / "wice.jsonl", ("supported", "It opened in 1958.", ["It opened in 1958."])
    )

    assert judged(path) == []
    assert len(list(table([]))) == 2
