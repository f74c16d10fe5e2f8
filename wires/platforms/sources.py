"""What somebody enters for a channel: an address, a name, the page of another client.

Nothing asks the network.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wires import platforms
from wires.platforms.addresses import Address, Permalink, read_address
from wires.platforms.canonical import tidy
from wires.platforms.elsewhere import why_closed
from wires.platforms.permalinks import recognise
from wires.platforms.platform import Platform

# As browsers and readers of feeds hand them on: feed:https://…, feed://…
_FEED_SCHEME = re.compile(
    r"(?:feed|rss|itpc|podcast):(?://)?(?=https?://)|(?:feed|rss):(?=//)", re.I
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[\w.-]+:[0-9]{1,5}(?:/.*)?")
# A name below the host of all names is no address of a feed.
_HANDLE = re.compile(r"[\w-]+\.bsky\.social", re.IGNORECASE)
_ITS_CLIENTS = re.compile(r"bsky|bskx|sky\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedSource:
    """Where posts are read: a platform, the account there ("" where it has none), an address."""

    platform: str
    account: str
    address: str


class NoSource(Exception):
    """What was entered names nothing that can be read. The message says what to enter instead."""


def read_source(text: str, *, platform: str = "") -> TypedSource:
    """Return what somebody means who enters an address or a name. Raises NoSource.

    `platform` is the code of the one that they chose, "" where the text has to tell.
    """
    text = text.strip().strip("<>\"'“”").strip()
    if not text:
        message = "Enter the address of a feed or of an account, or the name of an account."
        raise NoSource(message)
    chosen = platforms.find_platform(platform) if platform else None
    is_address = "/" in text and not text.lower().startswith("tg:")
    if not is_address and (named := _named(text, chosen)):
        return named
    address = _with_scheme(text)
    if closed := why_closed(address):
        message = f"This address cannot be polled: {closed}."
        raise NoSource(message)
    if chosen is platforms.FEED:
        return TypedSource(chosen.code, "", address)
    if found := _at_address(address, chosen):
        return found
    if chosen is not None and chosen.has_accounts:
        raise NoSource(_no_account(chosen))
    return TypedSource(platforms.FEED.code, "", address)


def _named(text: str, chosen: Platform | None) -> TypedSource | None:
    """Return the account that a text names without an address. Raises NoSource where two may."""
    if chosen is not None:
        return _source(chosen, chosen.named_account(text)) if chosen.named_account else None
    is_name = text.startswith("@") or "@" in text or _HANDLE.fullmatch(text)
    if not is_name and not text.lower().startswith(("did:", "tg:")):
        return None
    found = [
        source
        for each in platforms.PLATFORMS
        if each.named_account and (source := _source(each, each.named_account(text)))
    ]
    if len(found) > 1:
        labels = " or ".join(platforms.platform_of(source.platform).label for source in found)
        message = f"{text} may be a name on {labels}: choose the platform."
        raise NoSource(message)
    return next(iter(found), None)


def _source(platform: Platform, account: str, address: str = "") -> TypedSource | None:
    """Return the source of an account; the address is that of its page unless another is given."""
    if not account or platform.account_url is None:
        return None
    return TypedSource(platform.code, account, address or platform.account_url(account))


def _with_scheme(text: str) -> str:
    text = _FEED_SCHEME.sub("", text)
    if text.startswith("//"):
        return f"https:{text}"
    has_scheme = _SCHEME.match(text) and not _HOST_AND_PORT.fullmatch(text)
    return text if has_scheme else f"https://{text}"


def _at_address(url: str, chosen: Platform | None) -> TypedSource | None:
    """Return whose page or post an address shows; None where it shows none. Raises NoSource."""
    found = recognise(url)
    if found is not None and found.account:
        on = platforms.platform_of(found.platform)
        if chosen not in (None, on):
            message = f"This is an address on {on.label}: choose {on.label} as the platform."
            raise NoSource(message)
        return _source(on, found.account, _own_page(url, found))
    address = read_address(url)
    if address is not None and (source := _in_another_client(address, chosen)):
        return source
    if found is not None and chosen is None:
        raise NoSource(_no_account(platforms.platform_of(found.platform)))
    return None


def _in_another_client(address: Address, chosen: Platform | None) -> TypedSource | None:
    for each in platforms.PLATFORMS:
        account = each.account_at(address) if each.account_at else ""
        if account and (each is chosen or (chosen is None and _is_sure(account, address.host))):
            return _source(each, account)
    return None


def _is_sure(account: str, host: str) -> bool:
    """Return whether a page with such a path can only be that of an account.

    Any site may have pages at /profile/some.name.
    """
    return (
        account.startswith("did:")
        or "." not in account
        or bool(_ITS_CLIENTS.search(f"{host} {account}"))
    )


def _own_page(url: str, found: Permalink) -> str:
    """Return the address as it was entered where it is the page of the account itself; else "".

    A post is not, nor is what another server shows of the account: it would be asked for its own
    account of that name.
    """
    is_page = found.kind in ("profile", "channel") and not found.is_copy
    address, own = read_address(url), read_address(found.url)
    is_own_host = address is not None and own is not None and found.host == own.host
    is_web = url.lower().startswith(("http://", "https://"))
    return url if is_page and is_own_host and is_web else ""


def _no_account(platform: Platform) -> str:
    return (
        f"Enter the page of an account on {platform.label} as the address, or the name of the"
        " account."
    )


def identity_keys(platform: str, account: str, numeric_id: str, address: str) -> Iterator[str]:
    """Yield the keys by which a source is known, whatever way it was written; the first is its own.

    Two channels that share one read the same posts.
    """
    on = platforms.platform_of(platform)
    account = account.lower()
    if on.has_accounts and account:
        yield f"{platform}:{account}"
        if on.numbers_are_global and numeric_id:
            yield f"{platform}:{numeric_id}"
        return
    yield f"{platform}:{_feed_key(address)}"


def _feed_key(address: str) -> str:
    """Return an address without what makes no other feed of it: scheme, www, a slash at the end."""
    scheme, _, rest = tidy(address).partition("://")
    rest = rest.removeprefix("www.") if rest else scheme
    path, mark, query = rest.partition("?")
    return f"{path.rstrip('/')}{mark if query else ''}{query}"
