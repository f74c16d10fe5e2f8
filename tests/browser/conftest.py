"""A running site for a real browser: two gunicorn workers with their own database, and Chromium.

`site` is one site per test module, empty except for migrations, groups and triggers; `page` is a
fresh visitor for each test and fails it on a violation of the content security policy.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests import migrated
from tests.browser.serving import Server, kill_processes_of
from tests.processes import clean_environment, free_port
from tests.waiting import CEILING

ROOT = Path(__file__).resolve().parents[2]
# The first has no window to draw, and costs a test a third less than the second.
CHROMIUM_NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable",
    "google-chrome",
)  # fmt: skip
# Chromium has no sandbox as root; the other flags keep it from contacting its vendor.
CHROMIUM_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Expectations wait this long, because the machine may be busy.
expect.set_options(timeout=1_000 * CEILING)
# Who works by voice says what they see; axe leaves that rule out by itself. What it found to be
# in order it would describe too, element by element.
AXE = {
    "rules": {"label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],
}
# axe uses inline styles, which the policy rightly refuses; that is not a fault of the page.
UNDER_AXE = set()


@dataclass(frozen=True)
class Login:
    username: str
    password: str


@dataclass
class Paper:
    """A running site: its address, its commands, and what serves it."""

    url: str
    environment: dict
    server: Server | None = None

    def manage(self, *arguments, typed=""):
        """Run a manage.py command on this site and return its output; it must succeed."""
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
        """Run Python code on this site, with every model imported, and return its output."""
        self.shell.stdin.write(json.dumps(code) + "\n")
        self.shell.stdin.flush()
        printed, fault = json.loads(self.shell.stdout.readline())
        assert not fault, fault
        return printed

    @cached_property
    def shell(self):
        return subprocess.Popen(
            [sys.executable, "-m", "tests.browser.site_shell"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self):
        if "shell" in vars(self):
            self.shell.communicate(timeout=CEILING)

    def make_login(self, group=""):
        """Create a staff user in the group, or a superuser if no group is given."""
        login = Login(
            f"{group or 'desk'}-{secrets.token_hex(3)}".lower().replace(" ", "-"), "a" * 16
        )
        # Long enough ago to count as a second person.
        self.run(
            "from datetime import timedelta\n"
            "from django.contrib.auth.models import Group, User\n"
            "from django.utils import timezone\n"
            f"user = User.objects.create_user({login.username!r}, password={login.password!r},"
            f" is_staff=True, is_superuser={not group},"
            " date_joined=timezone.now() - timedelta(days=2))\n"
            f"user.groups.set(Group.objects.filter(name={group!r}))\n"
        )
        return login

    def log_in(self, page, login):
        page.goto(f"{self.url}/desk/login/")
        page.get_by_label("Username").fill(login.username)
        page.get_by_label("Password").fill(login.password)
        page.locator("[type=submit]").click()
        page.wait_for_url(f"{self.url}/desk/")


def environment_in(folder):
    return clean_environment(
        DATABASE_URL=f"sqlite:///{folder / 'paper.sqlite3'}", RUNTIME_DIR=str(folder / "runtime")
    )


def missing(reason):
    """Skip the test with a reason; fail in CI, where nothing may be skipped."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """Return a folder with a migrated database and the static files, copied for each site."""
    folder = tmp_path_factory.mktemp("prepared")
    paper = Paper("", environment_in(folder))
    if migrated.kept().is_file():
        migrated.fill(str(folder / "paper.sqlite3")).close()
    paper.manage("migrate", "--verbosity", "0")
    paper.manage("collectstatic", "--no-input", "--verbosity", "0")
    return folder


@pytest.fixture(scope="module")
def paper_settings():
    """Return extra environment settings for this module's site; a module may override it."""
    return {}


@pytest.fixture(scope="module")
def site(prepared, paper_settings, tmp_path_factory):
    """Yield a running site with DEBUG off. Its SITE_URL is the default."""
    folder = tmp_path_factory.mktemp("paper")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    environment = environment_in(folder) | paper_settings
    server = Server(free_port(), environment, folder / "gunicorn.log")
    paper = Paper(server.url, environment, server)
    try:
        server.start()
        yield paper
    finally:
        paper.close()
        server.stop()


@pytest.fixture(scope="session")
def chromium_path():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        missing("no Chromium on this machine; make install-test-tools installs it")
    return path


@pytest.fixture(scope="module")
def browser(chromium_path):
    """Yield Chromium, one per module: while it runs, Django refuses this thread database access."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=list(CHROMIUM_FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def browser_to_kill(browser, chromium_path, site, tmp_path):
    """Yield a browser of its own, as a context, and a function that ends it without a warning."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium_path, args=list(CHROMIUM_FLAGS), base_url=site.url
    )
    context.set_default_timeout(1_000 * CEILING)
    yield context, lambda: kill_processes_of(tmp_path)
    context.close()


@pytest.fixture
def visitor(browser, site):
    """Yield a factory of visitors: `visitor(viewport=…, color_scheme="dark")`."""
    contexts, faults = [], []

    def note(message):
        # An answer of 404 may be what a test is about.
        is_fault = message.type == "error" and not message.text.startswith("Failed to load")
        # markdownx logs the answer to a preview that failed: without a network, an empty one.
        is_lost_preview = not message.text and "/markdownx/" in message.location["url"]
        if is_fault and not is_lost_preview and message.page not in UNDER_AXE:
            faults.append(message.text or f"an empty error: {message.location}")

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
    """Return a function that fails with axe's report if it finds anything on the page."""
    axe = Axe()

    def check(page):
        UNDER_AXE.add(page)
        results = axe.run(page, options=AXE)
        # Console messages arrive in order, so no message of axe comes after this one.
        with page.expect_console_message(lambda message: message.text == "axe is done"):
            page.evaluate("console.debug('axe is done')")
        UNDER_AXE.discard(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture(scope="session")
def assert_desk_accessible():
    """Like assert_accessible, but axe must not reload the desk's style sheets, which it inlines."""
    axe = Axe()

    def check(page):
        results = axe.run(page, options=AXE | {"preload": False})
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture(scope="module")
def sign_in(site, browser):
    """Return the cookies of one user per group: one login for all tests of a module."""
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
    """Return values for the placeholders in desk paths; a module that stores rows overrides it."""
    return {}


@pytest.fixture(scope="module")
def desk_group():
    """Return the default group for desk tests; a module may override it."""
    return "Editor"


@pytest.fixture
def desk(visitor, edition, desk_group, sign_in):
    """Return a function that opens a desk page, logged in: `desk("/desk/articles/article/{article}/change/")`."""

    def open_at(path, group=desk_group, **options):
        page = visitor(storage_state=sign_in(group), **options)
        page.goto(path.format(**edition))
        return page

    return open_at
