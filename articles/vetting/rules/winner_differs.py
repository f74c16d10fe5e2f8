"""Who won in the text must not have lost in the post."""

from collections.abc import Iterator

from articles.vetting.facts.results import Result, may_tell_result, read_results
from articles.vetting.finding import Finding
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.told import Saying, Told, told
from articles.vetting.told_otherwise import told_otherwise


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for each in told(piece, context):
        if each.saying.is_question or not _may_tell(each.saying):
            continue
        for mine in read_results(each.saying.words, each.saying.view.text):
            found = None if each.saying.is_quoted(mine.start) else _other(each, mine)
            if found:
                source, saying, theirs = found
                yield told_otherwise(
                    "winner-differs",
                    each,
                    mine,
                    source,
                    saying,
                    theirs,
                    advice="Check who won.",
                )


def _other(each: Told, mine: Result) -> tuple[SourceRef, Saying, Result] | None:
    """Return the result of a post with the sides exchanged, if no post bears the sentence out."""
    found: tuple[SourceRef, Saying, Result] | None = None
    for source, sayings in each.posts:
        for saying in sayings:
            if not _may_tell(saying):
                continue
            for theirs in read_results(saying.words, saying.view.text):
                if mine.contradicts(theirs):
                    found = found or (source, saying, theirs)
                elif mine.agrees_with(theirs):
                    return None
    return found


def _may_tell(saying: Saying) -> bool:
    return may_tell_result(saying.text, saying.keys)


RULE = Rule(
    code="winner-differs",
    title="The post has another winner",
    find=find,
    languages=ENGLISH,
    subject="winners",
    is_about_words=True,
)
