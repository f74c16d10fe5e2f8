"""A site that is exported, and what somebody may do to the folder."""

import json
import os
import re
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles import publishing
from articles.models import Image
from desk.pictures import decode
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_source,
    make_topic,
)
from tests.clock import NOON, later
from tests.wires.factories import make_post


def make_image(**fields):
    file = BytesIO()
    Pillow.new("RGB", (60, 40), "red").save(file, "PNG")
    picture = decode(file.getvalue())
    image = Image.objects.create(
        sha256=picture.sha256, extension=picture.extension, width=60, height=40,
        size=len(picture.body), uploaded_at=NOON, **fields,
    )  # fmt: skip
    default_storage.save(image.filename, ContentFile(picture.body))
    return image


def make_site():
    """Make an article of each state: with a picture, two versions, a correction and an old address."""
    image = make_image(alt="A harbour", credit="Ada Byron")
    live = make_article(
        headline="Fog & rain", image=image, body=f"Closed [@r1].\n\n![](image:{image.pk})"
    )
    live.authors.add(make_author("Ada Byron"), make_author("Oda Renn"))
    live.topics.add(make_topic("Ports"))
    publishing.publish(live, by=None, at=NOON)
    live.refresh_from_db()
    live.headline, live.slug = "Fog and rain: “ends”", "another-slug"
    live.save()
    publishing.correct(live, by=None, at=later(hours=1), note="It was rain too.")
    gone = make_live_article(headline="A forgery")
    publishing.withdraw(gone, by=None, at=later(hours=2), note="It was forged.")
    draft = make_article(headline="Not yet", sources=False)
    make_source(
        draft, post=make_post(text="Ships wait.\n\nAll day."), note="Background.", role="background"
    )
    draft.topics.add(make_topic("Fog", description="Where ships wait."), make_topic("Trade"))
    return live


def rename_all(folder):
    """Make other articles and posts of those of an export."""
    rename_articles(folder)
    posts = (folder / "posts.jsonl").read_text()
    posts = re.sub(r'"native_id_hash": "....', '"native_id_hash": "0000', posts)
    (folder / "posts.jsonl").write_text(posts)


def rename_articles(folder):
    for path in (folder / "articles").glob("*/article.json"):
        rows = json.loads(path.read_text())
        rows["article"]["slug"] = rows["article"]["live_slug"] = f"x-{rows['article']['slug']}"
        rows["article"]["created_at"] = rows["article"]["created_at"].replace("2026", "2025")
        for row in rows["redirects"]:
            row["path"] = row["path"].replace("2026", "2025")
        path.write_text(json.dumps(rows))


def lead_outside(path):
    outside = path.parents[4] / "outside.json"
    path.rename(outside)
    path.symlink_to(outside)


def never_end(path):
    path.unlink()
    os.mkfifo(path)


def with_value(name, value, kind="article"):
    """Return what puts a value into a row of a file."""

    def damage(path):
        if path.suffix == ".jsonl":
            first, *others = path.read_text().splitlines()
            path.write_text("\n".join([json.dumps(json.loads(first) | {name: value}), *others]))
            return
        rows = json.loads(path.read_text())
        row = rows[kind] if kind == "article" else rows[kind][0]
        row[name] = value
        path.write_text(json.dumps(rows))

    return damage
