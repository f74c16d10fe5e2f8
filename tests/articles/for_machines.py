"""What programs read of each live article, compared field by field with its page."""

import json
import re
from dataclasses import dataclass, field
from io import BytesIO

import feedparser
from lxml import html

from articles.feeds import FORMATS
from articles.models import Article

SITE = "https://paper.example"


@dataclass
class Walk:
    """How many articles were read, and each field in which two forms differ."""

    articles: int = 0
    posts: int = 0
    differing: list[str] = field(default_factory=list)

    def compare(self, where, name, page, other):
        if page != other:
            self.differing.append(f"{where}: {name} is {other!r}, on the page {page!r}")


def walk_every_article(client):
    """Read each live article as a page, as JSON-LD, by its tags and in every feed."""
    walk = Walk()
    feeds = {form.label: entries_of(client, form) for form in FORMATS}
    for article in Article.objects.live().order_by("pk"):
        page = html.fromstring(client.get(article.get_absolute_url()).content.decode())
        shown = shown_on(page)
        walk.articles += 1
        walk.posts += len(shown["posts"])
        compare_data(walk, article, page, shown)
        tags = {tag.get("property"): tag.get("content") for tag in page.iter("meta")}
        for name, tag in (("headline", "og:title"), ("address", "og:url")):
            walk.compare(f"{article} in {tag}", name, shown[name], tags[tag])
        walk.compare(article, "published", shown["published"], tags["article:published_time"])
        for label, entries in feeds.items():
            compare_entry(walk, f"{article} in {label}", shown, entries[shown["address"]])
    return walk


def shown_on(page):
    """Return what the page of an article shows to people."""
    [headline] = page.find_class("article__headline")
    times = [each.get("datetime") for each in page.find_class("byline__times")[0].iter("time")]
    standfirst = page.find_class("article__standfirst")
    return {
        "headline": words(headline),
        "address": page.xpath("//link[@rel='canonical']/@href")[0],
        "standfirst": words(standfirst[0]) if standfirst else "",
        "author": words(page.find_class("byline__who")[0]),
        "section": words(page.find_class("article__back")[0]).removeprefix("← "),
        "language": page.find_class("article__head")[0].get("lang"),
        "published": times[0],
        "updated": times[-1],
        "posts": [
            (words(source.find_class("source__outlet")[0].find("a")), address_of(source))
            for source in page.find_class("source")
            if source.tag == "li"
        ],
        "framing": words(page.find_class("framing")[0][1]) if page.find_class("framing") else "",
        "notes": [words(note) for note in page.find_class("notes__item")],
    }


def address_of(source):
    """Return the address of a post as the page prints it, without its scheme."""
    printed = source.find_class("source__address")
    return words(printed[0]).removeprefix("Original: ") if printed else ""


def words(element):
    return " ".join(element.text_content().split())


def compare_data(walk, article, page, shown):
    [script] = page.xpath("//script[@type='application/ld+json']")
    data = json.loads(script.text)
    told = {
        "headline": data["headline"],
        "address": data["url"],
        "standfirst": data.get("description", ""),
        "section": data["articleSection"],
        "language": data["inLanguage"],
        "published": data["datePublished"],
        "updated": data["dateModified"],
        "framing": data.get("backstory", ""),
        "author": names(data["author"]),
        "posts": [(post["publisher"]["name"], bare(post)) for post in data.get("isBasedOn", [])],
    }
    for name, value in told.items():
        walk.compare(f"{article} in JSON-LD", name, shown[name], value)
    for note in data.get("correction", []):
        if not any(note["text"] in each for each in shown["notes"]):
            walk.differing.append(f"{article}: the page lacks the correction {note['text']!r}")


def names(authors):
    *others, last = [author["name"] for author in authors]
    return f"{', '.join(others)} and {last}" if others else last


def bare(post):
    address = post.get("url") or post.get("identifier", "")
    return re.sub(r"^https?://", "", address).removesuffix("/")


def compare_entry(walk, where, shown, entry):
    for name in ("headline", "standfirst", "author", "section", "published", "updated"):
        walk.compare(where, name, shown[name], entry[name])
    text = words(html.fromstring(f"<div>{entry['content']}</div>"))
    for outlet, _ in shown["posts"]:
        if outlet not in text:
            walk.differing.append(f"{where}: {outlet} is not named")
    if shown["framing"] not in text:
        walk.differing.append(f"{where}: the framing note is missing")


def entries_of(client, form):
    """Return the entries of the site's feed in a format, by their addresses."""
    body = client.get(form.address("/")).content
    if form.name == "_json":
        return {item["url"]: entry_of_json(item) for item in json.loads(body)["items"]}
    parsed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    return {entry.link: entry_of_parser(entry) for entry in parsed.entries}


def entry_of_json(item):
    return {
        "headline": item["title"],
        "standfirst": item.get("summary", ""),
        "author": item["authors"][0]["name"],
        "section": item["tags"][0],
        "published": item["date_published"].replace("+00:00", "Z"),
        "updated": item["date_modified"].replace("+00:00", "Z"),
        "content": item["content_html"],
    }


def entry_of_parser(entry):
    as_moment = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z"
    return {
        "headline": entry.title,
        "standfirst": entry.summary,
        "author": entry.author,
        "section": entry.tags[0].term,
        "published": as_moment.format(*entry.published_parsed),
        "updated": as_moment.format(*entry.updated_parsed),
        "content": entry.content[0].value,
    }
