"""Everything that articles are, written into a folder: JSON to read in again, Markdown for anybody."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import F, Model, Q, QuerySet

from articles.models import (
    Article,
    ArticleVersion,
    Author,
    Correction,
    Image,
    Topic,
    VersionSource,
    WireSource,
)
from articles.moving.kinds import OF_ARTICLE, SHARED, Kind, as_row
from articles.moving.refusals import BadExport
from wires.models import Channel, Outlet, Post, PostVersion

FORMAT = 1
ABOUT = "export.json"
# The keys of articles that name each other as translation and original, a line a group.
GROUPS = "translations.jsonl"
A_READ = 200


@dataclass(slots=True)
class Exported:
    """How much was written, and what could not be read, in sentences."""

    articles: int = 0
    posts: int = 0
    pictures: int = 0
    missing: tuple[str, ...] = ()


def write_export(folder: Path, *, at: datetime) -> Iterator[Exported]:
    """Write all articles into a new folder; yield how much is written from time to time, then all.

    The folder is there when it is whole. Raises BadExport.
    """
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        message = f"{folder} is there already. Name a folder that is not, or an empty one."
        raise BadExport(message)
    with _whole(folder) as unfinished:
        done = Exported()
        for kind in SHARED:
            count = _write_lines(unfinished / f"{kind.name}.jsonl", _rows_of(kind))
            done.posts = count if kind.model is Post else done.posts
        _write_pictures(unfinished / "pictures", done)
        yield done
        articles = Article.objects.select_related("section", "live_version").order_by("pk")
        for article in articles.iterator(chunk_size=A_READ):
            _write_article(unfinished / "articles" / f"{article.pk:07}-{article.slug}", article)
            done.articles += 1
            if not done.articles % A_READ:
                yield done
        _write_groups(unfinished / GROUPS)
        about = {"format": FORMAT, "site": settings.SITE_URL, "at": at.isoformat()}
        about |= {"articles": done.articles, "posts": done.posts, "pictures": done.pictures}
        _write_json(unfinished / ABOUT, about)
    yield done


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """Give a folder to write in, and put it in its place once it is whole. Raises BadExport."""
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        yield unfinished
        if folder.is_dir():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        message = f"{error.filename or folder}: {error.strerror or error}. Nothing was exported."
        raise BadExport(message) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(unfinished, ignore_errors=True)


def _rows_of(kind: Kind) -> QuerySet[Any]:
    """Return the rows of a shared table that articles rest on, or all of a small table."""
    cited = Q(pk__in=WireSource.objects.values("post"))
    cited |= Q(pk__in=VersionSource.objects.values("post_version__post"))
    cited |= Q(pk__in=Correction.objects.filter(post__isnull=False).values("post"))
    posts = Post.objects.filter(cited)
    rows: dict[type[Model], QuerySet[Any]] = {
        Outlet: Outlet.objects.filter(channels__posts__in=posts).distinct(),
        Channel: Channel.objects.filter(posts__in=posts).distinct(),
        Post: posts,
        PostVersion: PostVersion.objects.filter(
            Q(pk__in=WireSource.objects.values("version"))
            | Q(pk__in=VersionSource.objects.values("post_version"))
            | Q(pk=F("post__latest_version"), post__in=posts)
        ),
    }
    return rows.get(kind.model, kind.model._default_manager.all()).order_by("pk")


def _write_lines(path: Path, rows: QuerySet[Any]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows.iterator(chunk_size=A_READ):
            file.write(f"{json.dumps(as_row(row), ensure_ascii=False)}\n")
            count += 1
    return count


def _write_groups(path: Path) -> None:
    """Write which articles have to be read in together: each names another. Three queries."""
    group_of: dict[int, list[int]] = {}
    pairs = chain(
        *(
            Article.objects.exclude(**{name: None}).order_by("pk").values_list("pk", name)
            for name in ("original", "live_original")
        ),
        # Of what was published once.
        ArticleVersion.objects.exclude(original=None)
        .order_by("pk")
        .values_list("article", "original"),
    )
    for one, other in pairs:
        first, second = (group_of.setdefault(pk, [pk]) for pk in (one, other))
        if first is not second:
            first += second
            group_of |= dict.fromkeys(second, first)
    groups = {id(group): sorted(group) for group in group_of.values()}
    with path.open("w", encoding="utf-8") as file:
        for group in sorted(groups.values()):
            file.write(f"{json.dumps({'id': group[0], 'articles': group})}\n")


def _write_pictures(folder: Path, done: Exported) -> None:
    folder.mkdir()
    for image in Image.objects.order_by("pk").iterator(chunk_size=A_READ):
        try:
            with (
                default_storage.open(image.filename) as picture,
                (folder / image.filename).open("wb") as file,
            ):
                shutil.copyfileobj(picture, file)
        except FileNotFoundError:
            done.missing += (f"The file of image {image.pk}, {image.filename}, is missing.",)
            continue
        done.pictures += 1


def _write_article(folder: Path, article: Article) -> None:
    folder.mkdir(parents=True)
    rows: dict[str, Any] = {"article": as_row(article)}
    labels: dict[str, list[Author] | list[Topic]] = {
        "authors": [*article.authors.order_by("pk")],
        "topics": [*article.topics.order_by("pk")],
    }
    for name, labelled in labels.items():
        rows["article"][name] = [row.pk for row in labelled]
    for kind in OF_ARTICLE:
        by_article = "version__article" if kind.model is VersionSource else "article"
        found = kind.model._default_manager.filter(**{by_article: article}).order_by("pk")
        rows[kind.name] = [as_row(row) for row in found]
    _write_json(folder / "article.json", rows)
    names = {name: [row.name for row in labelled] for name, labelled in labels.items()}
    text = _markdown(article, article.section.name, names, article)
    (folder / "article.md").write_text(text, encoding="utf-8")
    for version in ArticleVersion.objects.filter(article=article).select_related("section"):
        frozen = {"authors": version.bylines, "topics": version.topics}
        names = {name: [row["name"] for row in labelled] for name, labelled in frozen.items()}
        text = _markdown(version, version.section.name, names, article)
        (folder / f"version-{version.n}.md").write_text(text, encoding="utf-8")


def _markdown(
    text: Article | ArticleVersion, section: str, labels: Mapping[str, list[str]], article: Article
) -> str:
    """Return a text with front matter: YAML, every value of which is JSON too."""
    first = article.first_published_at
    front = {
        "title": text.headline,
        "slug": text.slug,
        "description": text.standfirst,
        "section": section,
        **labels,
        "language": text.language,
        "status": article.status if isinstance(text, Article) else f"version {text.n}",
        "date": first.isoformat() if first else None,
        "address": article.get_absolute_url() if first else None,
        "framing_note": text.framing_note,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items()]
    return "\n".join(["---", *lines, "---", "", text.body, ""])


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
