"""What write_export wrote, read into this site. What is there already stays as it is.

Rows that articles share come first, all or none of them, then each article with all of its own: a
run that is broken off is repeated, and adds what was missing.
"""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count, takewhile
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model, Q

from articles import search
from articles.models import Article, ArticleVersion, Listing, VersionSource, WireSource
from articles.models.article import address
from articles.models.image import REFERENCE
from articles.moving.exporting import ABOUT, FORMAT, GROUPS
from articles.moving.files import read_json, read_lines, whole_file
from articles.moving.frozen_labels import list_as_frozen
from articles.moving.kinds import ARTICLE, OF_ARTICLE, SHARED, Kind, read_values
from articles.moving.refusals import BadExport
from articles.pictures import PictureNotStored, store_picture
from desk.pictures import LARGEST_FILE, decode, media_type
from wires import generations
from wires import search as wire_search
from wires.html import clean_prose
from wires.models import Channel, Post, PostVersion

PAUSED = "Imported with articles. Resume it to poll it here."
# How words are marked that were copied here: nothing of them was fetched by this site.
PASTED = "pasted"
CODE_LENGTH = 16
# What a row raises that was written by hand, and holds another thing than its column.
_MISFITS = (
    KeyError, TypeError, AttributeError, ValueError, OverflowError, ValidationError, DataError,
    IntegrityError,
)  # fmt: skip
# Texts of earlier releases may hold them; pages drop them, and so does the cleaner.
_OVERRIDES = re.compile("[\u202a-\u202e]")
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

    here: MutableMapping[tuple[str, int], int] = field(default_factory=dict)

    def of_article(self) -> "_Ids":
        """Return these, to which an article adds its own: another may not name them."""
        return _Ids(ChainMap({}, self.here))

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
        for n, group in enumerate(_in_groups(paths, folder), start=1):
            with transaction.atomic():
                _read_group(group, folder, ids, done)
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
    about = read_json(folder / ABOUT, folder)
    if about.get("format") != FORMAT:
        message = (
            f"{folder / ABOUT} is of format {about.get('format')}; this release reads {FORMAT}."
        )
        raise BadExport(message)


@contextmanager
def _as_bad_export(where: str) -> Iterator[None]:
    """Raise BadExport for what a row holds that does not fit, and say where it stands."""
    try:
        yield
    except BadExport as error:
        message = f"{where}: {error}"
        raise BadExport(message) from error
    except _MISFITS as error:
        said = str(error).partition("\n")[0][:200]
        message = f"{where} lacks {said}, or has it in another form."
        raise BadExport(message) from error


def _read_shared(folder: Path, ids: _Ids) -> None:
    newest: dict[int, int] = {}
    for kind in SHARED:
        path = folder / f"{kind.name}.jsonl"
        if kind.is_newer and not path.exists():
            continue
        for n, row in read_lines(path, folder):
            with _as_bad_export(f"{path}, line {n}"):
                found, is_new = _read_row(kind, row, ids)
                if is_new and kind.model is Post:
                    # A number, or none: what it is not, no row has.
                    newest[found] = (row["latest_version"] or 0) + 0
    for pk, version in newest.items():
        latest = ids.here.get(("post_versions", version))
        Post.objects.filter(pk=pk).update(latest_version=latest)
    wire_search.write_rows([*newest])


def _read_row(kind: Kind, row: Mapping[str, Any], ids: _Ids) -> tuple[int, bool]:
    """Return the id here of a row that articles share, and whether it is new here."""
    values = read_values(kind, row, ids.here)
    found = _find(kind, values)
    if found is None and kind.model is PostVersion:
        found = _erased_here(values["post_id"])
    is_new = found is None
    if found is None:
        found = int(_add(kind, row, _as_here(kind, values)).pk)
    ids.here[kind.name, row["id"]] = found
    return found, is_new


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
    except _MISFITS as error:
        message = f"Row {row['id']} of {kind.name} cannot be stored: {str(error).splitlines()[0]}."
        raise BadExport(message) from error
    return added


def _in_groups(paths: Sequence[Path], folder: Path) -> Iterator[list[Path]]:
    """Yield the articles, those together that name each other. Raises BadExport.

    An export of an earlier release names none.
    """
    rest = {path.parent.name: path for path in paths}
    by_key = {int(key): name for name in rest if (key := name.partition("-")[0]).isdecimal()}
    listed = folder / GROUPS
    for n, row in read_lines(listed, folder) if listed.exists() else ():
        with _as_bad_export(f"{listed}, line {n}"):
            names = [by_key[key] for key in row["articles"] if key in by_key]
            if group := [rest.pop(name) for name in names if name in rest]:
                yield group
    yield from ([path] for path in rest.values())


def _read_group(paths: Sequence[Path], folder: Path, ids: _Ids, done: Imported) -> None:
    """Write articles that name each other, each with all of its own, unless it is here already."""
    group = ids.of_article()
    added: list[tuple[Path, Article]] = []
    rows: Mapping[str, Any] = {}
    for path in paths:
        rows = read_json(path, folder)
        with _as_bad_export(str(path)):
            row = rows["article"]
            values = read_values(ARTICLE, row, ids.here)
            here = _find_here(values)
            if here is None:
                added.append((path, _add_article(row, values, ids)))
                here = added[-1][1].pk
            else:
                done.known += 1
            group.here["articles", row["id"]] = here
    for path, article in added:
        # Of several no more than one is held.
        rows = rows if len(paths) == 1 else read_json(path, folder)
        with _as_bad_export(str(path)):
            _write_article(rows, article, group.of_article())
            done.added += 1


def _find_here(values: Mapping[str, Any]) -> int | None:
    """Return the key of an article that is here, also where it has another slug by now. One query."""
    same = Q(slug=values["slug"])
    slug, at = values["live_slug"], values["first_published_at"]
    if slug and at:
        same |= Q(live_slug=slug) | Q(redirects__path=address(at, slug))
    known = Article.objects.filter(same, created_at=values["created_at"]).order_by("pk")
    return known.values_list("pk", flat=True).first()


def _add_article(row: Mapping[str, Any], values: dict[str, Any], ids: _Ids) -> Article:
    """Write the row of an article, as a draft where it is live: so it is once its version is there."""
    slug = row["live_slug"]
    if slug and Article.objects.filter(live_slug__iexact=slug).exists():
        message = (
            f"Another article here has the address “{slug}” already. Change it there, or here."
        )
        raise BadExport(message)
    values["body"] = ids.image_marks(values["body"])
    # A schedule stays where it was made.
    if values["status"] in (Article.Status.SCHEDULED, Article.Status.LIVE):
        values["status"] = Article.Status.DRAFT
    article = _add(ARTICLE, row, values)
    assert isinstance(article, Article)  # noqa: S101  # for mypy
    return article


def _write_article(rows: Mapping[str, Any], article: Article, ids: _Ids) -> None:
    """Write what belongs to an article whose row, and those of the articles it names, are there."""
    row = rows["article"]
    ids.here["article", row["id"]] = article.pk
    article.authors.set([ids.here["authors", pk] for pk in row["authors"]])
    article.topics.set([ids.here["topics", pk] for pk in row.get("topics", ())])
    for kind in OF_ARTICLE:
        for each in _rows_of(kind, rows):
            columns = read_values(kind, each, ids.here)
            if kind.model is ArticleVersion:
                columns["body"] = ids.image_marks(columns["body"])
                refuse_foreign_html(columns)
            _leave_out_erased(kind, columns)
            ids.here[kind.name, each["id"]] = _add(kind, each, columns).pk
    named = {
        name: ids.here["articles", row[name]]
        for name in ("original", "live_original")
        if row.get(name) is not None
    }
    if named:
        Article.objects.filter(pk=article.pk).update(**named)
    if row["status"] == Article.Status.LIVE:
        live = ids.here["versions", row["live_version"]]
        Article.objects.filter(pk=article.pk).update(status=Article.Status.LIVE, live_version=live)
        if "listings" not in rows:
            list_as_frozen(article, ArticleVersion.objects.get(pk=live))
        search.index_stored([article.pk])


def _rows_of(kind: Kind, rows: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the rows of a table that belong to an article."""
    # Also where the file says so, which anybody may have written: what is not live is on no list.
    if kind.model is Listing and rows["article"]["status"] != Article.Status.LIVE:
        return ()
    found: Sequence[Mapping[str, Any]] = (
        rows.get(kind.name, ()) if kind.is_newer else rows[kind.name]
    )
    return found


def _leave_out_erased(kind: Kind, columns: dict[str, Any]) -> None:
    """Empty what a source quotes of a post that was erased here, as the erasure did. One query."""
    if kind.model is VersionSource:
        erased, words = Q(pk=columns["post_version_id"]), "spans"
    elif kind.model is WireSource:
        erased, words = Q(post=columns["post_id"]), "passages"
    else:
        return
    if PostVersion.objects.filter(erased, erased_at__isnull=False).exists():
        columns |= {words: [], "note": "", "translation": ""}


def refuse_foreign_html(columns: Mapping[str, Any]) -> None:
    """Raise BadExport for HTML that no renderer of ours writes: a page would run it."""
    for name in ("html", "framing_html"):
        html = _OVERRIDES.sub("", columns[name])
        clean = clean_prose(html)
        if clean != html:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(clean, html, strict=False))
            start = max(0, html.rfind("<", 0, sum(1 for _ in same) + 1))
            message = f"“{name}” holds {html[start:][:40]!r}, which this program never writes."
            raise BadExport(message)


def _store_pictures(folder: Path, done: Imported) -> None:
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            body = whole_file(path, folder, most=LARGEST_FILE).read_bytes()
            if not _PICTURE.fullmatch(path.name) or sha256(body).hexdigest() != path.stem:
                done.problems.append(f"{path} is not the picture that it was. It was left out.")
                continue
            decode(body)
            if media_type(body) != guess_type(path.name, strict=False)[0]:
                done.problems.append(f"{path} is a picture of another kind. It was left out.")
                continue
            store_picture(path.name, body)
        except ValidationError as error:
            done.problems.append(f"{path}: {' '.join(error.messages)} It was left out.")
            continue
        except BadExport as error:
            done.problems.append(f"{error} It was left out.")
            continue
        except (OSError, PictureNotStored) as error:
            message = f"{path} could not be stored: {error}"
            raise BadExport(message) from error
        done.pictures += 1
