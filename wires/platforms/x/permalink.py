"""Addresses on X, formerly Twitter."""

import re
from dataclasses import replace

from wires.platforms.addresses import Address, Permalink, describe, is_number, malformed, shape
from wires.platforms.x.clock import x_time

HOSTS = frozenset(
    f"{prefix}{name}"
    for name in ("x.com", "twitter.com")
    for prefix in ("", "www.", "mobile.", "m.")
)
# Known mirrors, whose pages that are no posts are recognised too. Those of posts are by their shape.
MIRRORS = frozenset(
    {
        "fixupx.com",
        "fixvx.com",
        "fxtwitter.com",
        "nitter.net",
        "nitter.poast.org",
        "twittpr.com",
        "vxtwitter.com",
        "xcancel.com",
    }
)
_MEDIA_HOSTS = frozenset({"pbs.twimg.com", "pic.twitter.com", "pic.x.com", "video.twimg.com"})

_POST = re.compile(
    r"(?:i/(?:web/)?|@?(?P<account>[^/]+)/)status(?:es)?"
    r"(?:/(?P<number>[^/]*)(?:/(?:photo|video)/[1-9][0-9]?)?)?"
)
_HASHBANG = re.compile(r"!/(?P<path>[^?]+)")
# A post by its shape alone: the number has to be one that X could have made. Not “statuses”, which
# is how Mastodon writes it.
_ANYWHERE = re.compile(
    r"(?:.*/)?(?:i/(?:web/)?|@?(?P<account>[a-z0-9_]{1,15})/)status/(?P<number>[0-9]{15,19})"
    r"(?:/.*|\.[a-z0-9]{1,5})?|thread/(?P<thread>[0-9]{15,19})(?:\.html)?"
)
_ACCOUNT = re.compile(r"[a-z0-9_]{1,15}")

_SHAPES = (
    shape("home", r"|home|i/timeline", "it is the home page of X, not a post"),
    shape(
        "search", r"(search|explore|hashtag|i/trending)(/.*)?", "it is a search on X, not a post"
    ),
    shape("other", r"intent/.*|share|compose/.*", "it is a form for posting on X, not a post"),
    shape("other", r"(?:i/lists|[^/]+/lists)(/.*)?", "it is a list of accounts on X, not a post"),
    shape("other", r"i/spaces(/.*)?", "it is an audio room on X, not a post"),
    shape(
        "other",
        r"(?:i|[^/]+)/status(?:es)?/[^/]+/.+",
        "it is a page about a post (who liked or shared it, its history), not the post itself",
    ),
    shape("profile", r"i/user/[0-9]+", "it is a profile on X, not a post"),
    shape(
        "other",
        r"(i|about|download|jobs|login|logout|messages|notifications|privacy|settings|signup|tos)(/.*)?",
        "it is a page of X itself, not a post",
    ),
    shape(
        "media",
        r"(?P<account>[a-z0-9_]{1,15})/media",
        "it is the gallery of @{account} on X, not a post",
    ),
    shape(
        "profile",
        r"(?P<account>[a-z0-9_]{1,15})(/(with_replies|likes|highlights|articles|followers|following))?",
        "it is the profile of @{account} on X, not a post",
    ),
)


def account_url(account: str) -> str:
    return f"https://x.com/{account}"


def post_url(account: str, number: str) -> str:
    return f"https://x.com/{account or 'i'}/status/{number}"


def named_account(text: str) -> str:
    """Return the account that “@name” names; "" for any other text."""
    name = text.removeprefix("@").lower()
    return name if _ACCOUNT.fullmatch(name) else ""


def account_at(address: Address) -> str:
    """Return the account whose page a mirror shows; "" for any other address."""
    is_mirror = address.host.removeprefix("www.") in MIRRORS and len(address.segments) == 1
    return named_account(address.segments[0]) if is_mirror else ""


def read_permalink(address: Address) -> Permalink | None:
    """Return what is at an address on X; None for an address elsewhere."""
    host = address.host
    if host in _MEDIA_HOSTS:
        return _page(address, "media", "it is a photo or video on X, not the post it belongs to")
    if host == "t.co":
        return _page(address, "other", "it is a shortened link, not the post itself")
    if host not in HOSTS or address.port is not None:
        return _anywhere(address)

    path = address.path.lower()
    if not path and (old := _HASHBANG.fullmatch(address.fragment.lower())):
        path = old["path"].strip("/")
    found = _POST.fullmatch(path)
    if found is None:
        return _page(address, *describe(_SHAPES, path))
    return _post(address, found["account"] or "", found["number"] or "")


def _anywhere(address: Address) -> Permalink | None:
    """Return the post that a mirror, an embed fixer or a thread reader shows; None elsewhere."""
    found = _ANYWHERE.fullmatch(address.path.lower()) if address.scheme != "at" else None
    number = (found["number"] or found["thread"]) if found else ""
    if found is not None and x_time(number) is not None:
        return replace(_post(address, found["account"] or "", number), is_copy=True)
    if address.host.removeprefix("www.") in MIRRORS:
        return _page(address, "other", f"it is a page of {address.host}, not a post on X")
    return None


def _post(address: Address, account: str, number: str) -> Permalink:
    if not is_number(number):
        return _page(address, "other", malformed(number))
    if account in ("", "i"):
        account = ""
    elif not _ACCOUNT.fullmatch(account):
        return _page(address, "other", "its account name is not valid")
    return Permalink(
        platform="x",
        kind="post",
        host="x.com",
        account=account,
        native_id=number,
        url=post_url(account, number),
        number=number,
    )


def _page(address: Address, kind: str, why_not: str, account: str = "") -> Permalink:
    host = "x.com" if address.host in HOSTS else address.host
    url = account_url(account) if account and kind == "profile" else ""
    return Permalink("x", kind, host, account=account, url=url, why_not=why_not)
