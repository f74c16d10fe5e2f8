"""Which sources a place of a sentence rests on."""

from articles.prose import Claim
from articles.vetting.piece import Piece, SourceRef
from articles.vetting.sentences import Sentence


class Citations:
    """The claims of a piece by their places, and the sources by their keys."""

    def __init__(self, piece: Piece) -> None:
        self._claims = {claim.start: claim for claim in piece.prose.claims}
        self._sources = {source.key: source for source in piece.sources}

    def claim(self, sentence: Sentence) -> Claim | None:
        """Return the claim that a sentence of the body is; None for subheads and other fields."""
        return self._claims.get(sentence.start) if sentence.field == "body" else None

    def at(self, claim: Claim | None, place: int) -> list[SourceRef]:
        """Return what is cited for this place of the body; after the last mark, for the sentence."""
        if claim is None:
            return []
        keys = [mark.key for mark in claim.marks if mark.scope_start <= place < mark.scope_end]
        return self._named(tuple(dict.fromkeys(keys)) or claim.keys)

    def of(self, claim: Claim | None) -> list[SourceRef]:
        """Return what the whole sentence cites."""
        return [] if claim is None else self._named(claim.keys)

    def _named(self, keys: tuple[str, ...]) -> list[SourceRef]:
        return [self._sources[key] for key in keys if key in self._sources]
