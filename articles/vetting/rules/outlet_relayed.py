"""Words of an outlet that come from the post of a stranger: link its own, or name both."""

from collections.abc import Iterator, Sequence

from articles.vetting.finding import Finding, Level
from articles.vetting.outlets import Attribution
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.readings import reading
from articles.vetting.rule import WESTERN, Rule
from articles.vetting.sentences import Sentence


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    known = reading(piece, context)
    for read in known.sentences:
        claim = known.citations.claim(read.sentence)
        if claim is None or claim.voice == "background":
            continue
        for named in read.attributed:
            place = read.sentence.locate(named.start, named.end)
            # The other rules of outlets let either pass, so that one of the two is asked about.
            relays = known.relayed_by(
                named, read, known.citations.at(claim, place[0])
            ) or known.relayed_by(named, read, known.citations.of(claim))
            # Readers know that Dawn carries AFP; of a stranger they have to be told.
            posts = [post for post in relays if not known.outlets.is_news_organisation(post)]
            if posts:
                yield _finding(read.sentence, named, place, posts)


def _finding(
    sentence: Sentence, named: Attribution, place: tuple[int, int], posts: Sequence[SourceRef]
) -> Finding:
    relay = " and ".join(dict.fromkeys(post.outlet for post in posts))
    return Finding(
        code="outlet-relayed",
        level=Level.QUERY,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=(
            f"What {named.name} says is cited from a post of {relay}. "
            f"Link the post of {named.name}, or name {relay} too."
        ),
        evidence={
            "outlet": sorted(named.outlets),
            "keys": sorted(post.key for post in posts),
            "sentence": sentence.text,
        },
    )


RULE = Rule(
    code="outlet-relayed",
    title="Outlet cited through another",
    find=find,
    languages=WESTERN,
    subject="relayed outlets",
    is_about_words=True,
)
