import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wires.generations import NAMES, Generations, NoGenerations, bump, current, reader

ROOT = Path(__file__).resolve().parents[2]


class Clock:
    def __init__(self, now=1_800_000_000.0):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def make_generations(directory=None, *, clock=None):
    generations = Generations(clock=clock or Clock())
    if directory is not None:
        generations.configure(directory)
    return generations


def start_python(code, *arguments):
    """Start a real Python process with the project on its path."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("name", ["pages", "quotes"])
def test_two_bumps_in_one_millisecond_are_two_generations(tmp_path, name, shared):
    generations = make_generations(tmp_path if shared else None)

    seen = [generations.current(name)]
    for _ in range(2):
        generations.bump(name)
        seen.append(generations.current(name))

    assert len(set(seen)) == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_generation_stays_the_same_until_a_bump(tmp_path, clock, name):
    generations = make_generations(tmp_path, clock=clock)
    before = generations.current(name)

    clock.now += 3_600

    assert generations.current(name) == before


def test_each_generation_counter_is_independent(tmp_path, clock):
    generations = make_generations(tmp_path, clock=clock)
    clock.now += 5
    before = {name: generations.current(name) for name in NAMES}

    generations.bump("wire")

    changed = {name for name in NAMES if generations.current(name) != before[name]}
    assert changed == {"wire"}


def test_an_unknown_generation_name_is_refused(tmp_path):
    with pytest.raises(KeyError):
        make_generations(tmp_path).bump("weather")
    with pytest.raises(KeyError):
        make_generations(tmp_path).current("weather")


def test_another_process_on_the_host_sees_a_bump(tmp_path):
    web, worker = make_generations(tmp_path), make_generations(tmp_path)
    before = web.current("pages")

    worker.bump("pages")

    assert web.current("pages") == worker.current("pages") == before + 1


def test_generations_survive_a_restart(tmp_path):
    first = make_generations(tmp_path)
    first.bump("pages")
    before = {name: first.current(name) for name in NAMES}

    again = make_generations(tmp_path, clock=Clock(1_900_000_000.0))

    assert {name: again.current(name) for name in NAMES} == before


def test_no_bump_is_lost_when_many_processes_bump_at_once(tmp_path):
    generations = make_generations(tmp_path, clock=time.time)
    before = generations.current("pages")
    code = """if True:
        import sys, threading
        from pathlib import Path
        from wires import generations
        generations.configure(Path(sys.argv[1]))
        def bump():
            for _ in range(100):
                generations.bump("pages")
        threads = [threading.Thread(target=bump) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    """

    processes = [start_python(code, tmp_path) for _ in range(5)]
    for process in processes:
        assert process.wait(60) == 0
        process.stdout.close()

    assert generations.current("pages") == before + 5 * 2 * 100


def test_no_bump_is_lost_between_a_process_and_its_forks(tmp_path):
    code = """if True:
        import os, sys
        from pathlib import Path
        from wires import generations
        generations.configure(Path(sys.argv[1]))
        before = generations.current("pages")
        children = []
        for _ in range(4):
            child = os.fork()
            if child == 0:
                for _ in range(100):
                    generations.bump("pages")
                os._exit(0)
            children.append(child)
        for child in children:
            assert os.waitpid(child, 0)[1] == 0
        print(generations.current("pages") - before)
    """

    process = start_python(code, tmp_path)

    assert process.communicate(timeout=60)[0] == "400\n"


def test_a_bump_before_configuration_is_written_on_configuration(tmp_path):
    other = make_generations(tmp_path)
    before = other.current("pages")
    generations = make_generations()

    generations.bump("pages")
    generations.configure(tmp_path)

    assert other.current("pages") == generations.current("pages") == before + 1


def test_the_wire_generation_moves_at_once_after_a_quiet_second(tmp_path, clock):
    generations = make_generations(tmp_path, clock=clock)
    before = generations.current("wire")
    clock.now += 1

    generations.bump("wire")

    assert generations.current("wire") != before


def test_the_wire_generation_moves_at_most_once_a_second_and_loses_no_bump(tmp_path, clock):
    generations = make_generations(tmp_path, clock=clock)
    clock.now += 10
    generations.bump("wire")
    first = generations.current("wire")

    seen = []
    for _ in range(9):
        clock.now += 0.1
        generations.bump("wire")
        seen.append(generations.current("wire"))
    clock.now += 0.2
    after = generations.current("wire")
    clock.now += 100

    assert set(seen) == {first}
    assert after != first
    assert generations.current("wire") == after


def test_a_bump_soon_after_a_delayed_one_is_shown_as_well(tmp_path, clock):
    generations = make_generations(tmp_path, clock=clock)
    generations.bump("wire")
    clock.now += 1.5
    shown = generations.current("wire")

    generations.bump("wire")
    at_once = generations.current("wire")
    clock.now += 1

    assert at_once == shown
    assert generations.current("wire") != shown


def test_a_clock_set_back_hides_no_wire_change(tmp_path, clock):
    generations = make_generations(tmp_path, clock=clock)
    generations.bump("wire")
    before = generations.current("wire")
    clock.now -= 3_600
    waiting = generations.current("wire")

    generations.bump("wire")

    assert len({before, waiting, generations.current("wire")}) == 3


steps = st.lists(st.tuples(st.sampled_from(["bump", "look"]), st.integers(0, 2_500)), max_size=40)


@given(steps=steps)
def test_the_wire_generation_shows_every_bump_within_a_second_and_never_goes_back(steps):
    clock = Clock()
    generations = Generations(clock=clock)
    moved, unseen = [], None
    last = generations.current("wire")
    for what, wait in steps:
        clock.now = round(clock.now + wait / 1_000, 3)
        number = generations.current("wire")
        assert number >= last
        if number != last:
            moved.append(number)
            unseen = None
        assert unseen is None or clock.now - unseen < 1.001
        last = number
        if what == "bump":
            generations.bump("wire")
            if generations.current("wire") == last:
                unseen = clock.now if unseen is None else unseen
            else:
                last = generations.current("wire")
                moved.append(last)
                unseen = None

    # Generations of the wire are the times of its changes in milliseconds.
    assert all(later - earlier >= 1_000 for earlier, later in pairwise(moved))


@pytest.mark.parametrize("name", NAMES)
def test_a_deleted_generation_file_is_recreated_with_an_unused_number(tmp_path, name):
    clock = Clock()
    generations = make_generations(tmp_path, clock=clock)
    seen = set()
    for _ in range(50):
        generations.bump(name)
        seen.add(generations.current(name))
    clock.now += 2

    for path in tmp_path.iterdir():
        path.unlink()

    assert generations.current(name) not in seen
    assert generations.current(name) == make_generations(tmp_path).current(name)


def test_a_deleted_generation_directory_is_recreated(tmp_path, clock):
    directory = tmp_path / "run"
    generations = make_generations(directory, clock=clock)
    before = generations.current("pages")
    (path,) = directory.iterdir()
    path.unlink()
    directory.rmdir()
    clock.now += 1

    generations.bump("pages")

    assert generations.current("pages") > before
    assert directory.is_dir()


def test_a_replaced_generation_file_is_noticed(tmp_path, clock):
    one, other = tmp_path / "one", tmp_path / "other"
    generations = make_generations(one, clock=clock)
    moved_on = make_generations(other)
    moved_on.bump("pages")
    number = moved_on.current("pages")

    (source,), (target,) = other.iterdir(), one.iterdir()
    source.replace(target)
    clock.now += 0.05

    assert generations.current("pages") == number


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 32, b"x" * 4_096])
def test_a_corrupted_generation_file_is_rewritten(tmp_path, clock, content):
    generations = make_generations(tmp_path, clock=clock)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    clock.now += 1

    again = make_generations(tmp_path, clock=clock)
    again.bump("pages")

    assert again.current("pages") == generations.current("pages")
    assert path.stat().st_size == 32


def test_a_generation_file_truncated_while_open_is_rewritten(tmp_path, clock):
    generations = make_generations(tmp_path, clock=clock)
    before = generations.current("pages")
    (path,) = tmp_path.iterdir()
    os.truncate(path, 0)
    clock.now += 1

    assert generations.current("pages") > before


def test_a_generation_directory_that_cannot_be_created_is_a_one_line_error(tmp_path):
    (tmp_path / "run").write_text("a file stands where the directory should be")

    with pytest.raises(NoGenerations) as refused:
        make_generations(tmp_path / "run")

    assert str(tmp_path / "run") in str(refused.value)
    assert "RUNTIME_DIR" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.fixture
def as_nobody():
    """Give up the rights of root for a test, if the suite runs as root: root writes everywhere."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_a_generation_directory_that_is_not_writable_is_a_one_line_error(as_nobody):
    # Not below tmp_path, into which nobody may look.
    directory = Path(tempfile.mkdtemp())
    directory.chmod(0o500)

    with pytest.raises(NoGenerations, match="RUNTIME_DIR") as refused:
        make_generations(directory)

    directory.rmdir()
    assert str(directory) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_every_read_gives_a_new_generation_when_the_file_cannot_be_made(tmp_path, clock):
    directory = tmp_path / "run"
    generations = make_generations(directory, clock=clock)
    (path,) = directory.iterdir()
    path.unlink()
    directory.rmdir()
    directory.write_text("in the way")
    clock.now += 0.05

    assert generations.current("pages") != generations.current("pages")
    with pytest.raises(NoGenerations, match="restart"):
        generations.bump("pages")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_reading_and_bumping_leave_no_files_open(tmp_path):
    generations = make_generations(tmp_path)
    before = len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(100):
        generations.current("pages")
        generations.bump("pages")

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_readers_never_see_a_generation_go_back(tmp_path):
    generations = make_generations(tmp_path, clock=time.time)
    seen, done = [], threading.Event()

    def read():
        while not done.is_set():
            seen.append(generations.current("pages"))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(300):
        generations.bump("pages")
    done.set()
    reader.join()

    assert seen == sorted(seen)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_a_bump_moves_the_counter_it_names_and_no_other(tmp_path, clock, name, shared):
    generations = make_generations(tmp_path if shared else None, clock=clock)
    clock.now += 5
    before = {each: generations.current(each) for each in NAMES}

    generations.bump(name)

    assert [each for each in NAMES if generations.current(each) != before[each]] == [name]


def test_a_reader_reads_the_numbers_of_its_names_in_their_order():
    read = reader("quotes", "pages")
    before = read()

    bump("pages")

    assert before == (current("quotes"), current("pages") - 1)
    assert read() == (current("quotes"), current("pages"))


def test_a_reader_of_an_unknown_name_is_refused_before_it_reads():
    with pytest.raises(KeyError):
        reader("pages", "weather")


@pytest.mark.parametrize(
    ("milliseconds", "moved"), [(0, 0), (999, 0), (1_000, 1_000), (-1_000, 0), (-1_001, 1_000)]
)
def test_a_bump_that_waits_shows_when_its_second_is_over_or_the_clock_was_set_back(
    tmp_path, clock, milliseconds, moved
):
    generations = make_generations(tmp_path, clock=clock)
    before = generations.current("wire")
    generations.bump("wire")

    clock.now = round(clock.now + milliseconds / 1_000, 3)

    assert generations.current("wire") == before + moved


@pytest.mark.parametrize(("milliseconds", "moved"), [(999, 0), (1_000, 1_000), (1_500, 1_500)])
def test_the_wire_counter_is_the_moment_of_its_last_change(tmp_path, clock, milliseconds, moved):
    generations = make_generations(tmp_path, clock=clock)
    before = generations.current("wire")
    clock.now = round(clock.now + milliseconds / 1_000, 3)

    generations.bump("wire")

    assert generations.current("wire") == before + moved


def test_counters_start_at_the_clock(tmp_path):
    clock = Clock(1_800_000_000.5)

    alone, shared = make_generations(clock=clock), make_generations(tmp_path, clock=clock)

    assert [alone.current(name) for name in NAMES] == [shared.current(name) for name in NAMES]
    assert alone.current("wire") == 1_800_000_000_500
    assert alone.current("pages") == alone.current("quotes") == 1_800_000_000_500_000


def test_what_was_bumped_before_configuration_is_written_once(tmp_path):
    first, second = make_generations(tmp_path / "a"), make_generations(tmp_path / "b")
    before = {name: second.current(name) for name in NAMES}
    generations = make_generations()
    generations.bump("pages")

    generations.configure(tmp_path / "a")
    generations.configure(tmp_path / "b")

    assert first.current("pages") == before["pages"] + 1
    assert {name: second.current(name) for name in NAMES} == before


def test_a_counter_file_of_another_layout_is_rewritten(tmp_path, clock):
    generations = make_generations(tmp_path, clock=clock)
    (path,) = tmp_path.iterdir()
    kept = path.read_bytes()
    path.write_bytes(b"GENERAT2" + bytes(len(kept) - 8))

    again = make_generations(tmp_path, clock=clock)

    assert path.read_bytes() == kept
    assert again.current("pages") == generations.current("pages")
    assert path.stat().st_mode & 0o777 & ~0o660 == 0


def test_a_counter_directory_that_is_a_file_says_so_with_its_reason(tmp_path):
    (tmp_path / "run").write_text("a file")

    with pytest.raises(NoGenerations) as refused:
        make_generations(tmp_path / "run")

    assert str(refused.value) == (
        f"the page-change counters cannot be kept in {tmp_path / 'run'} (File exists): make it "
        "a directory that the web processes and the worker can write to, or set another as "
        "RUNTIME_DIR"
    )


class OtherHosts:
    """What hosts share, where it can be had."""

    def __init__(self):
        self.counts, self.reads, self.is_away = {"pages": 7}, 0, False

    def read(self):
        self.reads += 1
        return None if self.is_away else dict(self.counts)

    def bump(self, name):
        if self.is_away:
            message = "no connection"
            raise OSError(message)
        self.counts[name] = self.counts.get(name, 0) + 1


@pytest.fixture
def hosts():
    return OtherHosts()


def make_two_hosts(hosts, clock, tmp_path):
    made = [make_generations(tmp_path / name, clock=clock) for name in ("here", "there")]
    for generations in made:
        generations.share(read=hosts.read, bump=hosts.bump)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_what_one_host_bumps_another_sees_within_a_quarter_of_a_second(
    hosts, clock, tmp_path, name
):
    here, there = make_two_hosts(hosts, clock, tmp_path)
    before = {each: (here.current(each), there.current(each)) for each in NAMES}

    here.bump(name)
    at_once = here.current(name)
    clock.now += 0.25
    after = {each: there.current(each) for each in NAMES}

    assert at_once != before[name][0]
    assert [each for each in NAMES if after[each] != before[each][1]] == [name]


def test_other_hosts_are_asked_at_most_four_times_a_second(hosts, clock, tmp_path):
    here, _ = make_two_hosts(hosts, clock, tmp_path)

    for _ in range(100):
        here.current("pages")
        clock.now += 0.01

    assert 3 <= hosts.reads <= 5


def test_where_the_others_cannot_be_asked_the_last_known_numbers_go_on(hosts, clock, tmp_path):
    here, _ = make_two_hosts(hosts, clock, tmp_path)
    before = here.current("pages")
    hosts.is_away = True
    clock.now += 1

    assert here.current("pages") == before
    with pytest.raises(NoGenerations, match="other hosts could not be told that pages changed"):
        here.bump("pages")
    # This host's own processes were told.
    assert here.current("pages") != before
