"""Answers in the shapes of a Mastodon server, with invented accounts and words of our own."""

import json

HOST = "social.example"
API = f"https://{HOST}/api/v1"
STATUSES = f"{API}/accounts/77/statuses"
NUMBER = "114737133179635557"


def account(name="desk", number="77", *, host="", display_name="Port Desk"):
    server = host or HOST
    return {
        "id": number,
        "username": name,
        "acct": f"{name}@{host}" if host else name,
        "display_name": display_name,
        "bot": False,
        "url": f"https://{server}/@{name}",
        "uri": f"https://{server}/users/{name}",
    }


def status(content="<p>The ferry leaves at noon.</p>", number=NUMBER, *, by=None, **fields):
    by = by or account()
    return {
        "id": number,
        "uri": f"{by['uri']}/statuses/{number}",
        "url": f"{by['url']}/{number}",
        "created_at": "2026-06-25T11:00:00.000Z",
        "edited_at": None,
        "content": content,
        "spoiler_text": "",
        "sensitive": False,
        "visibility": "public",
        "language": "en",
        "in_reply_to_id": None,
        "account": by,
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "reblog": None,
        "poll": None,
        "card": None,
        "replies_count": 1,
        "reblogs_count": 2,
        "favourites_count": 3,
    } | fields


def edit(content, at, **fields):
    return {
        "content": content,
        "created_at": at,
        "spoiler_text": "",
        "sensitive": False,
        "account": account(),
        "media_attachments": [],
        "emojis": [],
    } | fields


def media(description="", *, kind="image", name="pier.jpg"):
    address = f"https://files.example/media/{name}"
    return {"id": "5", "type": kind, "url": address, "description": description or None}


def body(answer):
    return json.dumps(answer).encode()
