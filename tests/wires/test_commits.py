"""Pages are told of a change once it is committed, and of nothing else."""

import pytest

from articles import publishing
from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import generations, ingest, retention
from wires.ingest.end_of_demo import end_demo
from wires.models import Post

pytestmark = pytest.mark.django_db


def new_post():
    channel = make_channel()
    return lambda: ingest.store(channel, document(raw("One")), at=NOON)


def known_post():
    channel = make_channel()
    ingest.store(channel, document(raw("One")), at=NOON)
    return lambda: ingest.store(channel, document(raw("One")), at=later(hours=1))


def edit_of(post):
    edited = raw("Edited", native_id=post.native_id)
    return lambda: ingest.store(post.channel, document(edited), at=later(hours=1))


def edit_of_an_uncited_post():
    make_live_article()
    return edit_of(make_post())


def edit_of_a_cited_post():
    return edit_of(make_live_article().wire_sources.get().post)


def edit_of_a_post_of_a_withdrawn_article():
    article = make_live_article()
    publishing.withdraw(article, by=None, at=NOON, note="It was wrong.")
    return edit_of(article.wire_sources.get().post)


def erasure():
    post = make_post()
    return lambda: retention.erase(post, reason="Court order", by=None, at=NOON)


def end_of_the_demo():
    make_post(channel=make_channel(outlet=make_outlet("Demo Wire", is_demo=True)))
    return lambda: end_demo(at=NOON)


def end_of_no_demo():
    make_post()
    return lambda: end_demo(at=NOON)


def act_on_a_post(act, **fields):
    def prepare():
        editor, post = make_user(group="Wire desk"), make_post(**fields)
        return lambda: act(post, editor)

    return prepare


def hide(post, by):
    ingest.hide(post, by=by, reason="A private person.", at=later(hours=1))


def unhide(post, by):
    ingest.unhide(post, by=by, at=later(hours=1))


def withdraw(post, by):
    ingest.withdraw(post, by=by, reason="Its page answers 404.", at=later(hours=1))


def reinstate(post, by):
    ingest.reinstate(post, by=by)


HIDDEN = {"hidden_at": NOON, "hidden_reason": "First."}
WITHDRAWN = {"state": Post.State.WITHDRAWN, "withdrawn_at": NOON}
BOTH = {"wire", "pages"}

# What happens, and which generations it moves.
CHANGES = {
    "a new post": (new_post, {"wire"}),
    "a post seen again": (known_post, set()),
    "an edit": (edit_of_an_uncited_post, {"wire"}),
    "an edit of a cited post": (edit_of_a_cited_post, BOTH),
    "an edit of a post that no live article cites": (
        edit_of_a_post_of_a_withdrawn_article,
        {"wire"},
    ),
    "an erasure": (erasure, BOTH),
    "the end of the demo": (end_of_the_demo, BOTH),
    "no demo to end": (end_of_no_demo, set()),
    "a post is hidden": (act_on_a_post(hide), BOTH),
    "a hidden post is hidden": (act_on_a_post(hide, **HIDDEN), set()),
    "a post is unhidden": (act_on_a_post(unhide, **HIDDEN), BOTH),
    "a visible post is unhidden": (act_on_a_post(unhide), set()),
    "a post is withdrawn": (act_on_a_post(withdraw), BOTH),
    "a withdrawn post is withdrawn": (act_on_a_post(withdraw, **WITHDRAWN), set()),
    "a withdrawal is undone": (act_on_a_post(reinstate, **WITHDRAWN), BOTH),
    "no withdrawal is undone": (act_on_a_post(reinstate), set()),
}


def read_generations(clock):
    # The wire generation moves at most once a second.
    clock.shift(2)
    return {name: generations.current(name) for name in ("wire", "pages")}


@pytest.mark.parametrize("change", CHANGES)
def test_pages_are_told_of_a_change_once_it_is_committed(
    change, at_noon, django_capture_on_commit_callbacks
):
    prepare, expected = CHANGES[change]
    act = prepare()
    before = read_generations(at_noon)

    with django_capture_on_commit_callbacks() as callbacks:
        act()
    not_committed = read_generations(at_noon)
    for callback in callbacks:
        callback()
    committed = read_generations(at_noon)

    assert not_committed == before
    assert {name for name, number in committed.items() if number != before[name]} == expected
