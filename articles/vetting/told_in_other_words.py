"""Sentences of an English piece that cite posts in other languages of Europe.

Such posts are not compared by what they say; the names of people and places they write alike.
"""

from collections.abc import Iterator

from articles.vetting.citations import Citations
from articles.vetting.languages import spells_numbers
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.sentences import sentences
from articles.vetting.texts_read import read_text
from articles.vetting.told import Saying, Told


def told_in_other_words(piece: Piece, context: Context) -> Iterator[Told]:
    """Yield the cited sentences of the body of which a post is not in English, with its posts.

    The posts come without their sentences. None is yielded where a post is in a language of which
    nothing is read, or is not archived.
    """
    foreign = _not_in_english(piece, context)
    for each in _citing(piece, context, foreign):
        if all(_is_read(source, foreign) for source, _ in each.posts):
            yield each


def told_of_itself(piece: Piece, context: Context) -> Iterator[Told]:
    """Yield the cited sentences of the body of which a post is in any language but English.

    The posts come without their sentences: what is found has to be wrong whatever they say.
    """
    yield from _citing(piece, context, _not_in_english(piece, context))


def _not_in_english(piece: Piece, context: Context) -> frozenset[str]:
    return frozenset(
        source.key
        for source in piece.sources
        if source.text and not read_text(source.text, context).is_english
    )


def _citing(piece: Piece, context: Context, keys: frozenset[str]) -> Iterator[Told]:
    """Yield the cited sentences of the body that cite one of these sources."""
    if not keys:
        return
    citations = Citations(piece)
    for sentence in sentences(piece, context):
        claim = citations.claim(sentence)
        if claim is None or claim.voice != "cited" or claim.voice_spans:
            continue
        cited = citations.of(claim)
        if any(source.key in keys for source in cited):
            yield Told(sentence, Saying(sentence.text), [(source, ()) for source in cited])


def _is_read(source: SourceRef, foreign: frozenset[str]) -> bool:
    if not source.text:
        return False
    return source.key not in foreign or spells_numbers(source.text)
