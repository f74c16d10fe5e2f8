"""Answers in the shapes of X's API v2, with invented accounts and words of our own."""

import json

USER = {"id": "4711", "name": "Harbour Office", "username": "Harbour"}
TIDE = {"id": "815", "name": "Tide Watch", "username": "TideWatch"}
# Made on 25 June 2026 at 11:00, 11:10 and 11:20 UTC.
FIRST, SECOND, THIRD = "2070099684357046272", "2070102200939446272", "2070104717521846272"


def post(text="The ferry leaves at noon.", number=FIRST, *, by=USER, edits=(), **fields):
    return {
        "id": number,
        "text": text,
        "author_id": by["id"],
        "created_at": "2026-06-25T11:00:00.000Z",
        "edit_history_tweet_ids": [*edits, number],
        "lang": "en",
    } | fields


def page(*posts, users=(USER,), next_token="", **includes):
    meta = {"result_count": len(posts)} | ({"next_token": next_token} if next_token else {})
    answer = {"includes": {"users": list(users)} | includes, "meta": meta}
    return json.dumps(answer | ({"data": posts} if posts else {})).encode()


def single(record, *, users=(USER,), **includes):
    return json.dumps({"data": record, "includes": {"users": list(users)} | includes}).encode()


def account(user=USER):
    return json.dumps({"data": user}).encode()
