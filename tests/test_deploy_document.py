"""The commands of docs/deploy.md, and bin/as-site, through which they run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import run_manage

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = (ROOT / "docs/deploy.md").read_text()
# On a single machine the settings are the defaults, and the user is the one who runs them.
ONE_MACHINE = "manage.py serve"


def blocks():
    """Return every indented block of shell commands, with continued lines joined."""
    found = re.findall(r"(?:^(?: {4}| {8}).*\n|^\n(?= {4}))+", DOCUMENT, re.M)
    unlike_a_shell = re.compile(r"^\s*(?:\[Unit\]|server \{|from |symbol,|SECRET_KEY=|WARNING )")
    return [block.replace("\\\n", " ") for block in found if not unlike_a_shell.match(block)]


def commands():
    """Return every production command that runs manage.py, one line each."""
    return [
        line.strip()
        for block in blocks()
        for line in block.splitlines()
        if "manage.py" in line and ONE_MACHINE not in line
    ]


def test_every_production_command_runs_with_its_settings_and_user():
    found = commands()

    assert len(found) > 12
    assert [line for line in found if not line.startswith("bin/as-site ")] == []


def test_every_block_that_uses_the_settings_starts_in_the_code_directory():
    lost = [
        block
        for block in blocks()
        if "bin/as-site" in block and "cd /srv/newsroom/app" not in block and "sqlite3" not in block
    ]

    assert lost == []


def test_no_block_loads_the_settings_into_a_shell():
    # A shell would interpret & or $ in an address, and a missing file would stop nothing.
    assert not re.search(r"set -a|\. /etc/newsroom\.env|sudo", "".join(blocks()))


def test_a_step_runs_only_after_the_one_before_it_succeeded():
    upgrade = next(block for block in blocks() if "git pull" in block)
    lines = [line for line in upgrade.strip().splitlines() if not line.strip().startswith("cd ")]

    assert all(line.endswith("&&") for line in lines[:-1])


# bin/as-site


@pytest.fixture
def site(tmp_path):
    """Return a function that runs a command through a copy of bin/as-site in its own folder."""
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin/as-site", tmp_path / "bin")

    def run(settings, *command):
        path = tmp_path / "settings"
        if settings is not None:
            path.write_text(settings)
        return subprocess.run(
            [tmp_path / "bin/as-site", *command],
            cwd="/",
            env={"PATH": os.environ["PATH"], "NEWSROOM_ENV": str(path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


SHOW = (sys.executable, "-c", "import os; print(os.environ['A'], os.getcwd())")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=plain", "plain"),
        ("A=https://x.example/?a={b}&c=$HOME;`id`", "https://x.example/?a={b}&c=$HOME;`id`"),
        ("A=The Monexus", "The Monexus"),
        ('A="The Monexus"', "The Monexus"),
        ("# A comment\n\nA='x=1'", "x=1"),
    ],
)
def test_a_setting_is_read_as_systemd_reads_it(site, tmp_path, line, value):
    done = site(line, *SHOW)

    assert (done.stdout, done.stderr) == (f"{value} {tmp_path}\n", "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "settings cannot be read, so nothing was run."),
        ("A=1\nDATABASE_URL", "settings has a line without =: DATABASE_URL"),
        ("export A=1", "settings has an invalid name: export A"),
    ],
)
def test_nothing_runs_when_the_settings_are_missing_or_wrong(site, written, said):
    done = site(written, *SHOW)

    assert done.returncode == 1
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert said in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_command_runs_as_the_owner_of_the_folder(tmp_path, site):
    os.chown(tmp_path, 65534, -1)
    tmp_path.chmod(0o755)

    # In "/", because the user may have no access to the parent folder.
    done = site("A=1", "id", "-u")

    assert done.stdout.strip() == "65534", done.stderr


# Without the settings


def test_a_production_without_a_database_is_not_migrated(tmp_path):
    done = run_manage(
        "migrate",
        RUNTIME_DIR=str(tmp_path),
        SECRET_KEY="only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
        ALLOWED_HOSTS="paper.example",
        SITE_URL="https://paper.example",
    )

    assert done.returncode == 1
    assert "DATABASE_URL must name the site's database." in done.stderr
    assert "Applying" not in done.stdout


def test_migrate_names_its_database(tmp_path):
    done = run_manage("migrate", "--plan", RUNTIME_DIR=str(tmp_path))

    assert done.stdout.startswith(f"Database: SQLite, {tmp_path}/newsroom.sqlite3\n")
