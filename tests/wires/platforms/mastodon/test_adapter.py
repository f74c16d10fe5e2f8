"""What is read in answers of a Mastodon server."""

import json
from datetime import UTC, datetime

import pytest

from tests.wires.platforms.mastodon.answers import (
    API,
    NUMBER,
    STATUSES,
    account,
    body,
    edit,
    media,
    status,
)
from wires.platforms import UnreadableBody, parse
from wires.platforms.permalinks import recognise

ELSEWHERE = account("tide", "9001", host="tides.example")


def read(*statuses, url=STATUSES):
    return parse(body(statuses), url=url)


def read_one(*arguments, **fields):
    (found,) = read(status(*arguments, **fields)).posts
    return found


def test_a_post_has_its_words_time_language_and_address():
    found = read_one("<p>The ferry leaves<br>at noon.</p><p>All aboard.</p>")

    assert found.text == "The ferry leaves\nat noon.\n\nAll aboard."
    assert found.posted_at == datetime(2026, 6, 25, 11, tzinfo=UTC)
    assert (found.language, found.author, found.flags) == ("en", "", frozenset())
    assert found.url == f"https://social.example/@desk/{NUMBER}"


def test_a_page_tells_its_account_and_only_a_look_up_its_number():
    page, looked_up = read(status()), parse(body(account()), url=f"{API}/accounts/lookup")

    assert (page.kind, page.account, page.numeric_id) == ("mastodon", "desk@social.example", "")
    assert (looked_up.account, looked_up.numeric_id, looked_up.posts) == (
        "desk@social.example", "77", ()
    )  # fmt: skip


def test_only_a_full_page_has_another_one_behind_it():
    full = read(*(status(number=str(int(NUMBER) - n)) for n in range(40)))
    short = read(status())

    assert (full.cursor, short.cursor) == (str(int(NUMBER) - 39), "")


def test_a_post_is_known_by_every_form_of_its_link():
    by_number = {"uri": f"https://social.example/ap/users/77/statuses/{NUMBER}"}

    found = read_one(**by_number)

    pasted = recognise(f"https://social.example/@desk/{NUMBER}")
    assert found.native_id == by_number["uri"]
    assert {pasted.native_id, *pasted.aliases} <= {found.native_id, *found.aliases}


def test_a_shortened_link_is_whole_in_the_words():
    shortened = (
        '<p><a href="https://harbour.example/plan/of/the/pier"><span class="invisible">https://'
        '</span><span class="ellipsis">harbour.example/plan/of</span><span class="invisible">'
        "/the/pier</span></a></p>"
    )

    assert read_one(shortened).text == "https://harbour.example/plan/of/the/pier"


def test_a_content_warning_comes_first_and_is_the_headline():
    found = read_one("<p>The rest.</p>", spoiler_text="Accident at the pier", sensitive=True)

    assert (found.title, found.text) == (
        "Accident at the pier",
        "Accident at the pier\n\nThe rest.",
    )
    assert found.html == "<p><strong>Accident at the pier</strong></p><p>The rest.</p>"


def test_the_description_of_a_picture_is_among_the_words():
    found = read_one(media_attachments=[media("Waves over the pier"), media(name="b.jpg")])

    assert found.text == "The ferry leaves at noon.\n\n[photo: Waves over the pier]"
    assert [item.kind for item in found.media] == ["photo", "photo"]


def test_the_options_of_a_poll_are_words_and_its_votes_are_not():
    options = [{"title": "Noon", "votes_count": 7}, {"title": "One", "votes_count": 9}]
    poll = {"id": "3", "options": options, "votes_count": 16}
    later = poll | {"options": [{"title": "Noon"}, {"title": "One"}], "votes_count": 99}

    before, after = read_one(poll=poll), read_one(poll=later)

    assert before.text == "The ferry leaves at noon.\n\n[poll: Noon / One]"
    assert before.content_hash() == after.content_hash()


def test_a_boost_is_a_forward_with_its_writer_and_its_own_time():
    theirs = status("<p>High tide.</p>", by=ELSEWHERE, created_at="2026-06-01T08:00:00Z")
    activity = f"https://social.example/users/desk/statuses/{NUMBER}/activity"

    found = read_one("", uri=activity, url=activity, reblog=theirs)

    assert (found.text, found.author) == ("High tide.", "@tide@tides.example")
    assert (found.native_id, found.flags) == (activity, {"forwarded"})
    assert found.url == theirs["url"]
    assert found.posted_at == datetime(2026, 6, 25, 11, tzinfo=UTC)


def test_a_boost_keeps_the_id_that_its_own_server_gives_it():
    theirs = status("<p>High tide.</p>", by=ELSEWHERE)
    stolen = f"https://tides.example/users/tide/statuses/{NUMBER}"

    found = read_one("", uri=stolen, url=stolen, reblog=theirs)

    assert found.native_id == f"https://social.example/users/desk/statuses/{NUMBER}"


def test_a_page_of_one_server_has_no_posts_of_another_that_it_does_not_pass_on():
    assert read(status(by=ELSEWHERE | {"acct": "tide@tides.example"})).posts == ()


def test_a_quoted_post_is_attached_and_its_words_are_not_the_author_s():
    theirs = status("<p>High tide.</p>", by=ELSEWHERE)

    found = read_one(quote={"state": "accepted", "quoted_status": theirs})

    assert found.text == "The ferry leaves at noon."
    assert (found.media[0].kind, found.media[0].alt) == ("quote", "@tide@tides.example: High tide.")


def test_an_edited_post_says_when():
    found = read_one(edited_at="2026-06-25T11:20:00Z")

    assert found.source_edited_at == datetime(2026, 6, 25, 11, 20, tzinfo=UTC)
    assert "edited" in found.flags


def test_a_history_has_the_words_from_the_first_to_the_last():
    edits = [
        edit("<p>At eleven.</p>", "2026-06-25T11:00:00Z"),
        edit("<p>At noon.</p>", "2026-06-25T11:20:00Z", media_attachments=[media("Pier")]),
    ]

    document = parse(body(edits), url=f"{API}/statuses/{NUMBER}/history")

    assert [post.text for post in document.posts] == ["At eleven.", "At noon.\n\n[photo: Pier]"]
    assert [post.source_edited_at.minute for post in document.posts] == [0, 20]


def test_what_is_not_public_is_left_out():
    document = read(status(visibility="private"), status(visibility="direct"), status())

    assert len(document.posts) == 1


def test_an_account_without_posts_is_empty_and_another_empty_list_is_refused():
    assert read().posts == ()
    with pytest.raises(UnreadableBody, match="JSON, but not a feed"):
        parse(b"[]", url="https://social.example/list.json")


@pytest.mark.parametrize(
    "answer",
    [
        [status() | {"account": 7}],
        [status() | {"media_attachments": [None, 3, {}], "poll": [], "quote": "x", "reblog": 1}],
        [status() | {"content": None, "created_at": 3, "edited_at": [], "url": "javascript:x"}],
        [status(), None, 7, "text"],
    ],
)
def test_fields_of_the_wrong_kind_are_left_out(answer):
    assert len(parse(json.dumps(answer).encode(), url=STATUSES).posts) == 1


def test_recorded_statuses_are_read(corpora):
    recorded = sorted((corpora / "social" / "mastodon").glob("*.yaml"))
    text = "".join(path.read_text(encoding="utf-8") for path in recorded)

    # Every field that the adapter asks for is one that servers send.
    assert recorded
    for field in ("spoiler_text", "media_attachments", "edited_at", "reblog", "visibility", "acct"):
        assert f'"{field}"' in text
