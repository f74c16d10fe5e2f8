"""What an erasure empties of texts that were never published: unsaved ones, overwritten drafts."""

from collections.abc import Callable, Collection, Iterable, Iterator

from articles.erasure.steps import Step, deleting, saving, updating
from articles.forms.drafts import NO_PASSAGES, Draft, Source
from articles.models import Article, OverwrittenDraft, PreviewLink, Schedule, WorkingCopy
from wires.models import Post
from wires.shared_words import SharedWords

# What an editor wrote or chose about a post.
ABOUT_POST = ("note", "translation", "passages")

type Kept = WorkingCopy | OverwrittenDraft | Schedule


def of_unsaved(
    articles: Collection[int], words: SharedWords, *, post: Post | None = None
) -> Iterator[Step]:
    """Yield the steps for texts of these articles that print words, or are about the post.

    Nobody decides about them one by one: each text that prints the words is emptied, the others
    stay. Articles that are not saved yet, and posts that are only cited in an unsaved text, count
    too. Four queries.

    A scheduled text that is emptied does not go out: see publishing.freezing.
    """
    for name, rows in (
        ("unsaved texts of articles", WorkingCopy.objects.all()),
        ("overwritten drafts", OverwrittenDraft.objects.all()),
        ("scheduled texts", Schedule.objects.open()),
    ):
        # Only the texts say which of all cite a post.
        found = rows if post is not None else rows.filter(article__in=articles)
        changed = list(_emptied(found.order_by("pk").iterator(), articles, words, post))
        yield saving(name, changed, "draft")
    notes = Schedule.objects.open().filter(article__in=articles).exclude(note="")
    told = [row.pk for row in notes if words.printed_in(row.note)]
    yield updating("notes of scheduled updates", notes.filter(pk__in=told), note="")


def deleting_unsaved(article: Article) -> Iterator[Step]:
    """Yield the steps that delete all that was kept of an article. Two queries."""
    yield deleting("unsaved texts of the article", WorkingCopy.objects.filter(article=article))
    yield deleting(
        "overwritten drafts of the article", OverwrittenDraft.objects.filter(article=article)
    )


def deleting_previews(
    articles: Collection[int], words: SharedWords, *, post: Post | None = None
) -> Step:
    """Return the step that deletes preview links for outsiders: their pages are not edited.

    Those of these articles, and for a post any that show it or its words. One query.
    """
    rows = PreviewLink.objects.all()
    if post is None:
        return deleting("preview links of the article", rows.filter(article__in=articles))
    keys = [
        link.pk
        for link in rows.only("article", "posts", "page").iterator()
        if link.article_id in articles or post.pk in link.posts or words.printed_in(link.page)
    ]
    return deleting("preview links that show it", rows.filter(pk__in=keys))


def _emptied(
    rows: Iterable[Kept], articles: Collection[int], words: SharedWords, post: Post | None
) -> Iterator[Kept]:
    for row in rows:
        draft = Draft.from_json(row.draft)
        is_cited = post is not None and any(each["post"] == str(post.pk) for each in draft.sources)
        if row.article_id not in articles and row.article_id is not None and not is_cited:
            continue
        emptied = _without(draft, words.printed_in, post)
        if emptied != draft:
            row.draft = emptied.as_json()
            yield row


def _without(draft: Draft, is_told: Callable[[str], object], post: Post | None) -> Draft:
    return Draft(
        fields={name: "" if is_told(text) else text for name, text in draft.fields.items()},
        sources=tuple(_source_without(row, is_told, post) for row in draft.sources),
    )


def _source_without(row: Source, is_told: Callable[[str], object], post: Post | None) -> Source:
    if post is not None and row["post"] == str(post.pk):
        return {**row, "note": "", "translation": "", "passages": NO_PASSAGES}
    empty = {name: "" for name in ABOUT_POST if is_told(row[name])}
    if "passages" in empty:
        empty["passages"] = NO_PASSAGES
    return {**row, **empty}
