"""Faults reported to Sentry, or to what speaks its protocol: where they are, never whose words.

Drafts, posts and passwords pass through every function here, so neither local variables nor bodies
nor cookies are sent, and what the log said before is not either.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from newsroom.shown_addresses import without_secrets
from newsroom.version import release


def start(dsn: str) -> None:
    """Report what is logged as an error, from now on. Raises ImproperlyConfigured."""
    # Costs memory and time at each start, and few have it.
    import sentry_sdk
    from sentry_sdk.utils import BadDsn

    try:
        sentry_sdk.init(
            dsn=dsn,
            release=f"newsroom@{release()}",
            send_default_pii=False,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            before_send=without_words,
        )
    except BadDsn as error:
        message = f"SENTRY_DSN is no address of a Sentry project: {error}"
        raise ImproperlyConfigured(message) from error


def without_words(event: Any, hint: Any) -> Any:
    """Take from a report the secrets of addresses, and who asked."""
    request = event.get("request", {})
    event["request"] = {
        "method": request.get("method", ""),
        "url": without_secrets(request.get("url", "")),
    }
    event.pop("user", None)
    return event
