"""Channels whose site redirects for good: the new address is taken over once that is certain."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from wires.known_sources import is_read_elsewhere, source_key_with
from wires.models import Channel, check_address

# A site may redirect by mistake for a while.
SIGHTINGS = 10
LONGEST_ADDRESS = 2000


def after_redirect(channel: Channel, moved_to: str, *, at: datetime) -> dict[str, Any]:
    """Return what to write on a channel whose address led elsewhere for good; "" if it did not.

    The tenth time in a row that it leads to one place, that is its address. One query then.
    """
    if not moved_to or moved_to == channel.address or len(moved_to) > LONGEST_ADDRESS:
        return {"moved_to": "", "moved_seen": 0}
    seen = channel.moved_seen + 1 if moved_to == channel.moved_to else 1
    source_key = source_key_with(channel, address=moved_to)
    if seen < SIGHTINGS or not _can_move(channel, moved_to, source_key):
        return {"moved_to": moved_to, "moved_seen": min(seen, SIGHTINGS)}
    return {
        "address": moved_to,
        "source_key": source_key,
        "moved_from": channel.address,
        "moved_at": at,
        "moved_to": "",
        "moved_seen": 0,
    }


def _can_move(channel: Channel, address: str, source_key: str) -> bool:
    """Return whether readers can be sent there, and no other channel reads what is there."""
    try:
        check_address(address)
    except ValidationError:
        return False
    return not is_read_elsewhere(channel, address=address, source_key=source_key)
