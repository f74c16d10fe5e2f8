"""Bodies that an earlier release read, whose rows of then are in stored_before.json.

The release is that of 29 November 2026, before sameness was judged by words. The file was written
by its own read_body, one channel a body, and says what stood in its tables.
"""

import json

from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.mastodon import answers as mastodon
from tests.wires.platforms.x import answers as x
from tests.wires.sameness.feeds import atom, item, json_feed, rss, telegram

CAPTION = (
    "Ice seen from the tower of the harbour office early on Thursday, with the two tugs behind it."
)
STORY = "The office closed the basin."


def _bare(title, text):
    return (
        '<rss version="2.0"><channel><title>W</title><link>https://wire.example/</link><item>'
        f"<title>{title}</title><link>https://wire.example/n/1</link><guid>g1</guid>"
        f"<description>{text}</description></item></channel></rss>"
    )


def _media(name, words):
    return f"<{name}>{words}</{name}>"


BODIES = {
    "a plain feed": rss(
        item("Ferries sail again", "n/1"), item("Grain prices slip", "n/2"), item("Amber found", "n/3")
    ),
    "an atom feed": atom(item("Ferries sail again", "n/1"), item("Grain prices slip", "n/2")),
    "a json feed": json_feed(item("Ferries sail again", "n/1"), item("Grain prices slip", "n/2")),
    "words in brackets": rss(
        item("Why &lt;main&gt; matters", "n/1"), item("Why <main> matters to us", "n/2")
    ),
    "a body escaped twice": rss(
        item("Fares rise", body="&lt;p&gt;Fares &amp;amp; tolls rise.&lt;/p&gt;&lt;p&gt;Soon.&lt;/p&gt;")
    ),
    "a body with comments and blocks escaped": rss(
        item(
            "Fares rise",
            body='&lt;!-- on --&gt;&lt;div class="x"&gt;&lt;p&gt;Fares&lt;br/&gt;rise.&lt;/p&gt;&lt;/div&gt;&lt;!-- off --&gt;',
        )
    ),
    "a caption longer than the text": rss(
        item("Ice", body=STORY, more=_media("media:description", CAPTION))
    ),
    "an episode's summary": rss(item("Ice", body=STORY, more=_media("itunes:summary", CAPTION))),
    "a fuller body beside": rss(
        item(
            "Ice",
            body=f"{STORY} It said so at noon.",
            more=_media("content:encoded", STORY) + _media("itunes:summary", STORY),
        )
    ),
    "a charset that nobody declared": _bare("Паромы встали", "Паромы встали из-за шторма").encode(
        "cp1251"
    ),
    "dates of many forms": rss(
        item("One", "n/1", at="", more="<pubDate>25.06.2026 09:30</pubDate>"),
        item("Two", "n/2", at="", more="<pubDate>2026年6月25日 18:30</pubDate>"),
        item("Three", "n/3", at="", more="<pubDate>25 kesäkuuta 2026 09:30</pubDate>"),
    ),
    "guid and link at odds": rss(
        item("Ferries sail again", "n/1?ref=rss", guid="http://wire.example/n/1"),
        item("Grain prices slip", "n/2;jsessionid=7F2A", guid="7F2A-2"),
    ),
    "telegram": telegram(
        (7, "PORT SHUT<br/>Ice was found."), (8, "⚡️<br/>Port open"), (9, "A line. And another one.")
    ),
    "x": x.page(x.post(), x.post("The quay is <closed>.", x.THIRD, edits=(x.SECOND,))),
    "bluesky": bluesky.feed(bluesky.post(), bluesky.post("Ice.", "3lesheq2xbk2t")),
    "mastodon": json.dumps([mastodon.status()]).encode(),
}  # fmt: skip
ACCOUNTS = {
    "telegram": "harbournews",
    "x": "harbour",
    "bluesky": "harbour.example",
    "mastodon": "harbour@social.example",
}
