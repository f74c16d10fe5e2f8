"""Plain functions that make input for the checks; pass only what the test is about."""

from datetime import UTC, datetime, timedelta

from articles.vetting import Piece, SourceRef
from wires.platforms.x.clock import x_id_at

NOW = datetime(2026, 6, 25, 10, 0, tzinfo=UTC)
POSTED = datetime(2026, 6, 25, 2, 40, tzinfo=UTC)
X_ID = x_id_at(POSTED)


def make_source_ref(*, key="r1", **fields):
    """Make a post by Harbour Wire on X without any findings."""
    return SourceRef(
        key=key,
        **{
            "outlet": "Harbour Wire",
            "platform": "x",
            "url": f"https://x.com/harbourwire/status/{X_ID}",
            "posted_at": POSTED,
            "text": "Ships wait outside the port of Calvera.",
        }
        | fields,
    )


def make_second_source_ref(*, key="t1", **fields):
    """Make a post by another outlet, on Telegram, about something else."""
    return make_source_ref(
        key=key,
        **{
            "outlet": "Meridian Press",
            "platform": "telegram",
            "url": "https://t.me/meridianpress/117",
            "text": "No pilot has gone on board since dawn, the harbour office says.",
        }
        | fields,
    )


def make_feed_source_ref(*, key="r1", **fields):
    """Make an item of Harbour Wire's feed, with no account or time in its address."""
    return make_source_ref(
        key=key, **{"platform": "rss", "url": f"https://harbour.example/{key}"} | fields
    )


def make_piece(**fields):
    """Make an article of one sentence, citing one post, with a framing note."""
    return Piece.written(
        **{
            "headline": "Ships wait",
            "body": "Ships wait [@r1].",
            "framing_note": "We lead with the ships.",
            "sources": [make_source_ref()],
        }
        | fields
    )


HARBOUR = make_source_ref(
    key="h1",
    platform="telegram",
    url="https://t.me/harbourwire/7",
    text="Calvera's harbour master orders all 25,437 vessels to hold west of Meray Light. He said: "
    "“No ship will pass without my written leave”. The order is dated 24 June.",
)
MERIDIAN = make_second_source_ref(
    key="m1",
    platform="rss",
    url="https://meridian.example/1",
    posted_at=POSTED + timedelta(minutes=32),
    text="Three owners told 60 crew to wait at anchor off Lindow, Meridian Press counts. "
    "Underwriters put the premium at 0.4% of hull value.",
)
