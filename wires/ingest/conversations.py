"""Asking a platform that answers in several steps: the account, its pages, the history of edits.

Runs in a thread, without the database: what is known is looked up before, and what came is stored
afterwards.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from wires.http import FetchError, Response
from wires.ingest.bodies import Parse
from wires.models import Channel, Post, PostAlias, native_id_hash
from wires.platforms import Platform
from wires.platforms.addresses import Address, is_number, read_address
from wires.platforms.attachments import QUOTE
from wires.platforms.base import NOT_AVAILABLE, Document, RawPost, UnreadableBody
from wires.platforms.charsets import charset_of_header
from wires.platforms.questions import Question, Questions, Subject

# Pages of one poll: what was posted since the last one is hardly ever more.
MOST_PAGES = 10
MOST_HISTORIES = 10
# Posts looked up to tell where the known ones begin; as many as are on some pages.
MOST_KNOWN = 400
_COLUMNS = (
    "native_id", "native_id_hash", "first_seen_at", "latest_version__source_edited_at",
    "latest_version__captured_by",
)  # fmt: skip
# After so many failures in a row, a gap in the middle is better than nothing at all.
PATIENT_FOR = 3
_NOWHERE = Address(scheme="", host="", port=None, segments=(), query="")


class Get(Protocol):
    """Fetch an address. Raises FetchError."""

    def __call__(self, url: str, /) -> Response: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer with posts, and what was read in it."""

    response: Response
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a channel has before it is asked.

    edited_at   by the hash of each of its latest posts, when that was last edited at the source
    reached     the hashes of those that reading it brought, and not somebody who pasted a link:
                what lies before a pasted post has not been read yet
    newest      the highest number of such a post, where they are numbers
    gives_up    whether to take what comes although a later page fails
    """

    edited_at: Mapping[str, datetime | None]
    reached: Collection[str] = ()
    newest: str = ""
    gives_up: bool = False

    def has(self, post: RawPost) -> bool:
        return any(hash_ in self.edited_at for hash_ in _hashes(post))

    def reaches(self, post: RawPost) -> bool:
        """Return whether what lies before a post was read already."""
        return any(hash_ in self.reached for hash_ in _hashes(post))

    def has_edit(self, post: RawPost) -> bool:
        """Return whether the words of a post as it was edited last are on file."""
        times = (self.edited_at[hash_] for hash_ in _hashes(post) if hash_ in self.edited_at)
        at = next(times, None)
        return post.source_edited_at is None or (at is not None and at >= post.source_edited_at)


def newest_number(ids: Iterable[str]) -> str:
    """Return the highest of those ids that are numbers; "" where none is."""
    return max(filter(is_number, ids), key=int, default="")


def known_of(channel: Channel) -> Known:
    """Look up the latest posts of a channel, by every id they have. Two queries."""
    posts = Post.objects.filter(channel=channel).order_by("-wire_at", "-pk")[:MOST_KNOWN]
    rows = list(posts.select_related("latest_version").only(*_COLUMNS))
    edited_at = {
        row.pk: row.latest_version.source_edited_at if row.latest_version else None for row in rows
    }
    read = {row.pk: row.native_id for row in rows if _was_read(row, channel)}
    aliases = PostAlias.objects.filter(post__in=edited_at).values_list("post", "native_id_hash")
    ids = [*((row.pk, row.native_id_hash) for row in rows), *aliases]
    return Known(
        edited_at={hash_: edited_at[pk] for pk, hash_ in ids},
        reached=frozenset(hash_ for pk, hash_ in ids if pk in read),
        newest=newest_number(read.values()),
        gives_up=channel.failures >= PATIENT_FOR,
    )


def _was_read(post: Post, channel: Channel) -> bool:
    """Return whether reading the channel brought a post, or went past it since it was pasted.

    The number of a post that somebody entered by hand may be any: nothing is asked for by it.
    """
    version, read_at = post.latest_version, channel.last_read_at
    is_fetched = version is not None and version.captured_by_id is None
    return is_fetched and read_at is not None and post.first_seen_at <= read_at


def subject_of(channel: Channel, known: Known, *, most: int | None = None) -> Subject:
    """Return whose posts a channel wants."""
    return Subject(
        newest=known.newest,
        most=most,
        account=channel.account,
        numeric_id=channel.numeric_id,
        host=(read_address(channel.address) or _NOWHERE).netloc,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One talk with a platform about one account.

    `rest` is called between two requests, `charge` with the posts of each answer that are paid for;
    `get` and `parse` are the network's and the parsers'.
    """

    platform: Platform
    questions: Questions
    get: Get
    parse: Parse
    rest: Callable[[], None]
    charge: Callable[[int], None] = lambda posts: None

    def read_posts(self, subject: Subject, known: Known) -> list[Turn]:
        """Return the pages with posts that are not known, the oldest page first.

        Before a page stand the earlier words of its posts that were edited. The last turn is of
        the newest page, even if nothing is on it. Raises FetchError and UnreadableBody; a page
        that fails takes all with it, for posts between two pages would never be asked for again.
        """
        self._check(subject)
        turns: list[Turn] = []
        question: Question | None = self.questions.posts(subject)
        try:
            while question is not None and len(turns) < MOST_PAGES:
                turn, asked, subject = self._ask(subject, question, is_first=not turns)
                if asked.step == "feed":
                    turn = _only_own(_only_new(turn, known), subject)
                is_enough = _is_enough(turn.document, known) or self._is_spent(subject)
                question = (
                    None if is_enough else self.questions.after(subject, asked, turn.document)
                )
                if asked.step != "account":
                    turns.append(turn)
        except (FetchError, UnreadableBody):
            if not turns or not known.gives_up:
                raise
        if not turns:
            message = f"{self.platform.label} does not say who @{subject.account} is"
            raise UnreadableBody(NOT_AVAILABLE, message)
        return [*self._histories(subject, turns, known), *reversed(turns)]

    def read_post(self, subject: Subject) -> Turn:
        """Return the answer that has one post. Raises FetchError and UnreadableBody."""
        question: Question | None = self.questions.post(subject)
        turn: Turn | None = None
        while question is not None:
            turn, asked, subject = self._ask(subject, question, is_first=turn is None)
            question = self.questions.after(subject, asked, turn.document)
        if turn is None:
            raise UnreadableBody(
                NOT_AVAILABLE, f"{self.platform.label} has no address for this post"
            )
        return turn

    def _is_spent(self, subject: Subject) -> bool:
        return subject.most is not None and subject.most < self.questions.fewest

    def _check(self, subject: Subject) -> None:
        if not subject.account and not subject.numeric_id:
            message = f"the channel has no account on {self.platform.label}: enter it"
            raise UnreadableBody(NOT_AVAILABLE, message)

    def _ask(
        self, subject: Subject, question: Question, *, is_first: bool
    ) -> tuple[Turn, Question, Subject]:
        """Ask, elsewhere too where the platform knows another place. Returns what was asked."""
        if not is_first:
            self.rest()
        try:
            turn = self._answer(subject, question)
        except FetchError as error:
            instead = self.questions.instead(subject, question, error.kind)
            if instead is None:
                raise self._named(subject, error) from error
            self.rest()
            question = instead
            try:
                turn = self._answer(subject, instead)
            except FetchError as second:
                # The first refusal says more than the missing way round it.
                raise self._named(subject, error) from second
        number = turn.document.numeric_id or subject.numeric_id
        most = None if subject.most is None else subject.most - turn.document.billed
        return turn, question, replace(subject, numeric_id=number, most=most)

    def _answer(self, subject: Subject, question: Question) -> Turn:
        response = self.get(question.url)
        # Of one post the answer has to say whose it is: a link can name anybody.
        account = "" if subject.number else self._name_asked_for(subject)
        document = self.parse(
            response.body,
            url=question.url,
            account=account,
            charset=charset_of_header(response.content_type),
        )
        self.charge(document.billed)
        number = subject.numeric_id or document.numeric_id
        # Whatever format it came in, it is of this platform.
        return Turn(response, replace(document, kind=self.platform.code, numeric_id=number))

    def _name_asked_for(self, subject: Subject) -> str:
        """Return whose posts are wanted, by its number where its name may be another by now."""
        return (subject.numeric_id if self.platform.follows_names else "") or subject.account

    def _named(self, subject: Subject, error: FetchError) -> FetchError:
        """Return an error in the platform's own words, where it has some."""
        words = self.questions.refusals.get(error.kind)
        if words is None:
            return error
        account = subject.account or subject.numeric_id
        return FetchError(
            error.kind,
            words.format(account=account),
            status=error.status,
            retry_after=error.retry_after,
        )

    def _histories(self, subject: Subject, turns: Sequence[Turn], known: Known) -> Iterator[Turn]:
        """Yield the earlier words of edited posts; a history that is not to be had is left out."""
        if not known.edited_at:
            return
        posts = [post for turn in turns for post in turn.document.posts]
        for post in [post for post in posts if not known.has_edit(post)][:MOST_HISTORIES]:
            question = self.questions.history(subject, post)
            if question is None:
                continue
            self.rest()
            try:
                turn = self._answer(subject, question)
            except (FetchError, UnreadableBody):
                continue
            for revision in turn.document.posts[:-1]:
                earlier = replace(turn.document, posts=(_revised(post, revision),))
                yield Turn(turn.response, earlier)


def _is_enough(document: Document, known: Known) -> bool:
    """Return whether the posts before these are known, or were never wanted."""
    return bool(document.posts) and (not known.reached or any(map(known.reaches, document.posts)))


def _only_new(turn: Turn, known: Known) -> Turn:
    """Drop the known posts of a feed: it has fewer words of them than the platform itself."""
    posts = tuple(post for post in turn.document.posts if not known.has(post))
    return replace(turn, document=replace(turn.document, posts=posts))


def _only_own(turn: Turn, subject: Subject) -> Turn:
    """Drop what a feed has of other servers: one speaks for its own accounts alone."""
    posts = tuple(
        post
        for post in turn.document.posts
        if {_server_of(post.native_id), _server_of(post.url)} == {subject.host}
    )
    return replace(turn, document=replace(turn.document, posts=posts))


def _server_of(address: str) -> str:
    return (read_address(address) or _NOWHERE).netloc


def _revised(post: RawPost, revision: RawPost) -> RawPost:
    """Return a post with the words that it had before."""
    quotes = tuple(media for media in post.media if media.kind == QUOTE)
    own = tuple(media for media in revision.media if media.kind != QUOTE)
    return replace(
        post,
        title=revision.title,
        text=revision.text,
        html=revision.html,
        media=(*own, *quotes),
        source_edited_at=revision.source_edited_at,
    )


def _hashes(post: RawPost) -> Iterator[str]:
    return map(native_id_hash, (post.native_id, *post.aliases))
