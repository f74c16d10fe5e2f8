"""Which public pages of a Telegram channel are read, one after the other."""

from wires.platforms.addresses import is_number
from wires.platforms.questions import Question, Questions, Subject, ask
from wires.platforms.telegram.permalink import channel_page, page_with_post

# What a channel that was never read is begun with: some sixty messages.
FIRST_PAGES = 3

_REFUSALS = {
    "http_404": "Telegram does not know @{account}: check the account",
}


def ask_posts(subject: Subject) -> Question:
    return ask_page(subject)


def ask_page(subject: Subject, before: str = "") -> Question:
    """Ask for a page: the newest one, or the messages before a number."""
    return ask("posts", channel_page(subject.account), before=before)


def ask_post(subject: Subject) -> Question:
    return Question(url=page_with_post(subject.account, subject.number), step="post")


def number_of(native_id: str) -> str:
    """Return the number of a message, from an id such as 100/5 or gazette/5; else ""."""
    number = native_id.rpartition("/")[2]
    return number if is_number(number) else ""


QUESTIONS = Questions(
    posts=ask_posts,
    post=ask_post,
    page=ask_page,
    refusals=_REFUSALS,
    number_of=number_of,
    first_pages=FIRST_PAGES,
    rereads=True,
    shows_all=True,
    by_name=True,
)
