"""Ask every address of the site for what it does not expect, and look for answers of 500.

    .venv/bin/python -m benchmarks.fuzz [--seed N] [--rounds N] [--only TEXT]

The addresses come from the URL conf; each is asked by everybody: nobody, one of each group, a
superuser, and somebody whose account was closed. Works on a database of its own, as the tests do,
which it makes and removes, with the demo edition in it; DATABASE_URL says of which kind. Prints
each kind of failure once, with a request that shows it. Exit status 1 if there is one.
"""

import logging
import os
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.options import parser
from newsroom.log_lines import WithoutTraceback

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
HOSTILE = (
    "", " ", "0", "-1", "1", "2", "1;DROP", "9" * 19, "9" * 30, "9" * 5000, "-" + "9" * 400, "1e309",
    "1_000", "٣", "½", "²", "NaN", "Infinity", "0x1f", "1.5", "true", "null", "None", "\0", "a\0b",
    "\ud800", "a\udfffb", "\u202eevil", "\u2028", "\ufeff", "\ufffe", "😀" * 50, "á" * 3000,
    "x" * 70_000, "<script>", "{{ 7 }}", "%s%n", "%", "%00", "'\"--", "a\r\nX-Evil: 1", "../../etc",
    "0001-01-01", "0001-01-01 00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "9999-12-31 23:59", "0000-00-00", "1970-13-45", "24:61", "-0001-01-01T00:00", "12:00", "now",
    "0001-01-01T00:00:00.000001+00:00,1", "2026-06-25T12:00:00+00:00,1", "2026-06-25T12:00", "[", "]",
    "http://[", "http://[::1", "http://a:99999999/", "//evil.example", "javascript:alert(1)",
    "https://harbour.example/one", "http://127.0.0.1:1/", "https://x.example/" + "p" * 5000,
    "id", "pk", "-pk", "1.2.3", "-0.0", "password", "1,2,3", "{}", "[]", '{"a":', "on", "outlet__slug",
)  # fmt: skip
NAMES = (
    "q", "p", "o", "e", "all", "page", "after", "before", "until", "since", "next", "key", "post",
    "article", "image", "kind", "outlet", "channel", "status", "status__exact", "id__in", "pk__gt",
    "id", "_popup", "_to_field", "_changelist_filters", "app_label", "model_name", "field_name", "term",
    "posted_at__gte", "section__id__exact", "headline__regex", "password__startswith", "is_active",
    "action", "_selected_action", "select_across", "index", "_save", "_continue", "_saveasnew", "reason",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data; charset=utf-7; boundary=x",
    "application/x-www-form-urlencoded; charset=nonsense", "multipart/form-data", "multipart/form-data;"
    " boundary=", "multipart/form-data; boundary=\xe9", "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; charset=utf-16; boundary=x", "application/json", "text/plain", "", "\xff/\xfe",
    "multipart/mixed; boundary=x", "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=latin-1",
)  # fmt: skip
BODIES = (
    b"", b"\0", b"a=%ED%A0%80&b=%00&%ff=%fe", b"a" * 5000, b"&=&=&" * 500, b"a=1&" * 6000, b"{", b"\xff" * 99,
    b"username=+AAA-&password=+2AA-&headline=+ADw-", b"--x\r\n", b"--x--", b"--x\r\n\r\n--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 2 + b"--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="image"; filename="\x00.gif"\r\n\r\nGIF89a\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="image"; filename="a/../b"\r\nContent-Transfer-Encoding:'
    b" base64\r\n\r\n=!\r\n--x--\r\n",
    b'--x\r\nContent-Type: multipart/mixed; boundary=y\r\nContent-Disposition: form-data; name="f"\r\n\r\n'
    b'--y\r\nContent-Disposition: file; filename="a"\r\n\r\n1\r\n--y--\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=rot13\r\n\r\n1\r\n--x--',
    b"--x\r\nContent-Disposition: form-data; name*=utf-7''%2BAAA-\r\n\r\n1\r\n--x--\r\n",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 01 Jan 0001 00:00:00 GMT"},
    {"HTTP_IF_NONE_MATCH": '"a", W/"' + "b" * 5000 + '", \xe9'},
    {"HTTP_IF_UNMODIFIED_SINCE": "Fri, 31 Dec 9999 23:59:59 GMT", "HTTP_IF_MATCH": "\\"},
    {"HTTP_RANGE": "bytes=99999999999999999999-0", "HTTP_ACCEPT_ENCODING": "gzip;q=x"},
    {"HTTP_COOKIE": "sessionid=\xe9\x01; csrftoken=" + "é" * 99 + "; =; a=%00"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 600, "HTTP_REFERER": "http://[::1", "HTTP_ORIGIN": "null"},
    {"HTTP_X_FORWARDED_FOR": "\xe9, 1.2.3.4.5, ::ffff:1", "REMOTE_ADDR": ""},
    {"HTTP_HOST": "evil.example:99999"},
    {"HTTP_X_FORWARDED_PROTO": "https, http", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"CONTENT_LENGTH": "9" * 5000},
    {"CONTENT_LENGTH": "-1"},
)


class FormFields(HTMLParser):
    """The fields of all forms of a page, with the values that a browser would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, str]] = []
        self._text = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self.values.append((self._select, value))
        elif tag == "textarea":
            self._text = name
            self.values.append((name, ""))
        elif name and (tag == "button" or given.get("type") == "submit"):
            self.buttons.append((name, value))
        elif name and tag == "input":
            self.values.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        self._text = "" if tag == "textarea" else self._text
        self._select = "" if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[-1] = (self._text, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, and who sends it."""

    role: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        what = f"{self.role}: {self.method} {self.path[:200]}"
        sent = f"  {self.content_type[:80]}  {self.body[:300]!r}" if self.body else ""
        return f"{what}{sent}  {self.headers if self.headers else ''}"[:900]


@dataclass(slots=True)
class Tally:
    """What came of the requests: statuses, and each kind of failure with one that shows it."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    show: Callable[[str], object] = lambda line: None

    def note(self, kind: str, asked: Asked) -> None:
        if kind not in self.failures:
            self.failures[kind] = f"{asked}"
            self.show(f"{kind}\n    {asked}")


class Tracebacks(logging.Handler):
    """Keeps the exceptions that were logged with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.addFilter(WithoutTraceback())
        self.seen: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.seen.append(record.exc_info[1])


def addresses() -> list[str]:
    """Return every route of the URL conf, as it is written there."""
    from django.urls import URLResolver, get_resolver

    def walk(patterns: Any, before: str) -> Iterator[str]:
        for each in patterns:
            here = before + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, here)
            else:
                yield here

    return list(walk(get_resolver().url_patterns, ""))


class Fuzz:
    """Requests made up from a seed, for the addresses of a site that has rows."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # requests, not secrets
        self.forms: dict[str, FormFields] = {}
        self.log = Tracebacks()

    def text(self) -> str:
        return self.chance.choice(HOSTILE)

    def path_of(self, route: str) -> str:
        """Fill a route in, with rows that there are or with something else."""
        from django.urls.resolvers import RoutePattern

        if "(?P<" in route:
            return self._path_of_regex(route)
        kinds = RoutePattern(route).converters
        path = "/" + route
        for part in [part for part in route.split("<")[1:] if ">" in part]:
            name = part.partition(">")[0]
            kind = type(kinds[name.rpartition(":")[2]]).__name__
            path = path.replace(f"<{name}>", self._part(route, kind), 1)
        return path

    def _path_of_regex(self, route: str) -> str:
        if route.startswith("desk/^"):
            return f"/desk/{self.chance.choice(('auth', 'articles', 'markets', 'wires'))}/"
        if "url>" in route:
            return f"/desk/{self.quoted()}"
        if "sha256" in route:
            return f"/media/{self.chance.choice('0af') * 64}.jpg"
        return f"/{self.chance.choice(('0000', '0001', '2026', '9999'))}/{self.chance.choice(('00', '06', '99'))}/31/{'a' * self.chance.choice((1, 5000))}/"

    def quoted(self) -> str:
        return quote(self.text().encode("utf-8", "surrogatepass"), safe="/:")

    def _part(self, route: str, kind: str) -> str:
        if self.chance.random() < 0.4:
            return self.quoted() or "0"
        if kind == "SlugConverter":
            return self.chance.choice(("post", "channel", "outlet", "world", "a" * 64, *_slugs()))
        return str(self.chance.choice(_ids(route)))

    def query(self) -> str:
        pairs = [
            (self.chance.choice(NAMES), self.text())
            for _ in range(self.chance.choice((0, 1, 1, 3)))
        ]
        return urlencode(pairs, errors="surrogatepass")

    def requests_for(self, route: str, role: str, client: Any) -> Iterator[Asked]:
        """Yield what one role asks of one route in a round."""
        path = self.path_of(route)
        whole = f"{path}?{self.query()}"
        yield Asked(role=role, method="GET", path=whole, headers=self.chance.choice(HEADERS))
        yield Asked(
            role=role,
            method=self.chance.choice(("POST", "POST", "PUT", "HEAD", "OPTIONS", "DELETE")),
            path=whole,
            body=self.chance.choice(BODIES),
            content_type=self.chance.choice(TYPES),
            headers=self.chance.choice(HEADERS),
        )
        page = self.form_of(path, client)
        for _ in range(2):
            yield Asked(
                role=role,
                method="POST",
                path=self.chance.choice((path, whole)),
                body=self.filled_in(page),
                content_type="application/x-www-form-urlencoded",
            )

    def form_of(self, path: str, client: Any) -> FormFields:
        if path not in self.forms:
            answer = client.get(path)
            is_page = answer.status_code == 200 and "html" in answer.get("Content-Type", "")
            self.forms[path] = FormFields(answer.content.decode() if is_page else "")
        return self.forms[path]

    def filled_in(self, page: FormFields) -> bytes:
        """Return the fields of a form of which a few hold something else."""
        data = dict(page.values)
        known = list(data) or list(NAMES)
        for _ in range(self.chance.choice((1, 2, 4))):
            data[self.chance.choice(known if self.chance.random() < 0.9 else NAMES)] = self.text()
        if page.buttons:
            data |= dict([self.chance.choice(page.buttons)])
        return urlencode(list(data.items()), errors="surrogatepass").encode()

    def ask(self, asked: Asked, client: Any, tally: Tally) -> None:
        """Send a request and look at what comes of it."""
        from django.core.signals import got_request_exception

        caught: list[BaseException] = []

        def note(**_: Any) -> None:
            caught.append(sys.exc_info()[1] or RuntimeError("unknown"))

        self.log.seen.clear()
        got_request_exception.connect(note)
        try:
            answer = client.generic(
                asked.method, asked.path, asked.body, asked.content_type, **asked.headers
            )
            status = answer.status_code
            # A streamed answer fails while it is read.
            if answer.streaming:
                b"".join(answer.streaming_content)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
            caught.append(error)
            status = 500
        finally:
            got_request_exception.disconnect(note)
        tally.statuses[status] += 1
        if status >= 500 or caught or self.log.seen:
            error = next(iter([*caught, *self.log.seen]), None)
            tally.note(where(error, status), asked)


def where(error: BaseException | None, status: int) -> str:
    """Return one line that is the same for failures of one kind."""
    if error is None:
        return f"status {status} without an exception"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if ".venv" not in frame.filename] or frames
    spot = ours[-1] if ours else None
    deepest = frames[-1] if frames else None
    return f"{type(error).__name__}: {str(error)[:160]!r} at {_at(spot)} (raised at {_at(deepest)})"


def _at(frame: traceback.FrameSummary | None) -> str:
    return f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno}" if frame else "?"


def _slugs() -> list[str]:
    from wires.models import Outlet

    return list(Outlet.objects.order_by("pk").values_list("slug", flat=True)[:5])


def _ids(route: str) -> list[Any]:
    """Return ids of the model that a route of the desk names, and some that may be of anything."""
    from django.apps import apps

    parts = route.split("/")
    if (
        parts[0] == "desk"
        and len(parts) > 3
        and parts[1] in {"auth", "articles", "wires", "markets"}
    ):
        model = apps.get_model(parts[1], parts[2])
        return [*model._default_manager.order_by("-pk").values_list("pk", flat=True)[:5], 0]
    return [0, 1, 2, 3, 5, 8]


def clients() -> dict[str, Any]:
    """Return a browser for each role."""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    browsers: dict[str, Any] = {"nobody": Client(raise_request_exception=False)}
    groups = list(Group.objects.order_by("pk"))
    for name in [*(group.name for group in groups), "superuser", "closed account"]:
        username = f"fuzz-{name}".replace(" ", "-").lower()
        user, _ = User.objects.get_or_create(username=username)
        # Whatever the last requests made of it.
        User.objects.filter(pk=user.pk).update(
            is_staff=True, is_active=name != "closed account", is_superuser=name == "superuser"
        )
        user.refresh_from_db()
        user.groups.set([group for group in groups if group.name == name])
        browsers[name] = Client(raise_request_exception=False)
        browsers[name].force_login(user, "django.contrib.auth.backends.ModelBackend")
    return browsers


def fuzz(
    *, seed: int, rounds: int, only: str = "", show: Callable[[str], object] = lambda line: None
) -> Tally:
    """Ask every address so many times by every role, on the database that is set up."""
    tally, made_up = Tally(show=show), Fuzz(seed)
    logging.getLogger().addHandler(made_up.log)
    try:
        for _ in range(rounds):
            for route in [route for route in addresses() if only in route]:
                for role, client in clients().items():
                    for asked in made_up.requests_for(route, role, client):
                        made_up.ask(asked, client, tally)
    finally:
        logging.getLogger().removeHandler(made_up.log)
    return tally


def show_at_once(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    asked = parser(__doc__)
    asked.add_argument("--seed", type=int, default=1, metavar="N")
    asked.add_argument("--rounds", type=int, default=1, metavar="N", help="over all addresses")
    asked.add_argument("--only", default="", metavar="TEXT", help="routes that hold this text")
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_demo", verbosity=0)
        # Static files need not be collected.
        with override_settings(STORAGES=settings.STORAGES | {"staticfiles": PLAIN}):
            tally = fuzz(
                seed=options.seed, rounds=options.rounds, only=options.only, show=show_at_once
            )
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
    counts = ", ".join(f"{status}: {count}" for status, count in sorted(tally.statuses.items()))
    print(f"{sum(tally.statuses.values())} requests ({counts}), {len(tally.failures)} failures")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
