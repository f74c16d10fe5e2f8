"""A Ghost export, one object of JSON. Knows no Django."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from articles.moving.foreign import ForeignArticle, ForeignPicture
from articles.moving.refusals import BadExport

# It is read whole, and takes several times its size.
LARGEST = 200_000_000
# What an export writes for the address of the site.
SITE = "__GHOST_URL__"

type Rows = list[dict[str, Any]]


def read_ghost(path: Path, *, site: str) -> list[ForeignArticle]:
    """Return the posts of a file; `site` is the address that the blog had. Raises BadExport."""
    if not site.startswith(("https://", "http://")):
        message = f"{site} is no address. Write one such as https://blog.example."
        raise BadExport(message)
    data = _data(path)
    try:
        return list(_articles(data, site.rstrip("/")))
    except (KeyError, TypeError, AttributeError) as error:
        message = f"{path} has not the form of a Ghost export: {error} is missing or another thing."
        raise BadExport(message) from error


def _data(path: Path) -> Mapping[str, Rows]:
    try:
        if path.stat().st_size > LARGEST:
            message = f"{path} is larger than {LARGEST // 10**6} MB. Export the posts in parts."
            raise BadExport(message)
        read = json.loads(path.read_bytes())
        data: Mapping[str, Rows] = read["db"][0]["data"]
    except OSError as error:
        message = f"{path}: {error.strerror or error}."
        raise BadExport(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path} is no JSON, or was cut off. Export it again."
        raise BadExport(message) from error
    except (KeyError, IndexError, TypeError) as error:
        message = f"{path} is no Ghost export: it has no db[0].data."
        raise BadExport(message) from error
    return data


def _articles(data: Mapping[str, Rows], site: str) -> Iterator[ForeignArticle]:
    names = {row["id"]: _text(row, "name") for row in data.get("users", [])}
    tags = {row["id"]: _text(row, "name") for row in data.get("tags", [])}
    authors = _by_post(data.get("posts_authors", []), "author_id", names)
    categories = _by_post(data.get("posts_tags", []), "tag_id", tags)
    about = {row["post_id"]: row for row in data.get("posts_meta", [])}
    for row in data["posts"]:
        if row.get("type", "post") != "post":
            continue
        more, picture = about.get(row["id"], {}), _text_if_any(row, "feature_image")
        yield ForeignArticle(
            address=f"{site}/{_text(row, 'slug')}/",
            headline=_text(row, "title"),
            slug=_text(row, "slug"),
            html=_text_if_any(row, "html").replace(SITE, site),
            standfirst=_text_if_any(row, "custom_excerpt"),
            authors=tuple(authors.get(row["id"], ())),
            categories=tuple(categories.get(row["id"], ())),
            picture=ForeignPicture(
                address=picture.replace(SITE, site),
                alt=_text_if_any(more, "feature_image_alt"),
                caption=_text_if_any(more, "feature_image_caption"),
            )
            if picture
            else None,
            language=_text_if_any(row, "locale"),
            published_at=_moment(_text_if_any(row, "published_at")),
        )


def _text(row: Mapping[str, Any], name: str) -> str:
    """Return a text of a row. Raises KeyError where there is none, TypeError for another thing."""
    value = row[name]
    if not isinstance(value, str):
        message = f"“{name}”"
        raise TypeError(message)
    return value


def _text_if_any(row: Mapping[str, Any], name: str) -> str:
    return "" if row.get(name) is None else _text(row, name)


def _by_post(rows: Rows, key: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names that belong to each post, in their order."""
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda each: each.get("sort_order") or 0):
        if row[key] in names:
            found.setdefault(row["post_id"], []).append(names[row[key]])
    return found


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
