"""Looking for posts: what is asked about an account before a silence is believed."""

from wires.http import FetchError
from wires.ingest.looking import Look, Sight, Wanted, _drop_unproven
from wires.platforms.base import Document
from wires.platforms.lookups import OMITTED, Lookup
from wires.platforms.questions import Question, Subject

SUBJECT = Subject(account="harbour.example")
ACCOUNT = Question(url="https://social.example/profile", step="profile")


class Away:
    """A talk with a platform that does not answer."""

    def __init__(self):
        self.asked, self.error = [], FetchError("http_502", "answered 502", status=502)

    def look_up(self, subject, question, *, is_first):
        self.asked.append(question)
        raise self.error


def make_lookup(account):
    return Lookup(
        how=OMITTED,
        key=lambda ids, url, host: "",
        ask=lambda subject, keys: ACCOUNT,
        account=account,
    )


def make_look():
    missing = tuple(Wanted(pk, f"key {pk}", frozenset()) for pk in (1, 2))
    return Look([Sight(Document(kind="bluesky"), b"", ACCOUNT.url, missing)])


def test_an_account_is_asked_about_once_and_where_that_fails_no_absence_is_believed():
    away, look = Away(), make_look()

    _drop_unproven(away, make_lookup(lambda subject, key: ACCOUNT), SUBJECT, look)

    assert away.asked == [ACCOUNT]
    assert look.failure is away.error
    assert [sight.absent for sight in look.sights] == [()]


def test_where_no_account_can_be_asked_about_nobody_is_asked_and_an_absence_stands():
    away, look = Away(), make_look()

    _drop_unproven(away, make_lookup(None), SUBJECT, look)

    assert (away.asked, look) == ([], make_look())
