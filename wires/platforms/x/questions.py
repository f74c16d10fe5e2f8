"""Which addresses of X's API v2 are asked, one after the other. Each post read there is paid for."""

from collections.abc import Sequence
from urllib.parse import quote

from wires.platforms.questions import Question, Questions, Subject, ask

API_HOST = "api.x.com"
API = f"https://{API_HOST}/2"
LOOKUP_URL = f"{API}/tweets"
# What the API takes for the size of a page.
FEWEST, MOST = 5, 100
_FIELDS = {
    "tweet.fields": "attachments,author_id,created_at,edit_history_tweet_ids,entities,lang,note_tweet,referenced_tweets",
    "expansions": "attachments.media_keys,attachments.poll_ids,author_id,referenced_tweets.id,referenced_tweets.id.author_id",
    "user.fields": "name,username",
    "media.fields": "alt_text,media_key,preview_image_url,type,url",
    "poll.fields": "id,options",
}
# X is renaming its tweets to posts, parameter by parameter; who sends the wrong one gets a 400.
_RENAMED = (
    ("tweet.fields", "post.fields"),
    ("edit_history_tweet_ids", "edit_history_post_ids"),
    ("note_tweet", "note_post"),
    ("referenced_tweets", "referenced_posts"),
)

_REFUSALS = {
    "http_400": "X does not understand what we ask, so its API may have changed: report this",
    "http_401": "X refuses the token: renew X_BEARER_TOKEN",
    "http_402": "the account at X has no credit left: add some at X, or pause the channel",
    "http_403": "X does not let this token read @{account}: check the plan of the token",
    "http_404": "X does not know @{account}: check the account",
}


def ask_posts(subject: Subject) -> Question:
    if subject.numeric_id:
        return ask_page(subject)
    return ask("account", f"{API}/users/by/username/{quote(subject.account, safe='')}")


def ask_post(subject: Subject) -> Question:
    return ask("post", f"{API}/tweets/{quote(subject.number, safe='')}", **_FIELDS)


def ask_many(numbers: Sequence[str]) -> Question:
    return ask("lookup", LOOKUP_URL, ids=",".join(numbers), **_FIELDS)


def ask_instead(subject: Subject, question: Question, kind: str) -> Question | None:
    """Ask for the same by the new names, where the old ones are refused."""
    url = question.url
    for old, new in _RENAMED:
        url = url.replace(old, new)
    if kind != "http_400" or url == question.url:
        return None
    return Question(url=url, step=question.step)


def ask_page(subject: Subject, token: str = "") -> Question:
    size = MOST if subject.most is None else min(max(subject.most, FEWEST), MOST)
    return ask(
        "posts",
        f"{API}/users/{quote(subject.numeric_id, safe='')}/tweets",
        max_results=str(size),
        exclude="replies",
        since_id=subject.newest,
        pagination_token=token,
        **_FIELDS,
    )


QUESTIONS = Questions(
    posts=ask_posts,
    post=ask_post,
    page=ask_page,
    instead=ask_instead,
    refusals=_REFUSALS,
    fewest=FEWEST,
)
