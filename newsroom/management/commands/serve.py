"""The whole site on one machine: database, channels, demo edition, static files, web, worker."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import ExitStack
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.acts import record_made
from articles.models import Article
from newsroom import env
from web.words import first_line
from wires.models import Post

LOGIN = "desk"
# gunicorn lets requests finish for 15 seconds (gunicorn.conf.py) before it ends them itself.
SECONDS_TO_STOP = 20
SECONDS_TO_START = 60


class Child:
    """One of the two processes, in a process group of its own so that Ctrl-C reaches only us."""

    def __init__(self, name: str, *arguments: str, **environment: str) -> None:
        self.name = name
        # The arguments are our own, and no shell reads them.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env={**os.environ, **environment},
            process_group=0,
        )

    def is_running(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running():
            self.process.terminate()

    def stop(self) -> None:
        """Wait until it has stopped; end its whole group where it takes too long."""
        self.ask_to_stop()
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Command(BaseCommand):
    help = "Run the site on one machine: gunicorn and the wire worker, with all they need."
    # They ask the database, so prepare() runs them once it is known to be there.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to serve on (127.0.0.1)")
        parser.add_argument("--port", type=port_number, default=8000, help="port (8000)")
        parser.add_argument("--workers", type=int, default=2, help="web processes (2)")
        parser.add_argument(
            "--no-demo", action="store_true", help="do not load the demo edition into an empty site"
        )

    def handle(self, *, host: str, port: int, workers: int, no_demo: bool, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        # Both signals, also where a shell in the background had us ignore the first.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            probe(host, port)
            if is_reachable_from_elsewhere(host):
                self.warn_of_what_is_missing(host)
            self.prepare(no_demo=no_demo)
            self.run(host, port, workers)
        except KeyboardInterrupt:
            self.say("Stopped.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def warn_of_what_is_missing(self, host: str) -> None:
        self.say(self.style.WARNING(f"Other machines can reach {host}. For that, this is missing:"))
        for line in missing_in_public():
            self.say(self.style.WARNING(f"- {line}"))

    def prepare(self, *, no_demo: bool) -> None:
        """Bring database, channels and static files up to date. Raises CommandError."""
        self.say("Preparing the database …")
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            message = f"The database does not answer: {first_line(error)}"
            raise CommandError(message) from error
        self.check()
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("load_channels", verbosity=0)
            call_command("load_instruments", verbosity=0)
            if not (settings.PRODUCTION or no_demo) and is_untouched():
                self.say("Empty site: loading the demo edition …")
                call_command("load_demo", verbosity=0)
        except DatabaseError as error:
            message = f"The database could not be prepared: {first_line(error)}"
            raise CommandError(message) from error
        if isinstance(staticfiles_storage, ManifestFilesMixin):
            self.say("Collecting static files …")
            call_command("collectstatic", interactive=False, verbosity=0)

    def run(self, host: str, port: int, workers: int) -> None:
        """Run both children until a signal comes. Raises CommandError when one of them ends."""
        address = f"{f'[{host}]' if ':' in host else host}:{port}"
        # Children open connections of their own.
        connection.close()
        with ExitStack() as children:
            started = []
            for name, arguments in (
                ("gunicorn", gunicorn(address, workers)),
                ("the wire worker", ("manage.py", "work")),
            ):
                child = Child(name, *arguments, SERVED_AT=f"http://127.0.0.1:{port}")
                children.callback(child.stop)
                started.append(child)
            # Pushed last, so it runs first: both stop at once, then each is waited for.
            children.callback(ask_to_stop, started)
            self.say("Starting gunicorn and the wire worker …")
            wait_for_answer(host, port, started)
            self.announce(address)
            while True:
                refuse_the_dead(started)
                time.sleep(0.2)

    def announce(self, address: str) -> None:
        """Say where the site is and, on a private machine, how to log in."""
        self.say(self.style.SUCCESS(f"The site is at http://{address}/"))
        self.say(f"The desk is at http://{address}{reverse('admin:index')}")
        users = get_user_model().objects
        if users.exists():
            pass
        elif not settings.PRODUCTION:
            password = secrets.token_urlsafe(12)
            user = users.create_superuser(username=LOGIN, password=password)
            record_made(user, by=None, at=timezone.now())
            self.say(self.style.WARNING(f"Log in as {LOGIN} with {password}  (shown this once)"))
        else:
            self.say("Nobody can log in yet: manage.py createsuperuser creates the first login.")
        connection.close()
        self.say("Ctrl-C stops it.")


def port_number(text: str) -> int:
    """Return a TCP port. Raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        message = f"{text} is not a port; use a number from 1 to 65535"
        raise ArgumentTypeError(message)
    return int(text)


def probe(host: str, port: int) -> None:
    """Raise CommandError where the port cannot be had.

    gunicorn would not notice: with reuse_port a second start shares the first one's port.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        message = f"Cannot serve on {host} port {port}: {error.strerror}. Choose another with --port or --host."
        raise CommandError(message) from error


def is_reachable_from_elsewhere(host: str) -> bool:
    """Return whether a host that can be served on is anything but this machine's loopback."""
    found = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return any(
        not ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found
    )


def missing_in_public() -> list[str]:
    """Return what a site that others can reach should have and lacks, a line each."""
    lines = [
        "TLS: passwords and sessions travel readably. Serve on 127.0.0.1, and put nginx with a"
        " certificate in front (docs/deploy.md)."
    ]
    if settings.DEBUG:
        lines.append("DEBUG is on: errors show the code and the settings. Unset it.")
    lines += [
        f"{name}: {why}"
        for name, why in (
            ("SECRET_KEY", "set 50 or more random characters."),
            ("ALLOWED_HOSTS", "until it is set, only this machine's own names are answered."),
            ("SITE_URL", "set the https address of the site. Feeds and links use it."),
            ("DATABASE_URL", "name the database of the site."),
        )
        if not env.text(name)
    ]
    return lines


def gunicorn(address: str, workers: int) -> tuple[str, ...]:
    return (
        "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", address,
        "--workers", str(workers), "--log-level", "warning", "newsroom.wsgi",
    )  # fmt: skip


def is_untouched() -> bool:
    """Return whether nobody has worked here yet. Up to three queries.

    People count, so that a demo edition somebody removed does not come back.
    """
    models = (Article, Post, get_user_model())
    return not any(model._default_manager.exists() for model in models)


def ask_to_stop(children: list[Child]) -> None:
    # From here on nothing interrupts: a second Ctrl-C would leave children behind.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        child.ask_to_stop()


def refuse_the_dead(children: list[Child]) -> None:
    """Raise CommandError when a child has ended."""
    for child in children:
        if not child.is_running():
            message = f"{child.name} stopped unexpectedly (status {child.process.returncode}). Stopped the rest."
            raise CommandError(message)


def wait_for_answer(host: str, port: int, children: list[Child]) -> None:
    """Return once the web answers anything at all. Raises CommandError where it does not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        refuse_the_dead(children)
        web = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_START)
        try:
            web.request("GET", "/healthz")
            web.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            web.close()
    message = f"gunicorn did not answer within {SECONDS_TO_START} seconds."
    raise CommandError(message)
