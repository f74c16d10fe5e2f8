"""Print the table of faults in docs/operate.md, each with what became of it here and now.

Runs the tests that cause them: on SQLite, and on PostgreSQL under `bin/postgres run`. A fault that
this database does not know, or that needs a program which is missing, says “not here”.
`python -m benchmarks.faults [--table]`
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.options import parser

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure, what it costs, and the tests that cause it."""

    failure: str
    cost: str
    tests: tuple[str, ...]

    @property
    def row(self) -> str:
        files = ", ".join(dict.fromkeys(f"`{test.partition('::')[0]}`" for test in self.tests))
        return f"| {self.failure} | {self.cost} | {files} |"


BACKUP, FILES = "tests/newsroom/test_backup.py", "tests/newsroom/test_backup_files.py"
BUCKETS, HOSTS = "tests/newsroom/test_buckets.py", "tests/newsroom/test_several_hosts.py"
DISK, UPLOADS = "tests/newsroom/test_disk_full.py", "tests/articles/test_pictures_on_disk.py"
SERVED, RELOAD = "tests/newsroom/test_pages_served.py", "tests/newsroom/test_reload.py"
LEASES, KILLS = "tests/wires/test_leases.py", "tests/wires/test_kills.py"
REPLICA, REDIS = "tests/newsroom/test_replica.py", "tests/accounts/test_redis_sessions.py"
DUE, INGEST = "tests/newsroom/test_publish_due.py", "tests/wires/test_ingest.py"

FAULTS = (
    Fault(
        "the database is away",
        "readers get the last page of an address for a minute, then 503; pages are made again within seconds of its return",
        (
            f"{SERVED}::test_a_database_that_is_away_is_told_quickly_and_back_within_seconds",
            f"{SERVED}::test_while_the_database_is_away_kept_pages_are_given_for_a_minute",
        ),
    ),
    Fault(
        "the database is away, and a monitor asks",
        "`/metrics` answers, with `newsroom_database_up 0`",
        ("tests/newsroom/test_metrics.py::test_metrics_are_answered_while_the_database_is_away",),
    ),
    Fault(
        "PostgreSQL is restarted",
        "the next request succeeds; the worker says one line and goes on",
        (
            "tests/newsroom/test_database_restart.py::test_the_next_request_succeeds_after_pooled_connections_died",
            "tests/newsroom/test_database_restart.py::test_the_worker_logs_one_line_and_continues_after_its_connection_died",
        ),
    ),
    Fault(
        "the disk of the database is full",
        "the worker says so once, and goes on when there is room",
        (
            f"{DISK}::test_a_worker_whose_disk_is_full_says_so_and_polls_once_there_is_room",
            f"{DISK}::test_an_outage_is_said_again_only_once_it_was_over",
        ),
    ),
    Fault(
        "the disk of the pictures is full",
        "an upload is refused in one line, and nothing is left of it",
        (f"{UPLOADS}::test_an_upload_is_refused_in_one_line_when_the_disk_is_full",),
    ),
    Fault(
        "the file of a picture was cut short",
        "it is not served, and a line says so; to upload it again repairs it",
        (
            f"{UPLOADS}::test_a_file_cut_short_is_not_served",
            f"{UPLOADS}::test_uploading_a_picture_again_repairs_its_file",
        ),
    ),
    Fault(
        "a worker is killed while polling",
        "no post is lost or stored twice; another polls what it held half a minute later",
        (
            f"{KILLS}::test_a_worker_killed_at_random_moments_loses_and_doubles_no_post",
            f"{LEASES}::test_the_channels_of_a_killed_worker_are_free_within_half_a_minute",
        ),
    ),
    Fault(
        "a worker is killed while it publishes what is scheduled",
        "all of the article is out, or nothing; the next worker publishes it once",
        (
            f"{DUE}::test_a_killed_publisher_leaves_all_or_nothing_and_the_next_one_finishes",
            f"{DUE}::test_a_worker_that_is_killed_around_the_second_publishes_once",
        ),
    ),
    Fault(
        "a web process is killed",
        "requests that wait get their page from the other one",
        (f"{RELOAD}::test_both_workers_get_connections_and_a_killed_one_loses_none_that_waits",),
    ),
    Fault(
        "a host of several is lost",
        "nginx asks the other one: no page is missing, and what was published is there",
        (
            f"{HOSTS}::test_what_one_host_publishes_the_other_shows_and_a_lost_host_loses_nothing",
            f"{HOSTS}::test_a_lost_worker_loses_no_post_and_stores_none_twice",
        ),
    ),
    Fault(
        "the replica is behind, away, or hangs",
        "the primary makes the pages, which are as new as ever; one page of each web process takes two or three seconds",
        (
            f"{REPLICA}::test_a_page_that_the_copy_fails_is_made_by_the_primary",
            f"{REPLICA}::test_readers_get_what_was_published_however_far_behind_the_copy_is",
        ),
    ),
    Fault(
        "the Redis of the sessions is killed, or hangs",
        "the desk answers 503 within two seconds, with what was typed; nobody is logged out, where it keeps a file; readers do not notice",
        (
            f"{REDIS}::test_nobody_is_logged_out_or_loses_text_while_redis_hangs",
            f"{REDIS}::test_sessions_outlive_a_redis_that_is_killed_and_keeps_a_file",
        ),
    ),
    Fault(
        "a clock was a day ahead, or behind",
        "no channel is silent for it",
        (
            f"{LEASES}::test_a_clock_that_was_wrong_by_a_day_does_not_silence_the_wire",
            "tests/wires/test_generations.py::test_a_clock_set_back_hides_no_wire_change",
        ),
    ),
    Fault(
        "two upgrades at once",
        "the second is refused",
        ("tests/newsroom/test_upgrade.py::test_a_second_upgrade_of_a_database_is_refused_while_one_runs",),
    ),
    Fault(
        "a backup is killed",
        "there is no file under the final name; the next backup removes what is left",
        (f"{BACKUP}::test_a_backup_that_is_killed_has_no_name_and_the_next_one_removes_what_it_left",),
    ),
    Fault(
        "the disk is full during a backup",
        "a line says so, nothing is left, status 1",
        (
            f"{BACKUP}::test_a_full_disk_leaves_nothing_of_a_backup",
            f"{FILES}::test_a_full_disk_under_an_encrypted_backup_is_told",
        ),
    ),
    Fault(
        "a backup was cut short, or a byte of it changed",
        "`restore` refuses it, and restores nothing",
        (
            f"{FILES}::test_a_backup_is_refused_wherever_it_was_cut_short",
            f"{FILES}::test_a_backup_with_another_byte_in_a_file_is_refused_by_its_name",
        ),
    ),
    Fault(
        "an old backup is restored",
        "erasures made since are made again; posts older than two days or without a date stay off the ticker",
        (
            f"{BACKUP}::test_a_backup_is_restored_with_every_row_picture_and_trigger_and_its_secrets_erased",
            f"{INGEST}::test_posts_without_dates_are_no_news_when_we_come_back_after_days",
        ),
    ),
    Fault(
        "a bucket is away or refuses",
        "pictures of it are missing and a line says so; an upload says why; no backup is made, nothing is left, status 1",
        (
            f"{BUCKETS}::test_a_bucket_that_is_away_is_one_line_and_no_crash",
            f"{BUCKETS}::test_a_backup_that_the_bucket_refuses_leaves_nothing",
        ),
    ),
    Fault(
        "a bucket never answers, and a monitor asks",
        "`/metrics` answers 1.5 seconds later, with `newsroom_backup_place_up 0` and the age of what it knows",
        (
            f"{BUCKETS}::test_a_bucket_that_never_answers_delays_the_figures_by_two_seconds_at_most",
        ),
    ),
    Fault(
        "BACKUP_DIR cannot be written",
        "erasures are done all the same and a line says so; the next backup notes them",
        (f"{BACKUP}::test_an_erasure_that_cannot_be_noted_is_done_said_and_noted_by_the_next_backup",),
    ),
    Fault(
        "the mail server is away",
        "e-mail is tried for a day; that a fault could not be told is a line in the log",
        ("tests/newsroom/test_error_mail.py::test_a_mail_server_that_is_away_is_a_warning_in_the_log",),
    ),
)  # fmt: skip
HEAD = ("| failure | what happens | tried in |", "|---|---|---|")
OUTCOME = re.compile(
    r"^(PASSED|FAILED|ERROR|SKIPPED)(?: \[\d+\])? (tests/\S+?)(?:\[|:\d+| |$)", re.M
)


def table() -> str:
    """Return the table as docs/operate.md has it."""
    return "\n".join([*HEAD, *(fault.row for fault in FAULTS)])


def run() -> str:
    """Run every test of the table on the database of DATABASE_URL, and return what pytest said."""
    tests = [test for fault in FAULTS for test in fault.tests]
    options = ["-q", "-rA", "--tb=no", "-p", "no:cacheprovider", "-m", "long or not long"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def became_of(fault: Fault, said: str) -> str:
    """Return "held", "FAILED", or "not here" where none of its tests ran."""
    outcomes = {
        outcome
        for outcome, name in OUTCOME.findall(said)
        if any(test.startswith(name) for test in fault.tests)
    }
    if outcomes & {"FAILED", "ERROR"}:
        return "FAILED"
    return "held" if "PASSED" in outcomes else "not here"


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--table", action="store_true", help="print the table, and run nothing")
    if options.parse_args().table:
        print(table())
        return
    said = run()
    found = [(became_of(fault, said), fault) for fault in FAULTS]
    for outcome, fault in found:
        print(f"{outcome:<9} {fault.failure}: {fault.cost}")
    if any(outcome == "FAILED" for outcome, _ in found):
        print(said, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
