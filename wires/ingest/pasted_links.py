"""Links that need fetching: a web request leaves them to the worker, which answers them."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from wires.http import Response
from wires.ingest.bodies import HasParse
from wires.ingest.hidden_or_withdrawn import NotAllowed, require_permission
from wires.ingest.not_pasted import NotPasted
from wires.ingest.paste import paste
from wires.ingest.storable import UNSTORABLE
from wires.models import PastedLink, Post
from wires.platforms.base import ParserNotStarted

logger = logging.getLogger(__name__)

# A fetch, a parse and its second try at the end of the queue.
LEASE = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)
# The links of one round; the channels come after them.
MOST_AT_ONCE = 10
LONGEST_PROBLEM = 1000
NOT_STORED = "This post could not be stored. Paste its text instead."


def leave_to_worker(address: str, *, by: User, at: datetime, screenshot: bytes = b"") -> PastedLink:
    """Store a link that the worker is to fetch. Needs wires.import_post. Raises NotAllowed."""
    require_permission(by, "wires.import_post", "add a post")
    return PastedLink.objects.create(
        address=address, by=by, asked_at=at, screenshot=screenshot or b""
    )


def answer_pasted_links(
    *,
    now: Callable[[], datetime],
    fetch: Callable[..., Response],
    parsers: HasParse,
    is_over: Callable[[], bool] = lambda: False,
) -> int:
    """Fetch the links that wait, the oldest first; forget those of long ago. Return how many."""
    PastedLink.objects.filter(asked_at__lt=now() - KEPT_FOR).delete()
    answered = 0
    links = PastedLink.objects.select_related("by")
    while not is_over() and answered < MOST_AT_ONCE:
        link = links.claim(at=now(), lease=LEASE, among=MOST_AT_ONCE)
        if link is None:
            break
        _answer(link, at=now(), fetch=fetch, parsers=parsers)
        answered += 1
    return answered


def _answer(
    link: PastedLink, *, at: datetime, fetch: Callable[..., Response], parsers: HasParse
) -> None:
    post: Post | None = None
    problem = ""
    try:
        post = paste(
            link.address,
            by=link.by,
            at=at,
            fetch=fetch,
            parsers=parsers,
            screenshot=bytes(link.screenshot) or None,
        )
    except (NotPasted, NotAllowed) as error:
        problem = str(error)[:LONGEST_PROBLEM]
    except ParserNotStarted as error:
        # It is not answered: when its lease is over it is tried again.
        logger.error("%s waits for a parser process: %s", link.address, error)
        return
    except UNSTORABLE:
        # What a site sends must not stop the links behind it.
        logger.exception("%s could not be stored", link.address)
        problem = NOT_STORED
    PastedLink.objects.filter(pk=link.pk).update(
        post=post, problem=problem, answered_at=at, lease_until=None, screenshot=b""
    )
