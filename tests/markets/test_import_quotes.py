"""Quotes from a file: imported by our symbols, with one line for each rejected one."""

import io
import os
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command

from markets.models import HeldQuote, Quote
from tests.clock import NOON, later
from tests.markets.factories import make_instrument, make_quote

pytestmark = pytest.mark.django_db
GOOD = "symbol,price,time\nGOLD,3328,2026-06-25T11:58:00Z\n"


@pytest.fixture
def gold():
    return make_instrument("Gold", symbol="GOLD", divided_by=100)


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "quotes.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def run(path):
    out, err = io.StringIO(), io.StringIO()
    with time_machine.travel(NOON, tick=False):
        try:
            call_command("import_quotes", path, stdout=out, stderr=err)
        except CommandError as error:
            return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def test_an_imported_file_is_in_the_instruments_own_unit(gold, file):
    out, err, failed = run(file(GOOD))

    assert (out, err, failed) == ("1 new quotes, 0 known, 0 not imported\n", "", "")
    assert (Quote.objects.get().price, Quote.objects.get().origin) == (3328, "file")


def test_import_accepts_lower_case_symbols(gold, file):
    out, _, _ = run(file(GOOD.replace("GOLD", "gold")))

    assert out.startswith("1 new quotes")


def test_import_reads_standard_input(gold, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD.encode())))

    assert run("-")[0] == "1 new quotes, 0 known, 0 not imported\n"


def test_import_names_rejected_quotes_and_fails(gold, file):
    make_quote(gold, "3300", at=later(minutes=-30))
    text = GOOD.replace("3328", "0") + "LEAD,2,2026-06-25T11:58:00Z\n"

    out, err, failed = run(file(text))

    assert out == ""
    assert err.splitlines() == [
        "GOLD: its price is zero",
        "LEAD: no instrument has this symbol",
    ]
    assert failed == "0 new quotes, 0 known, 2 not imported"
    assert Quote.objects.get().price == 3300
    assert HeldQuote.objects.get().instrument == gold


def test_import_leaves_unnamed_instruments_alone(gold, file):
    silver = make_quote(make_instrument("Silver", symbol="SILVER"))

    out, _, _ = run(file(GOOD))

    assert out == "1 new quotes, 0 known, 0 not imported\n"
    assert Quote.objects.get(instrument=silver.instrument) == silver
    assert not HeldQuote.objects.exists()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<!doctype html><p>Sign in", "the answer is a web page, not quotes"),
        ("symbol,last,time\nGOLD,1,1\n", "the column price is missing"),
        ("", "the answer is empty"),
        (b"\xff", "the answer is not text in UTF-8"),
        ("{", "the answer is not valid JSON"),
    ],
)
def test_a_file_without_quotes_is_refused_in_one_line(gold, file, text, line):
    path = file(text)

    _, _, failed = run(path)

    assert failed.startswith(f"{path} was not imported: {line}")
    assert "\n" not in failed


@pytest.mark.parametrize("row", ["A\0B,1,1", "🚢,1,1", f"{'X' * 300},1,1"])
def test_import_reports_an_invalid_symbol_as_unknown(gold, file, row):
    _, err, failed = run(file(f"symbol,price,time\n{row}\n"))

    assert err.rstrip("\n").endswith(": no instrument has this symbol")
    assert err.count("\n") == 1
    assert failed == "0 new quotes, 0 known, 1 not imported"


def test_import_says_when_the_file_is_missing(gold):
    _, _, failed = run("/nowhere/quotes.csv")

    assert failed == (
        "/nowhere/quotes.csv was not imported:"
        " /nowhere/quotes.csv cannot be read: no such file or directory"
    )


def test_import_does_not_wait_for_a_named_pipe(gold, tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)

    assert "is not a regular file" in run(str(path))[2]
