"""Addresses on X, formerly Twitter."""

import re

from wires.platforms.addresses import Address, Permalink, describe, is_number, malformed, shape

HOSTS = frozenset(
    f"{prefix}{name}"
    for name in ("x.com", "twitter.com")
    for prefix in ("", "www.", "mobile.", "m.")
)
# They show other people's copies of a post: nothing there proves what X carries.
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
    r"(?:i/(?:web/)?|(?P<account>[^/]+)/)status(?:es)?"
    r"(?:/(?P<number>[^/]*)(?:/(?:photo|video)/[1-9][0-9]?)?)?"
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


def read_permalink(address: Address) -> Permalink | None:
    """Return what is at an address on X; None for an address elsewhere."""
    host = address.host
    if host in _MEDIA_HOSTS:
        return _page(address, "media", "it is a photo or video on X, not the post it belongs to")
    if host == "t.co":
        return _page(address, "other", "it is a shortened link, not the post itself")
    if host.removeprefix("www.") in MIRRORS:
        return _page(address, "other", f"it is a copy on {host}, not the post on X")
    if host not in HOSTS or address.port is not None:
        return None

    path = address.path.lower()
    found = _POST.fullmatch(path)
    if found is None:
        return _page(address, *describe(_SHAPES, path))
    return _post(address, found["account"] or "", found["number"] or "")


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
