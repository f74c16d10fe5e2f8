"""Addresses on Bluesky: those of its web client, and at:// identifiers."""

import re
from dataclasses import replace

from wires.platforms.addresses import Address, Permalink, Shape, describe, malformed, shape
from wires.platforms.bluesky.clock import is_tid, tid_time

POST_TYPE = "app.bsky.feed.post"
HOSTS = frozenset({"bsky.app", "www.bsky.app"})
_COPIES = frozenset({"bskx.app", "bskyx.app", "fxbsky.app", "vxbsky.app"})

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HANDLE = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.%:-]{1,253})")

_ACTOR = r"(?P<account>[^/]+)"
_POST = re.compile(rf"profile/{_ACTOR}/post(?:/(?P<rkey>[^/]*))?")
# A post by its shape alone: the key has to be one that a client could have made.
_ANYWHERE = re.compile(rf"(?:.*/)?profile/{_ACTOR}/post/(?P<rkey>[2-7a-z]{{13}})(?:/.*)?")
_VIEWED = re.compile(rf"(?:.*/)?at:/+{_ACTOR}/app\.bsky\.feed\.post/(?P<rkey>[2-7a-z]{{13}})")
_PROFILE = re.compile(rf"(?:.*/)?profile/@?{_ACTOR}(?:/.*)?")
_YEARS = range(2022, 2100)
_AT_POST = re.compile(rf"{_ACTOR}/app\.bsky\.feed\.post(?:/(?P<rkey>[^/]*))?")

_SHAPES = (
    shape("home", r"|home|following|discover", "it is the home page of Bluesky, not a post"),
    shape(
        "search", r"(search|hashtag|topic|explore)(/.*)?", "it is a search on Bluesky, not a post"
    ),
    shape(
        "other",
        r"profile/[^/]+/post/[^/]+/.+",
        "it is a page about a post (who liked or quoted it), not the post itself",
    ),
    shape("other", r"(?:profile/[^/]+/feed/.*|feeds(/.*)?)", "it is a feed on Bluesky, not a post"),
    shape(
        "other",
        r"(profile/[^/]+/)?lists(/.*)?",
        "it is a list of accounts on Bluesky, not a post",
    ),
    shape(
        "invite",
        r"(starter-pack|starter-pack-short|start)/.*",
        "it is an invitation to Bluesky, not a post",
    ),
    shape("other", r"intent/.*", "it is a form for posting on Bluesky, not a post"),
    shape(
        "profile",
        rf"profile/{_ACTOR}(/(follows|followers|known-followers|search|media))?",
        "it is the profile of {account} on Bluesky, not a post",
    ),
)
_AT_SHAPES = (
    shape("profile", _ACTOR, "it is the account {account} on Bluesky, not a post"),
    shape(
        "profile",
        rf"{_ACTOR}/app\.bsky\.actor\.profile/.*",
        "it is the profile of {account} on Bluesky, not a post",
    ),
    shape(
        "other", rf"{_ACTOR}/app\.bsky\.feed\.generator/.*", "it is a feed on Bluesky, not a post"
    ),
    shape(
        "other",
        rf"{_ACTOR}/app\.bsky\.graph\.list/.*",
        "it is a list of accounts on Bluesky, not a post",
    ),
    shape("other", rf"{_ACTOR}/.*", "it is another kind of record on Bluesky, not a post"),
)


def account_name(account: str) -> str:
    return account if account.startswith("did:") else f"@{account}"


def account_url(account: str) -> str:
    return f"https://bsky.app/profile/{account}"


def post_url(account: str, rkey: str) -> str:
    return f"https://bsky.app/profile/{account}/post/{rkey}"


def named_account(text: str) -> str:
    """Return the account that a text names without a web address; "" where it names none."""
    actor = text.removeprefix("@").lower()
    return actor if _DID.fullmatch(actor) or _HANDLE.fullmatch(actor) else ""


def account_at(address: Address) -> str:
    """Return the account whose profile another client shows, by the shape of the path; else ""."""
    found = _PROFILE.fullmatch(address.path)
    return named_account(found["account"]) if found else ""


def read_permalink(address: Address) -> Permalink | None:
    """Return what is at an address on Bluesky; None for an address elsewhere."""
    if address.scheme == "at":
        return _read(address.path, _AT_POST, _AT_SHAPES)
    if address.host not in HOSTS or address.port is not None:
        return _anywhere(address)
    return _read(address.path, _POST, _SHAPES)


def _anywhere(address: Address) -> Permalink | None:
    """Return the post that another client or a viewer shows, by its shape; None elsewhere."""
    path = _record_asked_for(address) or address.path
    found = _ANYWHERE.fullmatch(path) or _VIEWED.fullmatch(path)
    if found is not None:
        post = _post(found["account"].removeprefix("@").lower(), found["rkey"])
        moment = tid_time(post.number) if post.kind == "post" else None
        if moment is not None and moment.year in _YEARS:
            return replace(post, is_copy=True)
    if address.host in _COPIES:
        return _page("other", f"it is a page of {address.host}, not a post on Bluesky")
    return None


def _record_asked_for(address: Address) -> str:
    """Return the at:// address of the record that a server is asked for, "" where it is for none."""
    if not address.path.endswith("xrpc/com.atproto.repo.getRecord"):
        return ""
    named = address.parameters()
    return "at://" + "/".join(named.get(name, "") for name in ("repo", "collection", "rkey"))


def _read(path: str, pattern: re.Pattern[str], shapes: tuple[Shape, ...]) -> Permalink:
    found = pattern.fullmatch(path)
    if found is None:
        return _page(*describe(shapes, path))
    return _post(found["account"].removeprefix("@").lower(), found["rkey"] or "")


def _post(actor: str, rkey: str) -> Permalink:
    if not _DID.fullmatch(actor) and not _HANDLE.fullmatch(actor):
        return _page("other", "its account name is not valid")
    if not is_tid(rkey):
        return _page("other", malformed(rkey), actor)
    return Permalink(
        platform="bluesky",
        kind="post",
        host="bsky.app",
        account=actor,
        # The true key has the DID; a handle can be resolved only by asking the network.
        native_id=f"at://{actor}/{POST_TYPE}/{rkey}",
        url=post_url(actor, rkey),
        number=rkey,
    )


def _page(kind: str, why_not: str, account: str = "") -> Permalink:
    actor = account.removeprefix("@").lower()
    url = account_url(actor) if actor and kind == "profile" else ""
    return Permalink("bluesky", kind, "bsky.app", account=actor, url=url, why_not=why_not)
