"""Sites with scripted answers, and rounds of polling over them."""

from datetime import timedelta
from types import SimpleNamespace

from tests.clock import NOON
from wires.http import Response
from wires.ingest.poll import ChannelPoller
from wires.platforms import parse


def answer(body=b"", *, status=200, **fields):
    return Response(
        url="https://harbour.example/feed", status=status, headers={}, body=body, **fields
    )


def never_fetched(url, **options):
    message = f"{url} was fetched"
    raise AssertionError(message)


class World:
    """Sites with scripted answers, a clock moved only by sleep, and fixed randomness."""

    def __init__(self, *answers, parse=parse):
        self.answers = list(answers)
        self.parse = parse
        self.at = NOON
        self.asked = []
        self.is_over = False

    def fetch(self, url, *, etag="", last_modified=""):
        self.asked.append(SimpleNamespace(url=url, etag=etag, last_modified=last_modified))
        given = self.answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    def sleep(self, seconds):
        self.at += timedelta(seconds=seconds)

    def poll_due(self):
        return self.poll()

    def poll(self, *, is_over=None):
        return self.poller(is_over=is_over).poll_due()

    def poller(self, *, is_over=None):
        return ChannelPoller(
            fetch=self.fetch,
            parse=self.parse,
            now=lambda: self.at,
            sleep=self.sleep,
            chance=SimpleNamespace(uniform=lambda low, high: high),
            is_over=is_over or (lambda: self.is_over),
        )
