"""An adapter for the JSON of an imaginary platform: {"talk": "wire", "posts": [[1, "text"], …]}."""

import json

from wires.platforms.base import Document, RawPost


def parse(body, *, url="", account=""):
    loaded = json.loads(body.text) if body.kind == "json" else None
    if not isinstance(loaded, dict) or "talk" not in loaded:
        return None
    posts = tuple(RawPost(native_id=str(n), text=text) for n, text in loaded["posts"])
    return Document(kind="harbourtalk", posts=posts, account=loaded["talk"])
