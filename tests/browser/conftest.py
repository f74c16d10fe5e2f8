"""A real paper for a real browser: two gunicorn workers over a database of their own, and Chromium.

`site` is one paper for each test module, empty but for migrations, groups and triggers;
`page` is a fresh visitor for each test, who fails it on a breach of the content security policy.
"""

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.waiting import CEILING, wait_until

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# As root Chromium has no sandbox; the rest keeps it from calling home.
CHROMIUM_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# What is expected is waited for; a busy machine takes its time.
expect.set_options(timeout=1_000 * CEILING)
# axe measures with inline styles; the policy refuses them, rightly, and that is not the page's fault.
UNDER_AXE = set()
# What decides between one machine and a production; a test's paper takes none of it over.
SAID_BY_US = {
    "DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "RUNTIME_DIR",
    "MEDIA_ROOT", "WIRE_POLL", "WIRE_TRUSTED_HOSTS", "PYTEST_VERSION", "PYTEST_CURRENT_TEST",
}  # fmt: skip


@dataclass(frozen=True)
class Login:
    username: str
    password: str


@dataclass(frozen=True)
class Paper:
    """A running paper: its address, and its commands."""

    url: str
    environment: dict

    def manage(self, *arguments, typed=""):
        """Run a command of manage.py on this paper and return what it printed; it must succeed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def run(self, code):
        """Run Python on this paper, with every model imported, and return what it printed."""
        return self.manage("shell", "--verbosity", "0", "--command", code)

    def make_login(self, group=""):
        """Make a member of staff: of that group, or a superuser where none is said."""
        login = Login(
            f"{group or 'desk'}-{secrets.token_hex(3)}".lower().replace(" ", "-"), "a" * 16
        )
        self.run(
            "from django.contrib.auth.models import Group, User\n"
            f"user = User.objects.create_user({login.username!r}, password={login.password!r},"
            f" is_staff=True, is_superuser={not group})\n"
            f"user.groups.set(Group.objects.filter(name={group!r}))\n"
        )
        return login

    def log_in(self, page, login):
        page.goto(f"{self.url}/desk/login/")
        page.get_by_label("Username").fill(login.username)
        page.get_by_label("Password").fill(login.password)
        page.locator("[type=submit]").click()
        page.wait_for_url(f"{self.url}/desk/")


def clean_environment(folder):
    kept = {name: value for name, value in os.environ.items() if name not in SAID_BY_US}
    return kept | {
        "DATABASE_URL": f"sqlite:///{folder / 'paper.sqlite3'}",
        "RUNTIME_DIR": str(folder / "runtime"),
    }


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_for_answer(port, server, log):
    def answers():
        assert server.poll() is None, f"gunicorn ended:\n{log.read_text()}"
        web = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
        try:
            web.request("GET", "/healthz")
            web.getresponse()
        except OSError:
            return False
        finally:
            web.close()
        return True

    assert wait_until(answers), f"gunicorn does not answer:\n{log.read_text()}"


def missing(reason):
    """Leave the test out with its reason; in CI nothing may be left out."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A folder with a migrated database and the static files, made once, copied for each paper."""
    folder = tmp_path_factory.mktemp("prepared")
    paper = Paper("", clean_environment(folder))
    paper.manage("migrate", "--verbosity", "0")
    paper.manage("collectstatic", "--no-input", "--verbosity", "0")
    return folder


@pytest.fixture(scope="module")
def paper_settings():
    """Further settings of this module's paper, as environment: a module may define its own."""
    return {}


@pytest.fixture(scope="module")
def site(prepared, paper_settings, tmp_path_factory):
    """A running paper with DEBUG off, as readers meet it. Its SITE_URL stays the default."""
    folder = tmp_path_factory.mktemp("paper")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    port = free_port()
    paper = Paper(f"http://127.0.0.1:{port}", clean_environment(folder) | paper_settings)
    log = folder / "gunicorn.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py",
                "--bind", f"127.0.0.1:{port}", "--workers", "2", "newsroom.wsgi",
            ],
            cwd=ROOT,
            env=paper.environment,
            stdout=output,
            stderr=output,
        )  # fmt: skip
    try:
        wait_for_answer(port, server, log)
        yield paper
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(CEILING)


@pytest.fixture(scope="module")
def browser():
    """Chromium. One for each module: while it lives, Django refuses its database to this thread."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        missing("no Chromium on this machine; make install-test-tools installs it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser, site):
    """Make fresh visitors: `visitor(viewport=…, java_script_enabled=False, color_scheme="dark")`."""
    contexts, faults = [], []

    def note(message):
        if "Content Security Policy" in message.text and message.page not in UNDER_AXE:
            faults.append(message.text)

    def make(**options):
        context = browser.new_context(base_url=site.url, **options)
        context.set_default_timeout(1_000 * CEILING)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(f"a script failed: {error}"))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(visitor):
    return visitor()


@pytest.fixture(scope="session")
def assert_accessible():
    """Fail with axe's own report where it finds anything on the page."""
    axe = Axe()

    def check(page):
        UNDER_AXE.add(page)
        results = axe.run(page)
        # Console messages arrive in order, so after this one none of axe's is to come.
        with page.expect_console_message(lambda message: message.text == "axe is done"):
            page.evaluate("console.debug('axe is done')")
        UNDER_AXE.discard(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture(scope="session")
def assert_desk_accessible():
    """As everywhere, but axe must not load the desk's style sheets again: it puts them inline."""
    axe = Axe()

    def check(page):
        results = axe.run(page, options={"preload": False})
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture(scope="module")
def sign_in(site, browser):
    """Return the cookies of one member of a group: one login serves every test of a module."""
    states = {}

    def sign_in(group):
        if group not in states:
            context = browser.new_context(base_url=site.url)
            context.set_default_timeout(1_000 * CEILING)
            site.log_in(context.new_page(), site.make_login(group))
            states[group] = context.storage_state()
            context.close()
        return states[group]

    return sign_in


@pytest.fixture(scope="module")
def edition():
    """Names for parts of the desk's addresses: a module that stores rows defines its own."""
    return {}


@pytest.fixture(scope="module")
def desk_group():
    """The group that sees the desk where a test names none: a module may define its own."""
    return "Editor"


@pytest.fixture
def desk(visitor, edition, desk_group, sign_in):
    """Open a page of the desk, logged in: `desk("/desk/articles/article/{article}/change/")`."""

    def open_at(path, group=desk_group, **options):
        page = visitor(storage_state=sign_in(group), **options)
        page.goto(path.format(**edition))
        return page

    return open_at
