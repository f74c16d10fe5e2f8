"""A place that no post has: a town, or where a post puts the same thing somewhere else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from articles.vetting.facts.locations import Location, cities_in, read_locations
from articles.vetting.facts.names import capitals_of, words_of
from articles.vetting.facts.spellings import is_near, related_forms
from articles.vetting.facts.words import root_of
from articles.vetting.finding import Finding, Level
from articles.vetting.lexicon.geography import DISTRICTS, EXONYMS, SITES
from articles.vetting.named_organisations import read_organisations
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.post_names import Archive, archive_of
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.told import Saying, Told, told
from articles.vetting.told_in_other_words import told_in_other_words
from articles.vetting.told_otherwise import told_otherwise

# What two sentences share besides the thing in the place; more where that is another.
# A figure of two digits that both have says as much as two words.
_FIGURE = 2
_SHARED, _SHARED_MORE, _SHARED_MUCH, _PART = 1, 2, 3, 0.5
_LONGEST_TOWN = 2
_SITES = frozenset(map(root_of, SITES))


@dataclass(frozen=True)
class _Piece:
    """The words that readers see of a piece, and the cities of its posts, by their key."""

    text: str
    of_posts: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        return words_of(self.text)

    @cached_property
    def cities(self) -> frozenset[str]:
        return frozenset(cities_in(self.text))

    def cities_of(self, source: SourceRef) -> frozenset[str]:
        """Return the large cities that a post names, read once."""
        if source.key not in self.of_posts:
            self.of_posts[source.key] = frozenset(cities_in(source.text or ""))
        return self.of_posts[source.key]

    def says(self, place: Location) -> bool:
        """Return whether the piece has a place in some form, or nearly."""
        return any(self._has(name) for name in place.names)

    def _has(self, name: str) -> bool:
        if name in self.words or any(form in self.words for form in related_forms(name)):
            return True
        return any(is_near(word, name, alone=True) for word in self.words)

    def repeats(self, words: str) -> bool:
        return self.text.count(words) > 1


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    archive = archive_of(piece, context)
    seen = _Piece("\n".join((piece.headline, piece.standfirst, piece.body)))
    for each in told(piece, context):
        for place in _unknown(each.saying, archive):
            found = _other(each, place, seen)
            if found:
                source, saying, theirs = found
                yield told_otherwise(
                    "place-differs",
                    each,
                    place,
                    source,
                    saying,
                    theirs,
                    advice="Correct it, or cite a post that says so.",
                )
            elif each.sentence.field == "body" and _would_be_named(each, place, seen):
                yield _in_no_post(each, place)
    for each in told_in_other_words(piece, context):
        for place in _unknown(each.saying, archive):
            is_called_otherwise = " ".join(place.names) in EXONYMS
            if not is_called_otherwise and _would_be_named(each, place, seen):
                yield _in_no_post(each, place)


def _would_be_named(each: Told, place: Location, seen: _Piece) -> bool:
    """Return whether a place is one that a post would name: "in Hallin", but not "in Spain".

    In which country a town is, where an institute has its seat, and in which part of a large city
    an office is, the desk knows by itself; the piece says that city, too, where the part is less
    known than the city.
    """
    if not place.kind or place.level or place.is_seat or len(place.names) > _LONGEST_TOWN:
        return False
    text = each.saying.view.text
    goes_on = text[place.end : place.end + 1] in ("-", "’", "'")
    if goes_on or any(read_organisations(text[place.start : place.end])):
        return False
    # A journey begins in a town as large as the one in which it ends.
    if place.is_route:
        return True
    is_part = " ".join(place.names) in DISTRICTS
    cities = [seen.cities_of(source) for source, _ in each.posts]
    return not any(of_post if is_part else of_post & seen.cities for of_post in cities)


def _in_no_post(each: Told, place: Location) -> Finding:
    start, end = each.locate(place.start, place.end)
    here = each.saying.view.excerpt(place.start, place.end)
    return Finding(
        code="place-differs",
        level=Level.QUERY,
        field=each.sentence.field,
        start=start,
        end=end,
        excerpt=each.sentence.text,
        message=f"No linked post has “{here}”. Correct it, or cite a post that says so.",
        evidence={"here": here, "sentence": each.sentence.text},
    )


def _may_be_elsewhere(saying: Saying, archive: Archive) -> bool:
    """Return whether a sentence has a word of a name that no post has, seen quickly.

    The first word has a capital whatever it is.
    """
    return any(not archive.has(key) for key in capitals_of(saying.text)[1:])


def _unknown(saying: Saying, archive: Archive) -> Iterator[Location]:
    """Yield the places of a sentence of which no post has a word."""
    if not _may_be_elsewhere(saying, archive) or saying.is_question:
        return
    for place in read_locations(saying.words, saying.view.text):
        if not saying.is_quoted(place.start) and not any(archive.has(name) for name in place.names):
            yield place


def _other(each: Told, place: Location, seen: _Piece) -> tuple[SourceRef, Saying, Location] | None:
    """Return the one place where the posts have it, if there is one."""
    found: dict[tuple[str, ...], tuple[SourceRef, Saying, Location]] = {}
    for source, sayings in each.posts:
        figures = each.saying.numbers & frozenset().union(*(one.numbers for one in sayings))
        for saying in sayings:
            if each.saying.gist.isdisjoint(saying.gist):
                continue
            for theirs in read_locations(saying.words, saying.view.text):
                if _is_instead(each.saying, place, saying, theirs, seen, figures):
                    found.setdefault(theirs.names, (source, saying, theirs))
    return next(iter(found.values())) if len(found) == 1 else None


def _is_instead(
    said: Saying,
    place: Location,
    saying: Saying,
    theirs: Location,
    seen: _Piece,
    figures: frozenset[str],
) -> bool:
    """Return whether a place of a post is where the sentence has another one.

    figures are what the sentence shares with the whole post.
    """
    if saying.is_quoted(theirs.start):
        return False
    shared = len((said.roots & saying.roots) - set(theirs.heads[:1]))
    shared += _weight(said.numbers & saying.numbers)
    if not _are_comparable(place, theirs, shared):
        return False
    is_same = place.is_of_the_same_thing(theirs) and place.kind in (theirs.kind, "in", "from", "")
    if not place.kind:
        # "A Hallin mill" is one there, where the post puts a mill, but "a Gallup poll" is no poll there.
        is_site = not _SITES.isdisjoint(place.heads)
        is_put_there = bool(theirs.kind) or place.heads[:1] == theirs.heads[:1]
        return is_site and is_same and is_put_there and shared >= _SHARED_MORE
    is_much = shared >= _PART * min(len(said.roots), len(saying.roots))
    is_beside = place.kind == theirs.kind and shared >= _SHARED_MUCH and is_much
    if not seen.says(theirs):
        is_near = place.kind == theirs.kind and shared >= _SHARED_MORE
        return is_beside or is_near or (is_same and max(shared, _weight(figures)) >= _SHARED)
    if not said.keys.isdisjoint(theirs.names) or seen.repeats(
        said.view.text[place.start : place.end]
    ):
        # A piece that names both places may know the one to be inside the other.
        return False
    return is_beside or (is_same and max(shared, _weight(figures)) >= _SHARED_MORE)


def _weight(figures: frozenset[str]) -> int:
    return sum(min(len(number), _FIGURE) for number in figures)


def _are_comparable(place: Location, theirs: Location, shared: int) -> bool:
    """Return whether two places are of one sort; a town may be a part of a large city."""
    if place.level == theirs.level:
        return True
    return {place.level, theirs.level} == {"", "city"} and shared >= _SHARED_MUCH


RULE = Rule(
    code="place-differs",
    title="Place unlike the post’s",
    find=find,
    languages=ENGLISH,
    subject="places",
    is_about_words=True,
)
