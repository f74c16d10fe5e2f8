"""Which addresses of a Mastodon server are asked, one after the other."""

import re
from urllib.parse import quote

from wires.platforms.base import RawPost
from wires.platforms.questions import Question, Questions, Subject, ask

PAGE_SIZE = 40
# What servers answer that show nothing to strangers, or are another kind of server.
_CLOSED = frozenset({"http_401", "http_403", "http_404", "http_406", "http_410", "http_422"})
STATUS_ID = re.compile(r"/(?P<number>[0-9A-Za-z]{1,64})\Z", re.ASCII)

_REFUSALS = {
    "http_401": "this server shows @{account} only to its own members, and has no feed of it",
    "http_403": "this server shows @{account} only to its own members, and has no feed of it",
    "http_404": "this server does not know @{account}: check the account",
    "http_410": "the account @{account} was deleted from its server",
}


def ask_posts(subject: Subject) -> Question:
    if subject.numeric_id:
        return ask_page(subject)
    name = subject.account.partition("@")[0]
    return ask("account", f"{api_of(subject)}/accounts/lookup", acct=name)


def ask_post(subject: Subject) -> Question:
    return ask("post", f"{api_of(subject)}/statuses/{quote(subject.number, safe='')}")


def ask_instead(subject: Subject, question: Question, kind: str) -> Question | None:
    """Ask for the feed of the account where its server refuses the posts themselves."""
    if kind not in _CLOSED or question.step not in ("account", "posts"):
        return None
    name = quote(subject.account.partition("@")[0], safe="")
    return ask("feed", f"https://{_host(subject)}/@{name}.rss")


def ask_history(subject: Subject, post: RawPost) -> Question | None:
    """Ask for the earlier words of a post; a boosted one is another server's to tell."""
    number = STATUS_ID.search(post.url)
    if number is None or "forwarded" in post.flags:
        return None
    return ask("history", f"{api_of(subject)}/statuses/{number['number']}/history")


def ask_page(subject: Subject, before: str = "") -> Question:
    return ask(
        "posts",
        f"{api_of(subject)}/accounts/{quote(subject.numeric_id, safe='')}/statuses",
        limit=str(PAGE_SIZE),
        # Its own threads are news, what it answers to others is not.
        exclude_replies="true",
        max_id=before,
    )


def _host(subject: Subject) -> str:
    # The name of an account can have another domain than its server.
    return subject.host or subject.account.rpartition("@")[2]


def api_of(subject: Subject) -> str:
    return f"https://{_host(subject)}/api/v1"


QUESTIONS = Questions(
    posts=ask_posts,
    post=ask_post,
    page=ask_page,
    instead=ask_instead,
    history=ask_history,
    refusals=_REFUSALS,
)
