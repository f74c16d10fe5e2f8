"""Size limits. A long read has 60,000 characters; anything far larger is refused unread.

The limits keep all checks together within a second or two, for any text.
"""

import re

BODY = 220_000
# Of one post, and of all posts of an article together.
POST = 150_000
POSTS = 500_000
FIELD = 20_000
SOURCES = 1_000
# Characters that mean something to Markdown, line ends too: parsing them is what takes the time.
MARKUP = 25_000
_MARKUP = re.compile(r"[\[\]*_`|<>&!#~\\\n]")


def is_readable(body: str) -> bool:
    """Return whether a body is short and simple enough to be rendered."""
    return len(body) <= BODY and markup(body) <= MARKUP


def markup(body: str) -> int:
    return len(_MARKUP.findall(body))
