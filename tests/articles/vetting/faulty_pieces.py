"""Pieces that together have every fault the checks know, with every message."""

from dataclasses import replace
from datetime import timedelta

from articles.prose import Picture
from articles.vetting import OutletName, PostText
from articles.vetting.limits import BODY
from tests.articles.vetting.factories import (
    HARBOUR,
    MERIDIAN,
    NOW,
    POSTED,
    X_ID,
    make_feed_source_ref,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)
from wires.platforms.x.clock import x_id_at

GAZETTEER = (OutletName(name="Reuters"),)
LATER = POSTED + timedelta(hours=1)
BARE = Picture(id=3, url="/media/a.png", alt="", credit="", width=4, height=3)
RUMOUR = make_feed_source_ref(
    text="Unconfirmed: the guards fired at nine fishermen off Meray Light, we hear. Do we hear?"
)
TWICE = make_feed_source_ref(
    key="r2", text="He will not sign the accord. Asked again: he will not sign the accord."
)
SAILED = make_feed_source_ref(
    key="s1", text="The master was named in May. He sailed on Saturday with the tide."
)
OTHERWISE = make_feed_source_ref(
    text="Harbour fees in Calvera fell 4% in May. The old lock was inspected by the harbour board "
    "in June. “We wait for the tide,” said Marta Velin."
)
ABOARD = make_feed_source_ref(
    text="Nadia Sorel, 34, a nurse, was on board with two daughters. A pilot in Lindow saw the mast. "
    "Regatta: Lindow 3-1 Meray."
)
COUNTED = make_second_source_ref(text="The guards fired at ten fishermen off Meray Light.")


def make_faulty_pieces():
    """Return the pieces, keyed by what is wrong with them."""
    return {
        "nothing but words": make_piece(
            headline="31 June, 29 February 2026 and 12 ships",
            standfirst="Reuters says so on Monday, 25 June 2026.",
            body="Some 60 ships wait. ![a quay](https://example.org/a.png)",
            framing_note="",
            sources=[],
        ),
        "its pictures": make_piece(images=[BARE]),
        "its size": make_piece(body="x" * (BODY + 1)),
        "the size of a post": make_piece(sources=[make_source_ref(text="a " * 600_000)]),
        "its sources": make_piece(
            body="Ships wait [@r1; @zz].",
            sources=[
                make_source_ref(
                    posted_at=LATER,
                    deleted_at=NOW,
                    versions=(PostText(at=NOW, text="Ten ships wait outside Calvera."),),
                ),
                make_source_ref(key="r2", url=f"https://x.com/HarbourWire/status/{X_ID}?s=20"),
                make_source_ref(key="r3", url=f"https://x.com/meridian/status/{X_ID}", text=None),
                make_source_ref(key="r4", url="https://x.com/harbourwire"),
                make_source_ref(
                    key="r5",
                    url=f"https://x.com/harbourwire/status/{x_id_at(LATER)}",
                    is_unconfirmed=True,
                ),
            ],
        ),
        "its mark": make_piece(body="Ships wait [@h11].", sources=[HARBOUR, MERIDIAN]),
        "its relay": make_piece(
            body="Reuters reported that ships wait [@r1].",
            sources=[make_source_ref(text="Reuters reports that ships wait outside Calvera.")],
        ),
        "its outlets and times": make_piece(
            body=(
                "On Thursday 24 June 2026 Reuters reported that the ships hold [@h1]. Harbour Wire "
                "reported at 05:40 UTC on 25 June 2026 that they wait [@m1]. The gate fell at 11:40 "
                "Korean time (03:40 UTC) on 2 May 2026 [@h1]. The raid came at "
                "05:00 UTC on 25 June 2027 [@h1]. It was 31 June 2026 [@h1]."
            ),
            sources=[HARBOUR, MERIDIAN],
        ),
        "the days of its posts": make_piece(
            body="The master was named in April [@s1]. He sailed on Monday [@s1].",
            sources=[SAILED],
        ),
        "a weekday of no year": make_piece(headline="Ships wait since noon on Monday, 25 June"),
        "its quotations": make_piece(
            body=(
                "“No ship will ever pass without my written leave,” he said [@h1]. He said “no "
                "ship will pass without my written leave” [@m1]. “Penguins are fine swimmers "
                "indeed,” he said [@h1]. He “will not sign the accord” [@r2]. “A ship will pass "
                "without my written leave,” he said [@h1]."
            ),
            sources=[HARBOUR, MERIDIAN, TWICE],
        ),
        "its figures": make_piece(
            body=(
                "The master ordered 25,347 vessels to hold [@h1]. It was on 3 March 2024 [@h1]. "
                "Three owners told 60 crew to wait at anchor off Lindow, Meridian Press counts "
                "[@m1]. The order names 60 crew [@h1]."
            ),
            sources=[HARBOUR, MERIDIAN],
        ),
        "what only a translation says": make_piece(
            body="The pilot said “we wait for the tide” [@r1].",
            sources=[
                make_feed_source_ref(
                    text="Die Lotsin: „Wir warten auf die Flut.“",
                    language="de",
                    translation="The pilot: “We wait for the tide.”",
                )
            ],
        ),
        "its names": make_piece(
            body=(
                "Prime Minister Marta Velen met Haldor Bren in Lindow [@r1]. The talks were “frank”, "
                "said his spokesman, Peter Stanek [@r1]. Judge Bellamy denied bail to the pilot [@r1]."
            ),
            sources=[
                make_source_ref(
                    text="President Marta Velen met Haldor Brenn in Lindow, said his spokesman, "
                    "Paul Stanek. Judge Leonor Vasque denied bail to the pilot."
                )
            ],
        ),
        "what its posts say": make_piece(
            body="The guards fired at fishermen off Meray Light [@r1; @t1].",
            sources=[RUMOUR, COUNTED],
        ),
        "what its post doubts": make_piece(
            body="The guards fired at nine fishermen off Meray Light [@r1].", sources=[RUMOUR]
        ),
        "what its posts say otherwise": make_piece(
            body=(
                "Harbour fees in Calvera rose 4% in May [@r1]. The old lock was not inspected by "
                "the harbour board [@r1]. “We wait for the tide,” said Tom Asker [@r1]."
            ),
            sources=[OTHERWISE],
        ),
        "who and where its posts say": make_piece(
            body=(
                "Nadia Sorel, a teacher, was on board with two sons [@r1]. A pilot in Varnholt saw "
                "the mast [@r1]. Meray beat Lindow 3-1 [@r1]."
            ),
            sources=[ABOARD],
        ),
        "its markup": make_piece(
            body=(
                "Ships wait [@r1].\n\n```\nThe scene was calm.\n```\n\n"
                "See [the port](https://port.example/a b) and [the quay](quay.example). "
                "[We think so.] {.own} See <b>it</b> **now. See [@\n\n"
                "12. ships in all\n\nIt was calm. <!-- ask the port"
            ),
        ),
        "markup of other editors": make_piece(
            headline="**Ships** wait",
            framing_note="We lead with the ships [@r1].",
            body=(
                "Ships wait [@r1]]. Men[^1] ~~rest~~ ##today. Ships&amp;nbsp;wait <! -- ask -->.\n\n"
                "- [ ] Call the port.\n\n![The port]\n\n| port | state |\n| Lindow | shut |\n\n"
                "| port |\n|---|\n| Lindow | shut |"
            ),
        ),
        "one post linked twice": make_piece(
            body="The ships hold [@h1; @h2].",
            sources=[HARBOUR, replace(HARBOUR, key="h2", url="https://t.me/s/harbourwire/7")],
        ),
    }
