"""Addresses on Telegram's public pages."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from wires.platforms.addresses import (
    Address,
    Permalink,
    first_fit,
    is_number,
    malformed,
    read_address,
    shape,
)

_NAMES = ("t.me", "telegram.me", "telegram.dog")
HOSTS = frozenset(f"{prefix}{name}" for name in _NAMES for prefix in ("", "www."))
# Message ids are 32-bit integers.
_LARGEST_ID = 2**31 - 1

# Five letters are the rule, and four are sold at auction; a shorter name is no reason to refuse.
_NAME = r"[a-z][a-z0-9_]{1,31}"
_CHANNEL = re.compile(_NAME)
# The middle number, where there is one, is a thread in a forum: the id of its first message.
_POST = re.compile(r"(?:s/)?(?P<account>[^/]+)/(?:[0-9]+/)?(?P<number>[^/]+)")

_WEB_CLIENTS = frozenset({"web.telegram.org", "webk.telegram.org", "webz.telegram.org"})
_IN_FRAGMENT = re.compile(r"tg://\S+", re.IGNORECASE)
_NAMED = re.compile(rf"@(?P<account>{_NAME})[/_](?P<number>[0-9]+)", re.IGNORECASE)
_CHAT = re.compile(rf"@(?P<account>{_NAME})", re.IGNORECASE)
_APP_CHANNEL = re.compile(
    rf"tg:(?://)?resolve/?\?(?:.*&)?domain=(?P<account>{_NAME})(?:&.*)?", re.IGNORECASE
)
_NUMBERED = re.compile(r"-?(?P<chat>[0-9]{5,16})_(?P<number>[0-9]+)(?:_.*)?")
_COMMENT = (
    "it is a reader’s comment under a post, not the post: remove “?comment=” and what follows to"
    " cite the post itself"
)

_SHAPES = (
    shape("home", r"", "it is the home page of Telegram, not a post"),
    shape(
        "invite",
        r"(\+[^/]*|joinchat|addlist)(/.*)?",
        "it is an invitation on Telegram, not a post",
    ),
    shape("other", r"c(/.*)?", "it is in a private chat on Telegram, which readers cannot open"),
    shape(
        "other",
        r"(addemoji|addstickers|addtheme|auction|bg|boost|call|confirmphone|contact|giftcode|invoice|iv"
        r"|login|m|msg|nft|proxy|setlanguage|share|socks|stickers)(/.*)?",
        "it is a page of Telegram itself, not a post",
    ),
    shape(
        "other",
        r"(?P<account>[^/]+)/s/[^/]+",
        "it is a story on Telegram, which disappears, not a post",
    ),
    shape(
        "channel",
        rf"(?:s/)?(?P<account>{_NAME})",
        "it is the channel @{account} on Telegram, not a post",
    ),
)


def account_name(account: str) -> str:
    return f"t.me/{account}"


def channel_page(account: str) -> str:
    """Return the page that shows the latest posts of a channel to everybody."""
    return f"https://t.me/s/{account}"


def page_with_post(account: str, number: str) -> str:
    """Return the page with this post alone, made to stand inside other sites."""
    return f"https://t.me/{account}/{number}?embed=1&mode=tme"


def post_url(account: str, number: str) -> str:
    return f"https://t.me/{account}/{number}"


def named_account(text: str) -> str:
    """Return the channel that a text names without a web address; "" where it names none.

    “@name”, “name”, or the address that opens a channel in the app.
    """
    found = _APP_CHANNEL.fullmatch(text) or _CHAT.fullmatch(f"@{text.removeprefix('@')}")
    return found["account"].lower() if found else ""


def account_at(address: Address) -> str:
    """Return the channel that Telegram’s web client shows; "" for any other address."""
    if address.host not in _WEB_CLIENTS:
        return ""
    fragment = unquote(address.fragment)
    link = _IN_FRAGMENT.search(fragment)
    return named_account(link.group() if link else fragment)


def read_permalink(address: Address) -> Permalink | None:
    """Return what is at an address on Telegram; None for an address elsewhere."""
    if address.port is not None:
        return None
    if address.host in _WEB_CLIENTS:
        return _in_web_client(unquote(address.fragment))
    path = _path_of(address)
    return None if path is None else _read(path, address.parameters())


def _path_of(address: Address) -> str | None:
    """Return the path on t.me; None for an address elsewhere."""
    path = address.path.lower()
    if address.host in HOSTS:
        return path
    # Every channel has a host of its own too: durov.t.me/43
    name, _, rest = address.host.partition(".")
    return f"{name}/{path}".rstrip("/") if rest in _NAMES else None


def _read(path: str, parameters: Mapping[str, str]) -> Permalink:
    if path.startswith("s/") and "q" in parameters:
        return Permalink(
            "telegram", "search", "t.me", why_not="it is a search in a channel, not a post"
        )
    if page := first_fit(_SHAPES, path):
        kind, clause, account = page
        url = f"https://t.me/{account}" if kind == "channel" else ""
        return Permalink("telegram", kind, "t.me", account=account, url=url, why_not=clause)
    found = _POST.fullmatch(path)
    if found is None:
        return _other("it is another kind of page, not a post")
    if "comment" in parameters:
        return _other(_COMMENT, account=found["account"])
    return _post(found["account"], found["number"])


def _in_web_client(fragment: str) -> Permalink:
    """Return what the web client shows, which it says behind the # of its address."""
    if link := _IN_FRAGMENT.search(fragment):
        address = read_address(link.group())
        found = read_permalink(address) if address else None
        return found or _other("it is another kind of page, not a post")
    if named := _NAMED.fullmatch(fragment):
        return _post(named["account"].lower(), named["number"])
    if numbered := _NUMBERED.fullmatch(fragment):
        return _by_number(numbered["chat"].removeprefix("100"), numbered["number"])
    return _other("it is a chat in Telegram’s web client: open one message, and copy its link")


def _by_number(chat: str, number: str) -> Permalink:
    """Return a post of a channel that is known by its number alone."""
    if not is_number(number, largest=_LARGEST_ID):
        return _other(malformed(number))
    return Permalink(
        platform="telegram",
        kind="post",
        host="t.me",
        native_id=f"{chat}/{number}",
        url=f"https://t.me/c/{chat}/{number}",
        number=number,
    )


def _post(account: str, number: str) -> Permalink:
    if not _CHANNEL.fullmatch(account):
        return _other("its channel name is not valid")
    if not is_number(number, largest=_LARGEST_ID):
        return _other(malformed(number), account=account)
    return Permalink(
        platform="telegram",
        kind="post",
        host="t.me",
        account=account,
        native_id=f"{account}/{number}",
        url=post_url(account, number),
        number=number,
    )


def _other(why_not: str, *, account: str = "") -> Permalink:
    return Permalink("telegram", "other", "t.me", account=account, why_not=why_not)
