import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from newsroom.old_commands import RENAMED
from tests.processes import clean_environment, run_manage, run_python
from tests.waiting import CEILING

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": "postgres://a:b@127.0.0.1:1/x"}, "Database: connection failed"),
        ({"DATABASE_URL": "not an address"}, "Settings: DATABASE_URL cannot be read"),
        ({"LAUNCHED_ON": "soon"}, "Settings: LAUNCHED_ON must be a date"),
        ({"NEWSROOM_TIME_ZONE": "Mars/Olympus"}, "Settings: NEWSROOM_TIME_ZONE must be a zone"),
        ({"DEBUG": "maybe"}, "Settings: DEBUG is 'maybe'. Use 1 or 0."),
        ({"LOG_LEVEL": "loud"}, "Settings: LOG_LEVEL is 'LOUD'. Use DEBUG, INFO, WARNING"),
        ({"SECRET_KEY_FILE": "/nowhere/key"}, "Settings: SECRET_KEY_FILE names /nowhere/key"),
        ({"X_BEARER_TOKEN": "two words"}, "Settings: X_BEARER_TOKEN has spaces, line breaks"),
        ({"RUNTIME_DIR": "/dev/null/x"}, "Settings: RUNTIME_DIR /dev/null/x cannot be used"),
    ],
)
def test_manage_py_reports_user_errors_in_one_line(environment, said, tmp_path):
    done = run_manage("migrate", **{"RUNTIME_DIR": str(tmp_path)} | environment)

    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_a_token_that_is_refused_is_not_shown(tmp_path):
    path = tmp_path / "token"
    path.write_text("AAAA\nunseen\n")

    done = run_manage("check", RUNTIME_DIR=str(tmp_path), X_BEARER_TOKEN_FILE=str(path))

    assert done.returncode == 1
    assert "unseen" not in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [[], ["--post", "x", "--help"]])
@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_an_old_name_of_a_command_is_answered_with_the_new_one(old, new, arguments):
    done = run_manage(old, *arguments)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"Unknown command {old}: it is called {new} now.\n"


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_a_renamed_command_exists_under_its_new_name_alone(old, new):
    done = run_manage(new, "--help")

    assert done.returncode == 0, done.stderr
    assert old not in get_commands()


def test_manage_py_prints_the_traceback_on_request(tmp_path):
    done = run_manage(
        "migrate",
        "--traceback",
        DATABASE_URL="postgres://a:b@127.0.0.1:1/x",
        RUNTIME_DIR=str(tmp_path),
    )

    assert "Traceback" in done.stderr
    assert done.returncode != 0


def test_wsgi_refuses_a_half_configured_production(tmp_path):
    done = run_python("-c", "import newsroom.wsgi", ALLOWED_HOSTS="*", RUNTIME_DIR=str(tmp_path))

    assert done.returncode != 0
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"):
        assert name in done.stderr


@pytest.mark.parametrize("content", ["", "short"])
def test_a_secret_key_that_was_cut_short_is_refused_in_one_line(tmp_path, content):
    (tmp_path / "secret_key").write_text(content)

    done = run_manage("check", RUNTIME_DIR=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Settings: {tmp_path}/secret_key is empty or cut short. Delete")
    assert done.stderr.count("\n") == 1


def test_a_secret_key_that_does_not_fit_on_the_disk_leaves_nothing_behind(tmp_path):
    small = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9)); "
    code = f"{small}sys.argv = ['manage.py', 'check']; runpy.run_path('manage.py', run_name='__main__')"

    done = run_python("-c", code, RUNTIME_DIR=str(tmp_path))

    assert done.stderr == f"Settings: RUNTIME_DIR {tmp_path} cannot be used: File too large.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def heard_ctrl_c():
    """Have Ctrl-C heard by processes started here, also where the suite runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_ctrl_c")
def test_ctrl_c_ends_a_command_without_a_traceback(tmp_path):
    command = subprocess.Popen(
        [
            sys.executable,
            "manage.py",
            "shell",
            "-v0",
            "-c",
            "import time; print('on'); time.sleep(600)",
        ],
        cwd=ROOT,
        env=clean_environment(RUNTIME_DIR=str(tmp_path), PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout.readline() == "on\n"

    command.send_signal(signal.SIGINT)
    _, errors = command.communicate(timeout=CEILING)

    assert command.returncode == 130
    assert errors == "\nStopped.\n"
