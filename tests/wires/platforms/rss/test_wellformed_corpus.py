"""Our adapter gives the entries that feedparser's own well-formed test feeds expect."""

import ast
import re
import sys
from calendar import timegm
from urllib.parse import urlsplit

import pytest

from wires.platforms import UnreadableBody, parse
from wires.platforms.text import title_of

KEYS = ("title", "link", "id", "guid", "published_parsed", "updated_parsed")

# Reviewed: expectations of feedparser that we do not share, with the reason.
EXCEPTIONS = {
    "sanitize/entry_title_crazy.xml": "a whole page as a title: we drop its head and its script",
}


@pytest.fixture(scope="module")
def corpus(corpora):
    return corpora / "feeds/feedparser/wellformed"


def read(path):
    body = path.read_bytes()
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = (body.decode("utf-16") if wide else body.decode("utf-8", "replace"))[:6000]
    location = re.search(r"Content-Location:\s*(\S+)", head)
    promise = re.search(r"Expect:\s*(.*)", head)
    return (
        body,
        location[1] if location else f"http://127.0.0.1:8097/{path.name}",
        promise[1].strip() if promise else "",
    )


def place(node):
    """Return (index, key) of entries[index]['key'], with title_detail's value as the title."""
    match = re.fullmatch(
        r"entries\[(\d+)\]\['(?:(\w+)|(title)_detail'\]\['value)'\]", ast.unparse(node)
    )
    key = match and (match[2] or match[3])
    return (int(match[1]), key) if key in KEYS else None


def constant(node):
    """Return the value of a literal; the corpus joins some strings with +."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return constant(node.left) + constant(node.right)
    return ast.literal_eval(node)


def promises(expression):
    """Yield (index, key, value) for each expected value of an entry that we support."""
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not all(isinstance(o, ast.Eq) for o in node.ops):
            continue
        sides = [node.left, *node.comparators]
        places = [found for found in map(place, sides) if found]
        values = []
        for side in sides:
            try:
                values.append(constant(side))
            except ValueError:
                continue
        if places and len(values) == 1:
            yield from ((index, key, values[0]) for index, key in places)


def holds(post, key, value):
    if key == "title":
        return title_of(value) == ("" if "no_title" in post.flags else post.title)
    if key == "link":
        return post.url == (value if urlsplit(value).scheme in ("http", "https") else "")
    if key in ("id", "guid"):
        return post.native_id == value
    found = post.source_edited_at if key == "updated_parsed" else post.posted_at
    if value is None:
        return found is None
    return found is not None and found.timestamp() == timegm(value)


def test_entries_match_the_feedparser_expectations(corpus, capsys):
    checked, broken = 0, {}
    for path in sorted(corpus.rglob("*.xml")):
        body, location, expression = read(path)
        wanted = list(promises(expression))
        if not wanted:
            continue
        checked += 1
        name = str(path.relative_to(corpus))
        try:
            posts = parse(body, url=location).posts
        except UnreadableBody as error:
            broken[name] = str(error)
            continue
        for index, key, value in wanted:
            # An item repeated in one document is kept once.
            post = posts[min(index, len(posts) - 1)] if posts else None
            if post is None or not holds(post, key, value):
                broken[name] = f"{key}: {value!r} is not in {post!r}"

    lines = [f"feedparser's well-formed feeds: {checked - len(broken)} of {checked} hold"]
    lines += [f"exception: {name}: {EXCEPTIONS.get(name, 'NOT REVIEWED')}" for name in broken]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n  ".join(lines) + "\n")
    assert checked > 150
    assert set(broken) == set(EXCEPTIONS), broken
    assert len(broken) <= checked / 100
