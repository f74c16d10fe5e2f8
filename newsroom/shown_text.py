"""What is shown, without what turns text around: the last look at every page and feed.

What is stored since the desk drops such characters has none; what was stored before, or by a
command, may have. Versions of articles are never changed, so it is done where they are shown.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# U+202A to U+202E in UTF-8.
OVERRIDES = re.compile(rb"\xe2\x80[\xaa-\xae]")
# As JSON may write them; a backslash that is itself escaped begins none.
JSON_OVERRIDES = re.compile(rb"(?<!\\)((?:\\\\)*)\\u202[a-eA-E]")
TEXTS = (
    "text/",
    "application/json",
    "application/feed+json",
    "application/atom+xml",
    "application/rss+xml",
    "application/manifest+json",
    "application/xml",
)


def drop_overrides(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take bidirectional overrides out of what is answered. The last middleware of all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(TEXTS):
            return response
        if OVERRIDES.search(response.content):
            response.content = OVERRIDES.sub(b"", response.content)
        # Told at once of nearly all, which have none.
        if "json" in kind and b"\\u202" in response.content:
            response.content = JSON_OVERRIDES.sub(rb"\1", response.content)
        return response

    return middleware
