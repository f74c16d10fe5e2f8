"""Pages of the channel @harbour on Telegram, as t.me/s shows them."""

from tests.clock import later
from tests.wires.platforms.documents import message

CHAT = "100"
NAME = "harbour"
NONE_FOUND = '<div class="tme_no_messages_found">No posts found</div>'
# A page is never short: this stands for all that is round its messages.
_AROUND = f'<meta name="description" content="{"Harbour news. " * 40}">'


def post(number, text="", *, at=None, **fields):
    """Return one message; a later number was posted later, a minute each, up to 100 at noon."""
    shown = message(number, text or f"Message {number}.", channel="Harbour", **fields)
    at = at or later(minutes=number - 100)
    return shown.replace("2026-06-25T12:00:00+00:00", at.isoformat())


def page(*messages, more=True, around=_AROUND):
    """Return a page of these messages or numbers; `more` says that older ones are before it."""
    blocks = [post(each) if isinstance(each, int) else each for each in messages]
    numbers = [int(block.split('data-post="Harbour/')[1].split('"')[0]) for block in blocks]
    before = min(numbers, default=0)
    link = (
        f'<a class="tme_messages_more" href="/s/Harbour?before={before}" data-before="{before}"></a>'
        if more and numbers
        else ""
    )
    shown = "".join(blocks) or NONE_FOUND
    return (
        f"<!DOCTYPE html><html><head><title>Harbour</title>{around}</head><body>"
        f'<section class="tgme_channel_history">{link}{shown}</section></body></html>'
    ).encode()


def album(number, *others, text="Pictures."):
    """Return a message whose further pictures have numbers of their own."""
    pictures = "".join(
        f'<a class="tgme_widget_message_photo_wrap" href="https://t.me/Harbour/{each}?single"></a>'
        for each in (number, *others)
    )
    grouped = f'<div class="tgme_widget_message_grouped_wrap">{pictures}</div>'
    return post(number, text, inside=grouped)
