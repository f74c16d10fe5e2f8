"""What is read in answers of X's API v2."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.wires.platforms.x.answers import (
    FIRST,
    SECOND,
    THIRD,
    TIDE,
    USER,
    account,
    page,
    post,
    single,
)
from wires.platforms import UnreadableBody, parse
from wires.platforms.questions import Question, Subject
from wires.platforms.x.clock import x_time
from wires.platforms.x.questions import QUESTIONS

BOTH = (USER, TIDE)
AT = datetime(2026, 6, 25, 11, tzinfo=UTC)


def read(*posts, **includes):
    return parse(page(*posts, **includes), url="https://api.x.com/2/users/4711/tweets")


def read_one(*arguments, **fields):
    (found,) = read(post(*arguments, **fields)).posts
    return found


def renamed(body):
    """Return an answer by the names that X gives its fields now."""
    names = ("edit_history_tweet_ids", "note_tweet", "referenced_tweets")
    text = body.decode()
    for name in names:
        text = text.replace(name, name.replace("tweet", "post"))
    return text.replace('"tweets":', '"posts":').encode()


def test_the_ids_of_these_answers_were_made_when_they_say():
    assert [abs(x_time(number) - AT) < timedelta(hours=1) for number in (FIRST, SECOND, THIRD)] == [
        True
    ] * 3


def test_a_post_has_its_words_time_language_and_address():
    found = read_one("Ferries &amp; pilots &lt;all&gt;")

    assert (found.text, found.html) == (
        "Ferries & pilots <all>",
        "Ferries &amp; pilots &lt;all&gt;",
    )
    assert found.posted_at == x_time(FIRST)
    assert (found.native_id, found.url) == (FIRST, f"https://x.com/Harbour/status/{FIRST}")
    assert (found.language, found.flags) == ("en", frozenset())


def test_an_edit_chain_is_one_post_with_the_time_of_its_first_words():
    before = read_one("At eleven.")

    after = read_one("At noon.", SECOND, edits=[FIRST])

    assert (after.native_id, after.aliases) == (before.native_id, (SECOND,))
    assert (after.posted_at, after.source_edited_at) == (x_time(FIRST), x_time(SECOND))
    assert "edited" in after.flags


def test_a_long_post_is_whole():
    long = "The whole statement. " * 40

    found = read_one("The whole statement. The who…", note_tweet={"text": long})

    assert found.text == long.strip()


def test_short_links_are_the_addresses_behind_them_and_own_pictures_are_none():
    urls = [
        {"url": "https://t.co/a1", "expanded_url": "https://harbour.example/plan?x=1&y=2"},
        {"url": "https://t.co/b2", "expanded_url": f"https://x.com/Harbour/status/{FIRST}/photo/1"},
    ]

    found = read_one("See https://t.co/a1 https://t.co/b2", entities={"urls": urls})

    assert found.text == "See https://harbour.example/plan?x=1&y=2"
    assert '<a href="https://harbour.example/plan?x=1&amp;y=2"' in found.html


def test_a_repost_has_the_whole_words_of_the_other_post():
    theirs = post("RT? No: the whole words of the tide watch.", FIRST, by=TIDE)
    cut = post(
        "RT @TideWatch: RT? No: the wh…",
        SECOND,
        referenced_tweets=[{"type": "retweeted", "id": FIRST}],
    )

    (found,) = read(cut, users=BOTH, tweets=[theirs]).posts

    assert found.text == "RT? No: the whole words of the tide watch."
    assert (found.native_id, found.author, found.flags) == (SECOND, "@TideWatch", {"forwarded"})
    assert found.url == f"https://x.com/TideWatch/status/{FIRST}"
    assert found.posted_at == x_time(SECOND)


def test_a_quoted_post_is_attached_and_its_words_are_not_the_author_s():
    theirs = post("High tide.", FIRST, by=TIDE)
    ours = post("Mind this.", SECOND, referenced_tweets=[{"type": "quoted", "id": FIRST}])

    (found,) = read(ours, users=BOTH, tweets=[theirs]).posts

    assert found.text == "Mind this."
    assert (found.media[0].kind, found.media[0].alt) == ("quote", "@TideWatch: High tide.")


def test_pictures_and_polls_have_their_words():
    media = [
        {
            "media_key": "3_1",
            "type": "photo",
            "url": "https://pbs.example/a.jpg",
            "alt_text": "Pier",
        }
    ]
    polls = [{"id": "9", "options": [{"label": "Noon", "votes": 3}, {"label": "One", "votes": 4}]}]
    attached = {"media_keys": ["3_1"], "poll_ids": ["9"]}

    (found,) = read(post("When?", attachments=attached), media=media, polls=polls).posts

    assert found.text == "When?\n\n[photo: Pier]\n[poll: Noon / One]"


def test_old_and_new_names_of_fields_are_read_alike():
    theirs = post("Theirs.", FIRST, by=TIDE)
    ours = post(
        "Cut…",
        THIRD,
        edits=[SECOND],
        note_tweet={"text": "The whole words."},
        referenced_tweets=[{"type": "quoted", "id": FIRST}],
    )
    old = page(ours, users=BOTH, tweets=[theirs])

    assert parse(renamed(old)) == parse(old)
    assert parse(old).posts[0].text == "The whole words."


def test_a_page_without_any_edit_history_is_a_fault():
    bare = {name: value for name, value in post().items() if name != "edit_history_tweet_ids"}

    assert (read(bare).faults, read(post()).faults) == (("no_edit_history",), ())


def test_what_is_paid_for_is_counted_with_the_posts_that_come_along():
    ours = post("Mind this.", SECOND, referenced_tweets=[{"type": "quoted", "id": FIRST}])

    document = read(ours, post("Two", THIRD), users=BOTH, tweets=[post("Tide.", FIRST, by=TIDE)])

    assert document.billed == 3


def test_an_account_a_single_post_and_an_empty_page_are_read():
    looked_up, one, empty = (
        parse(account(), url="https://api.x.com/2/users/by/username/harbour"),
        parse(single(post())),
        read(),
    )

    assert (looked_up.account, looked_up.numeric_id) == ("harbour", "4711")
    assert [found.native_id for found in one.posts] == [FIRST]
    assert empty.posts == ()


def test_an_answer_of_errors_alone_is_said_in_words():
    problem = {
        "title": "Not Found Error",
        "detail": "Could not find user with username: [harbour].",
    }
    body = json.dumps({"errors": [problem]}).encode()

    with pytest.raises(UnreadableBody, match=r"X answers: Could not find user") as caught:
        parse(body, url="https://api.x.com/2/users/by/username/harbour")

    assert caught.value.kind == "not_available"


@pytest.mark.parametrize(
    "fields",
    [
        {
            "entities": 7,
            "attachments": [],
            "referenced_tweets": {},
            "note_tweet": "x",
            "lang": None,
        },
        {"edit_history_tweet_ids": "no", "created_at": [], "author_id": {}},
        {"edit_history_tweet_ids": [None, "-1", {}], "attachments": {"media_keys": [{}, "none"]}},
    ],
)
def test_fields_of_the_wrong_kind_are_left_out(fields):
    assert read_one(**fields).text == "The ferry leaves at noon."


def test_a_refused_name_is_asked_for_again_by_the_new_one():
    old = QUESTIONS.posts(Subject(account="harbour", numeric_id="4711"))

    new = QUESTIONS.instead(Subject(account="harbour"), old, "http_400")

    assert "post.fields=" in new.url
    assert "tweet.fields" not in new.url
    assert QUESTIONS.instead(Subject(account="harbour"), new, "http_400") is None
    assert (
        QUESTIONS.instead(Subject(account="harbour"), Question(url="x", step="posts"), "http_500")
        is None
    )


def test_recorded_answers_are_read(corpora):
    paths = sorted((corpora / "social" / "x").glob("*.json"))

    documents = [parse(path.read_bytes()) for path in paths]

    assert len(documents) == 3
    assert all(document.kind == "x" and document.posts for document in documents)
