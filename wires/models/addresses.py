"""Addresses of channels and posts: which may be stored, and which are shown as links."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from wires.http import FetchError
from wires.http.policy import check_named


def check_address(address: str) -> None:
    """Refuse an address that readers cannot be sent to. Raises ValidationError.

    One whose host is not in ASCII is refused too, because people take look-alike letters for
    those they know; the message has the form to enter.
    """
    try:
        target = check_named(address, trusted_hosts=settings.WIRE_TRUSTED_HOSTS)
    except FetchError as error:
        message = f"{error.message[:1].upper()}{error.message[1:]}."
        raise ValidationError(message) from error
    if not (urlsplit(address).hostname or "").isascii():
        message = (
            f"The host has letters outside a to z. If it is the one you mean, enter {target.url}."
        )
        raise ValidationError(message)


def link_to(address: str) -> str:
    """Return the address as a link may have it, its host in ASCII; "" if it may not be one.

    For what is stored already, or comes from a source: it is shown as text then.
    """
    try:
        return check_named(address, trusted_hosts=settings.WIRE_TRUSTED_HOSTS).url
    except FetchError:
        return ""
