"""What write_export wrote, read into this site. What is there already stays as it is.

Rows that articles share come first, all or none of them, then each article with all of its own: a
run that is broken off is repeated, and adds what was missing.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from articles import search
from articles.models import Article, ArticleVersion, Topic
from articles.models.image import REFERENCE
from articles.moving.exporting import ABOUT, FORMAT
from articles.moving.kinds import ARTICLE, OF_ARTICLE, SHARED, Kind, read_values
from articles.moving.refusals import BadExport
from articles.pictures import PictureNotStored, store_picture
from articles.publishing.inputs import Labels
from articles.publishing.listing import list_article
from desk.pictures import decode
from wires import generations
from wires import search as wire_search
from wires.models import Channel, Post, PostVersion

PAUSED = "Imported with articles. Resume it to poll it here."
# How words are marked that were copied here: nothing of them was fetched by this site.
PASTED = "pasted"
CODE_LENGTH = 16
_FOREIGN = re.compile(
    r"<\s*/?(?:script|style|iframe|object|embed|form|base|link|meta|svg|math)\b"
    r"|<[^>]*\son\w+\s*=|(?:href|src)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp|gif)")


@dataclass(slots=True)
class Imported:
    """How much was added and how much was there, and what is not as it was, in sentences."""

    added: int = 0
    known: int = 0
    pictures: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Ids:
    """The id here of each row of the export, by table and the id there."""

    here: dict[tuple[str, int], int] = field(default_factory=dict)

    def image_marks(self, text: str) -> str:
        """Return a body with the pictures that it names as they are called here."""

        def renamed(mark: Any) -> str:
            return f"image:{self.here.get(('images', int(mark[1])), mark[1])}"

        return REFERENCE.sub(renamed, text)


def read_export(folder: Path, *, is_dry: bool = False) -> Iterator[Imported]:
    """Read an export; yield how much was read from time to time, then all. Raises BadExport.

    With `is_dry` all of it is read and nothing is kept.
    """
    _check_format(folder)
    paths = sorted((folder / "articles").glob("*/article.json"))
    done = Imported()
    with undone_if(is_dry):
        ids = _Ids()
        with transaction.atomic():
            _read_shared(folder, ids)
        for n, path in enumerate(paths, start=1):
            with transaction.atomic():
                _read_article(path, ids, done)
            if not n % 100:
                yield done
        if not is_dry:
            _store_pictures(folder / "pictures", done)
    if not is_dry:
        for name in ("pages", "wire"):
            generations.bump(name)
    yield done


@contextmanager
def undone_if(is_dry: bool) -> Iterator[None]:  # noqa: FBT001  # the one thing it is about
    """Keep nothing of what is written meanwhile if it is a trial."""
    if not is_dry:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _check_format(folder: Path) -> None:
    about = _read_json(folder / ABOUT)
    if about.get("format") != FORMAT:
        message = (
            f"{folder / ABOUT} is of format {about.get('format')}; this release reads {FORMAT}."
        )
        raise BadExport(message)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: {error.strerror or error}. Is this a folder that export_articles wrote?"
        raise BadExport(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path} is no JSON, or was cut off."
        raise BadExport(message) from error
    if not isinstance(read, dict):
        message = f"{path} holds no object."
        raise BadExport(message)
    return read


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for n, line in enumerate(file, start=1):
                try:
                    row = json.loads(line)
                    row["id"] + 0
                except (ValueError, TypeError, KeyError, RecursionError) as error:
                    message = f"{path}, line {n}, is no row, or was cut off."
                    raise BadExport(message) from error
                yield row
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}."
        raise BadExport(message) from error


def _read_shared(folder: Path, ids: _Ids) -> None:
    newest: dict[int, int] = {}
    for kind in SHARED:
        for row in _lines(folder / f"{kind.name}.jsonl"):
            values = read_values(kind, row, ids.here)
            found = _find(kind, values)
            if found is None and kind.model is PostVersion:
                found = _erased_here(values["post_id"])
            if found is None:
                found = _add(kind, row, _as_here(kind, values)).pk
                if kind.model is Post:
                    newest[found] = row["latest_version"]
            ids.here[kind.name, row["id"]] = found
    for pk, version in newest.items():
        latest = ids.here.get(("post_versions", version))
        Post.objects.filter(pk=pk).update(latest_version=latest)
    wire_search.write_rows([*newest])


def _find(kind: Kind, values: Mapping[str, Any]) -> int | None:
    """Return the id of a row that is known here. One query, or two."""
    names = {column.name: column.attname for column in kind.columns()}
    known = {names[name]: values[names[name]] for name in kind.known}
    rows = kind.model._default_manager.values_list("pk", flat=True)
    found = rows.filter(**known).first()
    if found is None and kind.or_by:
        found = rows.filter(**{kind.or_by: values[kind.or_by]}).first()
    return found


def _erased_here(post: int) -> int | None:
    """Return the newest version of a post whose words were erased here: an export brings none back."""
    erased = PostVersion.objects.filter(post=post, erased_at__isnull=False)
    return erased.order_by("-n").values_list("pk", flat=True).first()


def _as_here(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a new row as they are to be stored here."""
    if kind.model is Channel:
        code = _free_code(values["code"])
        return values | {"code": code, "paused": True, "paused_reason": PAUSED}
    if kind.model is PostVersion:
        taken = PostVersion.objects.filter(post=values["post_id"], n__gte=values["n"])
        last = taken.order_by("-n").values_list("n", flat=True).first()
        values["flags"] = [*dict.fromkeys([*values["flags"], PASTED])]
        values["n"] = last + 1 if last else values["n"]
    return values


def _free_code(code: str) -> str:
    """Return the code of a channel, with a number where another channel has it."""
    free = code
    for n in count(2):
        if not Channel.objects.filter(code=free).exists():
            break
        free = f"{code[: CODE_LENGTH - len(str(n))]}{n}"
    return free


def _add(kind: Kind, row: Mapping[str, Any], values: dict[str, Any]) -> Model:
    """Write a row, with the moments that Django would set to now. Raises BadExport."""
    try:
        with transaction.atomic():
            added = kind.model._default_manager.create(**values)
            stamped = {
                column.name: values[column.name]
                for column in kind.columns()
                if getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False)
            }
            if stamped:
                kind.model._default_manager.filter(pk=added.pk).update(**stamped)
    except (IntegrityError, ValueError, TypeError) as error:
        message = f"Row {row['id']} of {kind.name} cannot be stored: {str(error).splitlines()[0]}."
        raise BadExport(message) from error
    return added


def _read_article(path: Path, ids: _Ids, done: Imported) -> None:
    """Write an article with all of its own, unless it is here already."""
    rows = _read_json(path)
    try:
        row = rows["article"]
        values = read_values(ARTICLE, row, ids.here)
        found = Article.objects.filter(slug=values["slug"], created_at=values["created_at"])
        if found.exists():
            done.known += 1
            return
        _write_article(rows, row, values, ids)
        done.added += 1
    except (KeyError, TypeError, AttributeError) as error:
        message = f"{path} lacks {error}, or has it in another form."
        raise BadExport(message) from error
    except BadExport as error:
        message = f"{path}: {error}"
        raise BadExport(message) from error


def _write_article(
    rows: Mapping[str, Any], row: Mapping[str, Any], values: dict[str, Any], ids: _Ids
) -> None:
    slug = row["live_slug"]
    if slug and Article.objects.filter(live_slug__iexact=slug).exists():
        message = (
            f"Another article here has the address “{slug}” already. Change it there, or here."
        )
        raise BadExport(message)
    is_live = row["status"] == Article.Status.LIVE
    values["body"] = ids.image_marks(values["body"])
    # A schedule stays where it was made; one that is live is so once its version is there.
    if values["status"] == Article.Status.SCHEDULED or is_live:
        values["status"] = Article.Status.DRAFT
    article = _add(ARTICLE, row, values)
    assert isinstance(article, Article)  # noqa: S101  # for mypy
    ids.here["article", row["id"]] = article.pk
    article.authors.set([ids.here["authors", pk] for pk in row["authors"]])
    for kind in OF_ARTICLE:
        for each in rows[kind.name]:
            columns = read_values(kind, each, ids.here)
            if kind.model is ArticleVersion:
                columns["body"] = ids.image_marks(columns["body"])
                _refuse_foreign_html(columns)
            ids.here[kind.name, each["id"]] = _add(kind, each, columns).pk
    if is_live:
        live = ids.here["versions", row["live_version"]]
        Article.objects.filter(pk=article.pk).update(
            status=Article.Status.LIVE, live_version=live, updated_at=values["updated_at"]
        )
        _list(article, ArticleVersion.objects.get(pk=live))
        search.index_stored([article.pk])


def _list(article: Article, version: ArticleVersion) -> None:
    """List a live article under those who sign it and under its topics, which are made if need be.

    An export has topics as versions froze them.
    """
    authors = {author.slug: author for author in article.authors.all()}
    signed = [authors[name["slug"]] for name in version.bylines if name["slug"] in authors]
    topics = [_topic(each["name"], each["slug"]) for each in version.topics]
    article.topics.set(topics)
    list_article(article, None, version, Labels(authors=signed, topics=topics))


def _topic(name: str, slug: str) -> Topic:
    found = Topic.objects.filter(slug=slug).first() or Topic.objects.filter(name=name).first()
    return found or Topic.objects.create(name=name, slug=slug)


def _refuse_foreign_html(columns: Mapping[str, Any]) -> None:
    """Raise BadExport for HTML that no renderer of ours writes: a page would run it."""
    for name in ("html", "framing_html"):
        if found := _FOREIGN.search(str(columns[name])):
            message = f"“{name}” holds {found[0][:40]!r}, which this program never writes."
            raise BadExport(message)


def _store_pictures(folder: Path, done: Imported) -> None:
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            body = path.read_bytes()
            if not _PICTURE.fullmatch(path.name) or sha256(body).hexdigest() != path.stem:
                done.problems.append(f"{path} is not the picture that it was. It was left out.")
                continue
            decode(body)
            store_picture(path.name, body)
        except ValidationError as error:
            done.problems.append(f"{path}: {' '.join(error.messages)} It was left out.")
            continue
        except (OSError, PictureNotStored) as error:
            message = f"{path} could not be stored: {error}"
            raise BadExport(message) from error
        done.pictures += 1
