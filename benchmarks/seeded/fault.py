"""A fault, what the checks should say of it, and how one is put into a text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

from articles.vetting import Finding
from benchmarks.seeded.articles import Article

HOLD, QUERY = "hold", "query"
# What a case calls otherwise than a finding does, and what findings themselves call in two ways.
_FIELDS = {"standfirst": "dek", "images": "image"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An article with one fault, and the finding that has to point at it.

    field is a case's own name. The finding overlaps start and end where end is not 0, and names
    all keys where there are any. Without a code, a finding of any code and level will do. was is
    the place of the words before, in the clean article. what is for people. also holds the codes
    that may rightly fire with it: the mark that was moved leaves a post without any.
    """

    article: Article
    code: str
    level: str = HOLD
    field: str = "body"
    start: int = 0
    end: int = 0
    keys: frozenset[str] = frozenset()
    was: tuple[int, int] = (0, 0)
    what: str
    also: frozenset[str] = frozenset()

    def is_met_by(self, finding: Finding) -> bool:
        """Return whether a finding is the expected one, at the spoilt place."""
        if self.code and (finding.code, finding.level) != (self.code, self.level):
            return False
        if _FIELDS.get(finding.field, finding.field) != self.field:
            return False
        if self.end and not (finding.start < self.end and self.start < finding.end):
            return False
        return self.keys <= set(finding.excerpt.split(", "))

    def is_clouded_by(self, finding: Finding) -> bool:
        """Return whether a finding of the clean article already points at the place.

        Nothing can be learnt there: what is found of the fault may be the old mistake.
        """
        start, end = self.was
        field = _FIELDS.get(finding.field, finding.field)
        return field == self.field and finding.start < end and start < finding.end

    def sentence(self) -> str:
        """Return the line that was spoilt, for people."""
        text = getattr(self.article, self.field, "")
        if not isinstance(text, str) or not self.end:
            return ", ".join(sorted(self.keys)) or self.article.headline
        start = text.rfind("\n", 0, self.start) + 1
        end = text.find("\n", self.end)
        return text[start : end if end >= 0 else len(text)]


type Mutator = Callable[[Article, Random], Fault | None]
type Variation = Callable[[Article, Random], Article | None]


def first[Place, Made](
    rng: Random, places: Iterable[Place], make: Callable[[Place], Made | None]
) -> Made | None:
    """Return what can be made at a place chosen at random; None where nothing can anywhere."""
    shuffled = list(places)
    rng.shuffle(shuffled)
    return next((made for place in shuffled if (made := make(place)) is not None), None)


def put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def in_body(
    article: Article,
    start: int,
    end: int,
    new: str,
    *,
    code: str,
    level: str = HOLD,
    also: Iterable[str] = (),
    shown: tuple[int, int] | None = None,
) -> Fault:
    """Put new for body[start:end]; the finding overlaps it, or shown in the body as it then is."""
    body = article.body
    low, high = shown or (start, start + max(1, len(new)))
    return Fault(
        article=replace(article, body=put(body, start, end, new)),
        code=code,
        level=level,
        start=low,
        end=high,
        was=(start, end),
        what=f"{body[start:end]!r} -> {new!r}",
        also=frozenset(also),
    )


def of_sources(
    article: Article,
    *keys: str,
    code: str,
    what: str,
    level: str = HOLD,
    also: Iterable[str] = (),
) -> Fault:
    """Return a fault of sources; the finding names all the keys."""
    return Fault(
        article=article,
        code=code,
        level=level,
        field="sources",
        keys=frozenset(keys),
        what=what,
        also=frozenset(also),
    )
