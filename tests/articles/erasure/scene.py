"""A post whose words went everywhere: what it said, what was noted of it, what was kept."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore

from articles import archive, publishing
from articles.models import Article, OverrideRequest, WireSource
from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel
from wires import ingest
from wires.ingest.bodies import FetchedBody
from wires.ingest.store import store
from wires.models import Post
from wires.platforms.base import Document, RawPost
from wires.retention import keep_screenshot

# In the post and what was noted of it, and in no text of an article.
SECRET = "Quillfeather"  # noqa: S105
OWES = f"{SECRET} owes 9 million crowns. The harbour is closed."
EARLIER = f"{SECRET} owes 8 million crowns. The harbour is closed."
TUGS = "Four tugs wait outside the bar."


def raw(number, text, **fields):
    link = f"https://harbour.example/{number}"
    return RawPost(native_id=link, url=link, title=text[:80], text=text, posted_at=NOON, **fields)


def read_feed(channel, *posts, at=NOON):
    """Store posts as a poll does, with the bytes of the one feed that they came in."""
    body = " ".join(f"<guid>{post.native_id}</guid><p>{post.text}</p>" for post in posts)
    feed = FetchedBody.of(f"<rss>{body}</rss>".encode(), url="https://harbour.example/feed")
    return store(channel, Document(kind="rss", posts=posts), at=at, body=feed)


def make_scene():
    """Return the post, and a live article that cites it and its neighbour in the same feed."""
    channel = make_channel()
    author = {"author": SECRET, "html": f"<p>{SECRET}</p>"}
    read_feed(channel, raw(1, EARLIER), raw(2, TUGS))
    read_feed(channel, raw(1, OWES, **author), raw(2, TUGS), raw(3, "News."), at=later(hours=1))
    post, neighbour = Post.objects.filter(native_id__regex="/[12]$").order_by("native_id")
    keep_screenshot(post.latest_version, SECRET.encode(), sha256="a" * 64, at=NOON)
    article = publish_on(post, neighbour)
    note_at_the_desk(post, article)
    return post, article


def publish_on(post, neighbour):
    """Publish an article with an override and an acknowledgement about each post."""
    editor, second = (make_user(group="Publisher") for _ in range(2))
    article = make_article(
        sources=False,
        headline="Ships wait",
        standfirst="A port is shut.",
        body="Somebody owes 12 million crowns [@r1]. The harbour is closed [@r1]. "
        "Some 17 tugs wait [@r2].",
    )
    # What a draft was called once, as an editor's “Draft article from this post” writes it.
    Article.objects.filter(pk=article.pk).update(headline=f"{SECRET} owes")
    article.refresh_from_db()
    publishing.submit(article, by=editor, at=NOON)
    Article.objects.filter(pk=article.pk).update(headline="Ships wait")
    article.refresh_from_db()
    make_source(article, post=post, note=f"{SECRET} said it.", translation=f"{SECRET} schuldet.")
    make_source(article, key="r2", post=neighbour, position=1, note="We asked.")
    # Of its first words, so that a query asks about the present ones.
    WireSource.objects.filter(key="r1").update(
        version=post.versions.get(n=1), passages=[{"exact": SECRET, "start": 0}]
    )
    holds = [f for f in publishing.vet(article, at=NOON) if f.level == "hold"]
    publishing.request_override(article, by=editor, at=NOON)
    kept = OverrideRequest.objects.values().get()
    for hold in holds:
        about = SECRET if "r1" in str(hold.evidence) else "The tug master"
        publishing.override(
            article,
            fingerprint=hold.fingerprint,
            reason=f"{about} told us.",
            by=second,
            at=NOON,
        )
    for query in publishing.vet(article, at=NOON):
        if query.level == "query":
            publishing.acknowledge(
                article, fingerprint=query.fingerprint, note=f"{SECRET}?", by=editor, at=NOON
            )
    publishing.publish(article, by=editor, at=later(hours=2))
    article.refresh_from_db()
    kept["holds"] = [{"code": "x", "fingerprint": "y", "message": f"{SECRET} is not found."}]
    OverrideRequest.objects.create(**kept)
    return article


def note_at_the_desk(post, article):
    """Hide the post, log it, leave a message waiting, and let the nightly check find a fault."""
    editor = make_user(group="Editor")
    ingest.hide(post, by=editor, reason=f"{SECRET} complained.", at=later(hours=3))
    ingest.unhide(post, by=editor, at=later(hours=3))
    Post.objects.filter(pk=post.pk).update(
        hidden_reason=f"{SECRET} complained.", posted_raw=f"said {SECRET}"
    )
    post.refresh_from_db()
    for row, said in ((post, f"Hidden: {SECRET} complained."), (article, "Changed.")):
        LogEntry.objects.create(
            user=editor,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=f"{SECRET} owes",
            action_flag=CHANGE,
            change_message=said,
        )
    session = SessionStore()
    session["_messages"] = f'[["__json_message", 0, 25, "“{SECRET} owes” is public."]]'
    session["kept"] = "yes"
    session.save()
    read_feed(
        post.channel,
        raw(1, f"{SECRET} owed 9 million crowns. The harbour is open."),
        raw(2, "Five tugs wait."),
        at=later(hours=4),
    )
    archive.vet(archive.live_articles(), at=later(hours=5))
