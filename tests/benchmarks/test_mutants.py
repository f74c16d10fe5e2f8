import pytest

from benchmarks.mutants import (
    LISTED,
    Change,
    Harmless,
    change_of,
    count_outcomes,
    draw,
    drop_stale_files,
    forget_when_settings_change,
    function_of,
    module_of,
    prefix_judged,
    read_listed,
    stale_entries,
    survivor,
    table,
)

CLAIM = "wires.schedule.x_claim__mutmut_3"
BACK_OFF = "wires.schedule.x_back_off__mutmut_1"
CHECK = "wires.http.client.xǁClientǁcheck__mutmut_12"
LOCKED = Change("wires.schedule.claim", 41, "skip_locked=True", "skip_locked=False")


def test_a_seed_decides_the_order_whatever_order_the_mutants_came_in():
    names = [f"wires.schedule.x_claim__mutmut_{n}" for n in range(20)]

    first, again = draw(names, seed=7), draw(reversed(names), seed=7)
    other = draw(names, seed=8)

    assert first == again
    assert sorted(first) == sorted(other) == sorted(names)
    assert first not in (other, names)


def test_only_some_modules_and_so_many_mutants_are_drawn():
    names = [CLAIM, BACK_OFF, CHECK]

    assert set(draw(names, seed=1, only="wires.schedule*")) == {CLAIM, BACK_OFF}
    assert len(draw(names, seed=1, count=2)) == 2


@pytest.mark.parametrize(
    ("name", "module", "function"),
    [
        (CLAIM, "wires.schedule", "wires.schedule.claim"),
        (CHECK, "wires.http.client", "wires.http.client.Client.check"),
        ("wires.ingest.x__x__mutmut_1", "wires.ingest", "wires.ingest._x"),
    ],
)
def test_a_mutant_is_named_for_its_function(name, module, function):
    assert module_of(name) == module
    assert function_of(name) == function


def test_a_change_says_its_line_and_what_was_there_before():
    old = ["# Why.", "def claim(", "    at,", "):", "    x(", "        at,", "    )"]
    new = ["# Why.", "def claim(", "    at,", "):", "    x(", "        None,", "    )"]

    change = change_of(CLAIM, old, new, starts=40)

    assert change == Change("wires.schedule.claim", 45, "at,", "None,")
    assert [*survivor(change)] == ["wires.schedule.claim, line 45", "  - at,", "  + None,"]


def test_a_change_that_drops_a_line_has_nothing_after_it():
    change = change_of(
        CLAIM, ["def claim():", "    x()", "    y()"], ["def claim():", "    y()"], starts=1
    )

    assert (change.line, change.old, change.new) == (2, "x()", "")


@pytest.mark.parametrize(
    "entry",
    [
        Harmless("why", "wires.schedule.claim", "skip_locked=True", "skip_locked=False"),
        Harmless("why", "wires.*", "True", "False"),
    ],
)
def test_an_entry_covers_what_it_describes_on_whatever_line(entry):
    assert entry.covers(LOCKED)


@pytest.mark.parametrize(
    "entry",
    [
        Harmless("why", "wires.schedule.free", "skip_locked=True", "skip_locked=False"),
        Harmless("why", "wires.schedule.claim", "skip_locked=True", "skip_locked=None"),
        Harmless("why", "wires.schedule.claim", "nowait=True", "skip_locked=False"),
        Harmless("why", "articles.*", "True", "False"),
        Harmless("why", old="skip_locked", new="no_key"),
        Harmless("why", new="skip_locked=False"),
    ],
)
def test_an_entry_covers_nothing_else(entry):
    assert not entry.covers(LOCKED)


@pytest.mark.parametrize(
    ("differs", "old", "new"),
    [
        ("case", 'get("etag", "")', 'get("ETAG", "")'),
        ("wording", 'allow(by, "Give a reason.")', 'allow(by, "GIVE A REASON.")'),
        ("wording", 'allow(by, "Give a reason.")', 'allow(by, "XXGive a reason.XX")'),
    ],
)
def test_an_entry_covers_a_string_in_which_only_case_or_wording_differs(differs, old, new):
    change = Change("wires.schedule.claim", 41, old, new)

    assert Harmless("why", differs=differs).covers(change)
    assert not Harmless("why", differs=differs, pattern="^put").covers(change)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('get("etag", "")', 'get("XXetagXX", "")'),
        ('get("etag", "")', 'get("etag", "XXXX")'),
        ('get("etag", "")', 'get("etag", None)'),
        ('allow(by, "Give a reason.")', 'allow(None, "Give a reason.")'),
        ('allow(by, "Give a reason.")', "allow(by, None)"),
        ('allow(by, "Give a reason.")', 'allow("Give a reason.")'),
    ],
)
def test_another_string_or_another_argument_is_more_than_wording(old, new):
    change = Change("wires.schedule.claim", 41, old, new)

    assert not Harmless("why", differs="case").covers(change)
    assert not Harmless("why", differs="wording").covers(change)


def test_an_entry_without_a_reason_is_refused():
    text = '[[harmless]]\nfunction = "wires.schedule.claim"\nold = "1"\nnew = "2"\nreason = " "\n'

    with pytest.raises(ValueError, match=r"no reason for wires\.schedule\.claim: 1"):
        read_listed(text)


def test_an_entry_that_would_cover_every_change_is_refused():
    text = '[[harmless]]\npattern = "logger"\nreason = "why"\n'

    with pytest.raises(ValueError, match="does not say what differs: why"):
        read_listed(text)


def test_the_list_of_the_project_can_be_read():
    assert read_listed(LISTED.read_text()) is not None


def test_an_entry_that_covers_no_mutant_any_more_is_stale():
    entry = Harmless("why", "wires.schedule.claim", "skip_locked=True", "skip_locked=False")
    gone = Harmless("why", "wires.schedule.claim", "nowait=True", "nowait=False")

    assert stale_entries([entry, gone], [LOCKED]) == [gone]


def test_a_sample_ends_where_the_first_mutant_was_not_tried():
    verdicts = {"a": "killed", "b": "survived", "c": None, "d": "killed"}

    assert prefix_judged("abcd", verdicts) == ["a", "b"]


def test_the_rate_leaves_out_what_is_harmless_and_counts_what_no_test_reaches():
    fates = {CLAIM: "killed", BACK_OFF: "no tests", CHECK: "timeout"}
    fates["wires.schedule.x_claim__mutmut_4"] = "harmless"

    rows = {row.split()[0]: row.split()[1:] for row in [*table(count_outcomes(fates))][1:]}

    assert rows["wires.schedule"][-1] == "0.50"
    assert rows["wires.http.client"][-1] == "1.00"
    assert rows["all"] == ["1", "1", "0", "1", "0", "1", "0.67"]


def test_verdicts_are_kept_until_the_settings_change(tmp_path):
    place = tmp_path / "mutants"
    forget_when_settings_change(place, {"only_mutate": ["wires/*.py"]})
    verdict = place / "verdict"
    verdict.touch()

    forget_when_settings_change(place, {"only_mutate": ["wires/*.py"]})
    assert verdict.exists()

    forget_when_settings_change(place, {"only_mutate": ["articles/*.py"]})
    assert not verdict.exists()


def test_all_but_mutated_files_is_copied_again(tmp_path):
    kept = ["wires/schedule.py", "wires/schedule.py.meta", "mutmut-stats.json", "wires/a.pyc"]
    dropped = ["wires/models.py", "wires/gone.py", "wires/gone.py.meta", "markets/list.json"]
    (tmp_path / "project/wires").mkdir(parents=True)
    (tmp_path / "project/wires/schedule.py").touch()
    copy = tmp_path / "copy"
    for name in kept + dropped:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()

    drop_stale_files(
        copy, tmp_path / "project", lambda path: path in {"wires/schedule.py", "wires/gone.py"}
    )

    left = {str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file()}
    assert left == set(kept)
