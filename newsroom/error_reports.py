"""Faults reported to Sentry, or to what speaks its protocol: where they are, never whose words.

Drafts, posts and passwords pass through every function here, so neither local variables nor bodies
nor cookies are sent, and what the log said before is not either.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from newsroom.shown_addresses import without_secrets
from newsroom.version import release

# Of what a fault says.
LONGEST_FAULT = 200


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
    """Take from a report the secrets of addresses, who asked, and what texts it may quote.

    A database says in the lines after the first of a fault what the row held; a line of the log is
    told without what was put into it.
    """
    request = event.get("request", {})
    event["request"] = {
        "method": request.get("method", ""),
        "url": without_secrets(request.get("url", "")),
    }
    for name in ("user", "extra"):
        event.pop(name, None)
    if "logentry" in event:
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    for fault in event.get("exception", {}).get("values", []):
        said = str(fault.get("value") or "").strip().partition("\n")[0]
        fault["value"] = without_secrets(said[:LONGEST_FAULT])
    return event
