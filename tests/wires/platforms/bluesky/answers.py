"""Answers in the shapes of Bluesky's public API, with invented accounts and words of our own."""

import json

DID = "did:plc:zusla4pjgzm3dijq2vwxqp2c"
OTHER_DID = "did:plc:ab2cdefghijklmnopqrstuv4"
HANDLE = "harbour.example"
CID = "bafkreih5aznjvttude6c3wbvqeebb6rlx5wkbzyppv7garjiubll2ceym4"


def author(did=DID, handle=HANDLE, name="Harbour Office"):
    return {"did": did, "handle": handle, "displayName": name, "labels": []}


def post(
    text="The ferry leaves at noon.",
    rkey="3lesheq2xbk2s",
    *,
    by=None,
    at="2026-06-25T11:00:00.000Z",
    indexed="",
    embed=None,
    **record,
):
    by = by or author()
    view = {
        "uri": f"at://{by['did']}/app.bsky.feed.post/{rkey}",
        "cid": "bafyreid27zk7lbis4zw5fz4podbvbs4fc5ivwji3dmrwa6zggnj4bnd57u",
        "author": by,
        "record": {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": at,
            "langs": ["en"],
            **record,
        },
        "replyCount": 1,
        "repostCount": 2,
        "likeCount": 3,
        "quoteCount": 0,
        "indexedAt": indexed or at,
        "labels": [],
    }
    return view | ({"embed": embed} if embed else {})


def reposted(view, *, by=None, at="2026-06-25T11:30:00.000Z"):
    kind = "app.bsky.feed.defs#reasonRepost"
    return {"post": view, "reason": {"$type": kind, "by": by or author(), "indexedAt": at}}


def feed(*items, cursor=""):
    views = [item if "post" in item else {"post": item} for item in items]
    return json.dumps({"feed": views} | ({"cursor": cursor} if cursor else {})).encode()


def posts(*views):
    return json.dumps({"posts": views}).encode()


def pictures(*alts):
    address = f"https://cdn.example/img/feed_fullsize/plain/{DID}/{CID}@jpeg"
    images = [{"thumb": address, "fullsize": address, "alt": alt} for alt in alts]
    return {"$type": "app.bsky.embed.images#view", "images": images}


def quoted(view):
    record = {"$type": "app.bsky.embed.record#viewRecord", "uri": view["uri"]}
    record |= {"author": view["author"], "value": view["record"]}
    return {"$type": "app.bsky.embed.record#view", "record": record}


def facet(start, end, **feature):
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def link(start, end, uri):
    return facet(start, end, **{"$type": "app.bsky.richtext.facet#link", "uri": uri})
