"""The command that checks cases without a database, and stored articles."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.articles.factories import make_article
from tests.commands import run_command
from tests.processes import run_manage

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    {
        "key": "r1",
        "outlet": "Harbour Wire",
        "platform": "telegram",
        "url": "https://t.me/harbourwire/7",
        "posted_at": "2026-06-25T02:40:00Z",
        "text": "Ships wait.",
    },
    {
        "key": "t1",
        "outlet": "Meridian Press",
        "platform": "rss",
        "url": "https://meridian.example/pilots",
        "text": "No pilot came.",
    },
]


@pytest.fixture
def write(tmp_path):
    def write(name, **changes):
        article = {
            "headline": "Ships wait",
            "body": "Ships wait [@r1; @t1].",
            "framing_note": "So.",
        }
        case = {"id": name, "now": "2026-06-25T12:00:00Z", "article": article | changes}
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(case | {"sources": SOURCES}))
        return str(path)

    return write


def vet(*arguments, **options):
    """Run the command; return its exit status, output and errors."""
    return run_command("vet", *arguments, **options)


def test_vet_passes_a_case_without_findings(write):
    status, out, err = vet(write("sound"))

    assert (status, out, err) == (0, "sound: passes, 0 holds, 0 queries\n", "")


def test_vet_prints_a_json_line_for_each_hold_and_exits_with_1(write):
    status, out, _ = vet(
        write("sound"), write("dek", dek="On Monday, 25 June 2026."), "--format", "json"
    )

    sound, held = map(json.loads, out.splitlines())
    (finding,) = held["findings"]
    assert status == 1
    assert sound == {"id": "sound", "findings": []}
    assert list(finding) == [
        "code", "level", "field", "start", "end", "excerpt", "message", "evidence",
    ]  # fmt: skip
    assert (finding["code"], finding["field"]) == ("weekday", "dek")
    assert (finding["start"], finding["end"]) == (3, 9)


def test_vet_succeeds_with_queries_only(write):
    status, out, _ = vet(write("uncited", body="Ships wait [@r1]."))

    assert status == 0
    assert "QUERY source-uncited in sources" in out


def test_vet_reports_unreadable_files_and_checks_the_others(write, tmp_path):
    (tmp_path / "bad.json").write_text("{")

    status, out, err = vet(str(tmp_path / "bad.json"), str(tmp_path / "none.json"), write("sound"))

    assert status == 2
    assert out.startswith("sound: passes")
    bad, none = err.splitlines()
    assert "bad.json: it is not JSON" in bad
    assert "none.json: No such file" in none


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"\xff\xfe\xfd", "it is not text in UTF-8"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"article": []}', "article is not an object"),
        (b'{"article": {"body": 7}}', "body of article is not text"),
        (b'{"article": {}, "now": "2026-02-30"}', "now of the case is not a time"),
        (b'{"article": {}, "sources": [{"key": "a\\nb", "platform": "\\u001b[2J"}]}', "·[2"),
    ],
)
def test_vet_prints_one_line_for_each_unreadable_file_and_exits_with_2(write, tmp_path, body, why):
    bad = tmp_path / "bad.json"
    bad.write_bytes(body)

    status, out, err = vet(write("held", framing_note=""), str(bad), write("sound"))

    (line,) = err.splitlines()
    assert status == 2
    assert line.startswith(f"{bad}: ")
    assert why in line
    assert ["held: held" in out, "sound: passes" in out] == [True, True]


@pytest.mark.parametrize("arguments", [[], ["one.json", "--article", "one"]])
def test_vet_requires_cases_or_an_article(arguments):
    with pytest.raises(CommandError):
        vet(*arguments)


@pytest.mark.django_db
def test_vet_checks_a_stored_article_by_its_slug():
    sound, held = make_article(), make_article(framing_note="")

    assert vet("--article", sound.slug)[0] == 0
    status, out, _ = vet("--article", held.slug)
    assert status == 1
    assert "HOLD framing-note-missing in framing note" in out
    with pytest.raises(CommandError, match="No article"):
        vet("--article", "nothing")


def test_vet_runs_without_a_database(write, tmp_path):
    database = "postgres://nobody@127.0.0.1:9/none"

    done = run_manage(
        "vet", write("held", framing_note=""), RUNTIME_DIR=str(tmp_path), DATABASE_URL=database
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("held: held, 1 hold")
