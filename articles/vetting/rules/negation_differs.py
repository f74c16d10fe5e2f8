"""A "not" must not be gained or lost against the post."""

from collections.abc import Iterator
from functools import cached_property

from articles.vetting import other_denials, other_negations
from articles.vetting.facts.lost_not import MAY_LACK_A_NOT, read_lost_nots
from articles.vetting.facts.negation import Act, read_statement
from articles.vetting.facts.words import is_of_another_time
from articles.vetting.finding import Finding, Level
from articles.vetting.lexicon.verbs import AUXILIARIES, STAYING
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.told import Saying, Told, told
from articles.vetting.told_abroad import Span, denied_abroad
from articles.vetting.told_otherwise import told_otherwise

# The words of the shorter sentence that both must have.
_SHARED = 3
_PART = 0.6
# So many tell that another sentence speaks of the same thing too.
_RELATED = 2
# "No injuries reported": so many words, beside a sentence that says little else.
_SHORT, _PLAIN = 4, 5
_NO = frozenset({"no", "w/o"})
# A "not" stands beside these, or in the place of "somebody".
_BEFORE_VERBS = AUXILIARIES | STAYING | {"to", "able", "somebody", "someone", "something"}


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for each in told(piece, context):
        if not each.saying.is_question:
            found = (
                next(_differences(each), None)
                or next(_told_otherwise(each), None)
                or next(_lost_of_itself(each), None)
            )
            if found:
                yield found
    for other in denied_abroad(piece, context):
        yield _finding(other.each, other.mine, other.source, other.saying, other.theirs)


def _told_otherwise(each: Told) -> Iterator[Finding]:
    """Yield what is denied here while no near passage denies anything."""
    for found in other_negations.gained(each):
        yield _finding(each, found.mine, found.source, found.saying, found.theirs)
    for found in (*other_negations.lost(each), *other_denials.denied_otherwise(each)):
        yield _lost_at(each, found.mine, found.source, found.saying, found.theirs)


def _lost_of_itself(each: Told) -> Iterator[Finding]:
    """Yield "did fall" where no cited post stresses anything, whatever the posts deny."""
    if each.saying.keys.isdisjoint(MAY_LACK_A_NOT):
        return
    for found in read_lost_nots(each.saying.words):
        here = each.saying.view.excerpt(found.start, found.end)
        verb = here.split()[0].casefold()
        if each.saying.is_quoted(found.start) or any(
            verb in saying.keys for _, sayings in each.posts for saying in sayings
        ):
            continue
        start, end = each.locate(found.start, found.end)
        yield Finding(
            code="negation-differs",
            level=Level.QUERY,
            field=each.sentence.field,
            start=start,
            end=end,
            excerpt=each.sentence.text,
            message=f"“{here}” may have lost a “not”: no cited post says it so. Check the post.",
            evidence={"here": here, "sentence": each.sentence.text},
        )


def _differences(each: Told) -> Iterator[Finding]:
    mine, stated = each.saying, _Stated(each)
    for source, sayings in each.posts:
        for theirs in sayings:
            if not (mine.may_deny or theirs.may_deny) or not _may_be_close(mine, theirs):
                continue
            if not _is_close(mine, theirs) and not _is_denied_shortly(each, theirs, stated):
                continue
            yield from _gained(each, source, theirs)
            yield from _lost(each, source, theirs)


def _gained(each: Told, source: SourceRef, theirs: Saying) -> Iterator[Finding]:
    for denial in each.saying.denials:
        stated = _stated(denial, each.saying, theirs)
        if stated and not each.saying.is_quoted(denial.start) and not _is_denied(each, denial.root):
            yield _finding(each, denial, source, theirs, stated)


def _lost(each: Told, source: SourceRef, theirs: Saying) -> Iterator[Finding]:
    for denial in theirs.denials:
        stated = _stated(denial, theirs, each.saying)
        if stated and not each.saying.is_quoted(stated.start) and not _is_stated(each, denial.root):
            yield _lost_at(each, stated, source, theirs, denial)


def _may_be_close(mine: Saying, theirs: Saying) -> bool:
    """Return whether two sentences share enough, before either is read."""
    shared = len(mine.gist & theirs.gist)
    if shared and _is_short(theirs):
        return True
    return shared >= min(_RELATED, len(mine.gist), len(theirs.gist))


def _is_short(theirs: Saying) -> bool:
    return len(theirs.keys) <= _SHORT and not theirs.keys.isdisjoint(_NO)


class _Stated:
    """What the posts of a sentence state, read when a short denial is met."""

    def __init__(self, each: Told) -> None:
        self._each = each

    @cached_property
    def roots(self) -> frozenset[str]:
        stating = (
            saying.roots
            for _, sayings in self._each.posts
            for saying in sayings
            if not saying.denials
        )
        return frozenset[str]().union(*stating)


def _is_denied_shortly(each: Told, theirs: Saying, posts: _Stated) -> bool:
    """Return whether "No tsunami warning" is all that a post says, in a word or two of a wire.

    The sentence begins with what is denied, "a tsunami warning was issued", and no post tells of
    another one.
    """
    if not _is_short(theirs) or theirs.words[0].key not in _NO or not theirs.denials:
        return False
    root = theirs.denials[0].root
    stated = read_statement(each.saying.words, root)
    if stated is None or stated.subject or len(each.saying.roots) > _PLAIN:
        return False
    return root not in posts.roots


def _is_close(mine: Saying, theirs: Saying) -> bool:
    """Return whether two sentences speak of the same thing and time."""
    one, other = mine.roots | mine.numbers, theirs.roots | theirs.numbers
    shared = len(one & (other | theirs.about))
    if shared < min(_SHARED, len(one)) or shared < _PART * min(len(one), len(other)):
        return False
    return not theirs.is_question and not is_of_another_time(mine.times, theirs.times)


def _stated(denial: Act, denying: Saying, stating: Saying) -> Act | None:
    """Return what one sentence states as surely as the other denies it."""
    if any(other.root == denial.root for other in stating.denials):
        return None
    stated = read_statement(stating.words, denial.root)
    if stated is None or read_statement(denying.words, denial.root) is None:
        return None
    return stated if stated.is_as_sure_as(denial) and stated.is_like(denial) else None


def _is_denied(each: Told, root: str) -> bool:
    """Return whether any post denies it, too."""
    return any(
        denial.root == root and _is_related(each.saying, saying, root)
        for _, sayings in each.posts
        for saying in sayings
        if saying.may_deny
        for denial in saying.denials
    )


def _is_stated(each: Told, root: str) -> bool:
    """Return whether any post states it, too."""
    return any(
        root in saying.roots
        and root not in {denial.root for denial in saying.denials}
        and _is_related(each.saying, saying, root)
        for _, sayings in each.posts
        for saying in sayings
    )


def _is_related(mine: Saying, theirs: Saying, root: str) -> bool:
    others = mine.roots - {root}
    return len(others & theirs.roots) >= min(_RELATED, len(others))


def _lost_at(each: Told, mine: Act, source: SourceRef, saying: Saying, theirs: Act) -> Finding:
    """Return the query about a verb from where a "not" would stand: "Somebody | was hurt"."""
    start = mine.start
    before = (word for word in reversed(each.saying.words) if word.start < mine.start)
    for word in before:
        if word.key not in _BEFORE_VERBS:
            break
        start = word.start
    return told_otherwise(
        "negation-differs",
        each,
        mine,
        source,
        saying,
        theirs,
        advice="Check the “not”.",
        around=Span(start, mine.end),
    )


def _finding(
    each: Told, mine: Act | Span, source: SourceRef, saying: Saying, theirs: Act | Span
) -> Finding:
    return told_otherwise(
        "negation-differs", each, mine, source, saying, theirs, advice="Check the “not”."
    )


RULE = Rule(
    code="negation-differs",
    title="A “not” was gained or lost",
    find=find,
    languages=ENGLISH,
    subject="negations",
)
