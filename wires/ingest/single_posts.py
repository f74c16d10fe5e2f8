"""One post by its link, from the platform it is on."""

from dataclasses import dataclass, replace

from wires.http import FetchError
from wires.ingest.bodies import Parse
from wires.ingest.conversations import Conversation, Get, Turn
from wires.platforms import Platform
from wires.platforms.base import NOT_AVAILABLE, Document, RawPost, UnreadableBody
from wires.platforms.permalinks import Permalink, recognise
from wires.platforms.questions import Subject

_GONE = frozenset({"http_404", "http_410"})


@dataclass(frozen=True, slots=True)
class FoundPost:
    """An answer, the post in it that was asked for (None if it is not there), and whose it is."""

    turn: Turn
    raw: RawPost | None
    link: Permalink


def ask_for_post(platform: Platform, link: Permalink, *, get: Get, parse: Parse) -> FoundPost:
    """Ask a platform for the post behind a link. Raises FetchError and UnreadableBody."""
    if platform.page_with_post or platform.questions is None:
        turn = _read_page(platform, link, get=get, parse=parse)
        raw = next((raw for raw in turn.document.posts if _is_at(raw, link)), None)
        return FoundPost(turn, raw, link)
    conversation = Conversation(
        platform=platform, questions=platform.questions, get=get, parse=parse, rest=lambda: None
    )
    turn = _ask(conversation, link)
    home = _home_of(turn, link)
    if home != link.host:
        # Only its own server says what an account wrote: any other may put words into its mouth.
        link = _at_home(turn.document, link, home=home)
        turn = _ask(conversation, link)
        if _home_of(turn, link) != home:
            raise _elsewhere(link, home=home)
    # Only what was asked for is in the answer. A server may know an account by a name that it has
    # now: a link can name anybody.
    raw = next(iter(turn.document.posts), None)
    return FoundPost(turn, raw, replace(link, account=turn.document.account or link.account))


def _ask(conversation: Conversation, link: Permalink) -> Turn:
    label = conversation.platform.label
    try:
        return conversation.read_post(
            Subject(account=link.account, host=link.host, number=link.number)
        )
    except FetchError as error:
        if error.kind not in _GONE:
            raise
        message = f"{label} does not show this post: it may have been deleted"
        raise FetchError(error.kind, message, status=error.status) from error


def _home_of(turn: Turn, link: Permalink) -> str:
    """Return the server of the account that an answer names; that of the link where it names none."""
    _, at, server = turn.document.account.rpartition("@")
    return server if at else link.host


def _at_home(document: Document, link: Permalink, *, home: str) -> Permalink:
    """Return where a post is on the server of its account. Raises UnreadableBody."""
    for raw in document.posts:
        for address in (raw.native_id, raw.url):
            found = recognise(address)
            if found and found.platform == link.platform and found.host == home and found.number:
                return found
    raise _elsewhere(link, home=home)


def _elsewhere(link: Permalink, *, home: str) -> UnreadableBody:
    message = f"{link.host} shows a post of an account on {home}: use its link on {home}"
    return UnreadableBody(NOT_AVAILABLE, message)


def _read_page(platform: Platform, link: Permalink, *, get: Get, parse: Parse) -> Turn:
    address = platform.page_with_post(link.account, link.number) if platform.page_with_post else ""
    response = get(address)
    return Turn(response, parse(response.body, url=address, account=link.account))


def _is_at(raw: RawPost, link: Permalink) -> bool:
    names = {raw.native_id, *raw.aliases}
    return (
        link.url in (raw.url, raw.link_id)
        or link.native_id in names
        or any(name.rpartition("/")[2] == link.number for name in names)
    )
