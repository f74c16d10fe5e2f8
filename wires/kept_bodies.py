"""In which of a channel's fetched bodies a post stands: a feed holds its neighbours too."""

import html
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from wires.models import Capture, Evidence, Post, PostVersion
from wires.platforms.base import UnreadableBody
from wires.platforms.bodies import read_text
from wires.shared_words import SharedWords, folded_words

# Of other posts fewer words may be the same by accident.
RUN = 5
# A shorter id may be any number in the body.
SHORTEST_NAME = 8
# The longest words of the post: where none of them is in a body, it is not read word by word.
LOOKED_FOR = 6
AT_ONCE = 20
_TAG = re.compile(r"<[^<>]*>")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class PostInBodies:
    """How a post is recognised in a body: by its ids and addresses, or by its words."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    words: SharedWords = field(init=False)
    rare: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        every = {word for text in self.texts for word in folded_words(text)}
        rare = sorted(every, key=lambda word: (-len(word), word))[:LOOKED_FOR]
        # A text of one word can be a single one of them.
        short = [text for text in self.texts if len(folded_words(text)) < RUN]
        rare += [word for text in short for word in folded_words(text)]
        object.__setattr__(self, "words", SharedWords(self.texts, run=RUN))
        object.__setattr__(self, "rare", tuple(dict.fromkeys(rare)))

    @classmethod
    def of(cls, post: Post, versions: Sequence[PostVersion]) -> "PostInBodies":
        """Return how a post with these versions is recognised. One query."""
        aliases = post.aliases.values_list("native_id", flat=True)
        names = (post.native_id, post.url, post.canonical_url, *aliases)
        texts = (text for each in versions for text in (each.title, each.text))
        return cls(
            tuple(sorted({name for name in names if len(name) >= SHORTEST_NAME})),
            tuple(text for text in dict.fromkeys(texts) if text.strip()),
        )

    def is_in(self, compressed: bytes) -> bool:
        """Return whether the post is in a body; true of one that cannot be read."""
        try:
            text = _plain(read_text(zlib.decompress(compressed)))
        except (UnreadableBody, zlib.error):
            return True
        if any(name in text for name in self.names):
            return True
        folded = text.casefold()
        if not any(word in folded for word in self.rare):
            return False
        return self.words.has_run_in(_TAG.sub(" ", text))


@dataclass(frozen=True, slots=True)
class KeptBodies:
    """The rows of a channel whose bytes hold a post, and up to which ids they were looked for."""

    captures: frozenset[int] = frozenset()
    evidence: frozenset[int] = frozenset()
    last_capture: int = 0
    last_evidence: int = 0

    def __or__(self, other: "KeptBodies") -> "KeptBodies":
        return KeptBodies(
            self.captures | other.captures,
            self.evidence | other.evidence,
            max(self.last_capture, other.last_capture),
            max(self.last_evidence, other.last_evidence),
        )


NOTHING = KeptBodies()


def find_kept_bodies(
    post: Post, versions: Sequence[PostVersion], *, known: KeptBodies = NOTHING
) -> KeptBodies:
    """Return `known` with the later bodies of the post's channel that hold it.

    Three queries; slow where there are many bodies, so call it outside a transaction first.
    """
    sought = PostInBodies.of(post, versions)
    captures = Capture.objects.filter(channel=post.channel_id, body__isnull=False)
    fetched = Evidence.objects.filter(
        post_version__post__channel=post.channel_id, body__isnull=False
    ).exclude(kind=Evidence.Kind.SCREENSHOT)
    in_captures, last_capture = _search(captures.filter(pk__gt=known.last_capture), sought)
    in_evidence, last_evidence = _search(fetched.filter(pk__gt=known.last_evidence), sought)
    return known | KeptBodies(in_captures, in_evidence, last_capture, last_evidence)


def _search(rows: QuerySet, sought: PostInBodies) -> tuple[frozenset[int], int]:
    """Return the rows whose body holds a post, and the last row that was read. One query."""
    last, answers, found = 0, dict[str, bool](), set[int]()
    bodies = rows.order_by("pk").values_list("pk", "sha256", "body")
    for pk, sha256, body in bodies.iterator(chunk_size=AT_ONCE):
        # Evidence of neighbours has the same bytes many times.
        if sha256 not in answers:
            answers[sha256] = sought.is_in(bytes(body))
        if answers[sha256]:
            found.add(pk)
        last = pk
    return frozenset(found), last


def _plain(text: str) -> str:
    """Return the text of a body without the escapes of XML, HTML and JSON."""
    text = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\\/", "/").replace("\\n", " ").replace('\\"', '"')
    # A description in a feed is HTML once more.
    return html.unescape(html.unescape(text)) if "&" in text else text
