"""Steps of an erasure: what is emptied, how many rows of it there are, and how it is done.

The first page shows the steps, the erasure takes them: what was shown is what is done.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet

from accounts import redis_sessions
from articles.models import Act, Article, Comment, FrontOrder, LiveVetting, Review
from web.words import REMOVED
from wires.models import SavedSearch
from wires.shared_words import SharedWords

# Where django.contrib.messages keeps what was not shown yet.
MESSAGES = "_messages"
WAITING = "sessions with messages not shown yet"


@dataclass(frozen=True, slots=True)
class Step:
    """Rows of one kind that an erasure empties."""

    name: str
    rows: int
    apply: Callable[[], object]


def updating(name: str, rows: QuerySet, **values: object) -> Step:
    """Return the step that writes these values into each row. One query, one more to apply."""
    return Step(name, rows.count(), partial(rows.update, **values))


def deleting(name: str, rows: QuerySet) -> Step:
    return Step(name, rows.count(), rows.delete)


def saving(name: str, rows: Collection[Model], *columns: str) -> Step:
    """Return the step that saves these columns of rows that were changed already."""
    return Step(name, len(rows), partial(_save_each, rows, columns))


def _save_each(rows: Collection[Model], columns: Collection[str]) -> None:
    for row in rows:
        row.save(update_fields=columns)


def on_record(articles: Collection[int], words: SharedWords) -> Iterator[Step]:
    """Yield the steps for what is said about articles besides their texts. Nine queries."""
    acts = [
        act
        for act in Act.objects.filter(article__in=articles)
        if words.printed_in(act.headline) or words.printed_in(str(act.detail))
    ]
    # Nobody knows any more what a deleted draft cited.
    acts += [act for act in Act.objects.filter(article=None) if words.has_run_in(act.headline)]
    for act in acts:
        act.headline, act.detail = REMOVED, {}
    yield saving("entries in the log of acts", acts, "headline", "detail")
    reviews = [
        review
        for review in Review.objects.filter(article__in=articles)
        if words.printed_in(f"{review.comment}\n{review.answer}")
    ]
    for review in reviews:
        review.comment = REMOVED if review.comment else ""
        review.answer = REMOVED if review.answer else ""
    yield saving("comments of reviews", reviews, "comment", "answer")
    comments = [
        comment
        for comment in Comment.objects.filter(article__in=articles)
        if words.printed_in(f"{comment.passage}\n{comment.text}")
    ]
    for comment in comments:
        comment.passage, comment.text = "", REMOVED
    yield saving("comments on articles", comments, "passage", "text")
    orders = FrontOrder.objects.exclude(banner="").only("banner")
    told = [order.pk for order in orders if words.printed_in(order.banner)]
    yield updating("lines for breaking news", orders.filter(pk__in=told), banner="")
    yield updating(
        "failures of the nightly check",
        LiveVetting.objects.filter(article__in=articles).exclude(failure=""),
        failure=REMOVED,
    )
    entries = list(_rewritten(log_entries(Article, articles), words.printed_in))
    deletions = LogEntry.objects.filter(content_type=_kind_of(Article), action_flag=DELETION)
    entries += _rewritten(deletions, words.has_run_in)
    yield saving("entries in the desk’s log", entries, *REWRITTEN)
    searches = SavedSearch.objects.values_list("pk", "name", "query")
    said = [pk for pk, *texts in searches if any(map(words.has_run_in, texts))]
    yield deleting("saved searches", SavedSearch.objects.filter(pk__in=said))
    yield from waiting_messages()


REWRITTEN = ("object_repr", "change_message")


def log_entries(model: type[Model], keys: Collection[int]) -> QuerySet[LogEntry]:
    """Return what the desk logged about rows of a model."""
    object_ids = [str(key) for key in keys]
    return LogEntry.objects.filter(content_type=_kind_of(model), object_id__in=object_ids)


def _kind_of(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def _rewritten(entries: QuerySet[LogEntry], is_told: Callable[[str], object]) -> Iterator[LogEntry]:
    """Yield the entries that repeat words, without these. One query."""
    for entry in entries:
        if is_told(entry.object_repr):
            entry.object_repr = f"article {entry.object_id}"
        elif not is_told(entry.change_message):
            continue
        if is_told(entry.change_message):
            entry.change_message = REMOVED
        yield entry


def waiting_messages() -> Iterator[Step]:
    """Yield the steps that drop messages not shown yet: one may repeat a headline. One query.

    Raises SessionsAway where the sessions are in a Redis that does not answer.
    """
    store, found = SessionStore(), []
    for session in Session.objects.all():
        data = session.get_decoded()
        if data.pop(MESSAGES, None):
            session.session_data = store.encode(data)
            found.append(session)
    yield saving(WAITING, found, "session_data")
    if settings.SESSIONS_URL:
        waiting = {
            place: data for place, data in redis_sessions.all_sessions() if data.pop(MESSAGES, None)
        }
        yield Step(f"{WAITING}, in Redis", len(waiting), partial(_replace_each, waiting))


def _replace_each(sessions: Mapping[str, dict[str, Any]]) -> None:
    for place, data in sessions.items():
        redis_sessions.replace(place, data)
