"""Asking a platform that answers in several steps: the account, its pages, the history of edits.

Runs in a thread, without the database: what is known is looked up before, and what came is stored
afterwards.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

from wires.http import REFUSALS, FetchError, Response
from wires.ingest.bodies import Parse
from wires.ingest.known import Errand, Gap, Known
from wires.platforms import Platform
from wires.platforms.addresses import host_of
from wires.platforms.attachments import QUOTE
from wires.platforms.base import (
    EMPTY,
    NOT_AVAILABLE,
    TRUNCATED,
    Document,
    RawPost,
    UnreadableBody,
    with_posts,
)
from wires.platforms.charsets import charset_of_header
from wires.platforms.questions import Question, Questions, Subject

# Pages of one poll: what was posted since the last one is hardly ever more.
MOST_PAGES = 10
# Pages that are read once more for edits: the newest one is read in any case.
REREAD_PAGES = 2
MOST_HISTORIES = 10
# Where a site that refuses does not say how long.
REFUSED = timedelta(minutes=30)


class Get(Protocol):
    """Fetch an address. Raises FetchError."""

    def __call__(self, url: str, /) -> Response: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer with posts, and what was read in it."""

    response: Response
    document: Document


@dataclass(frozen=True, slots=True)
class Reading:
    """What a platform answered: turns in which posts are, the oldest first, the newest page last.

    gap         what was left out, to be written down; None where nothing was
    is_wider    whether more was left out than before, which must be on file before any post is
    has_reread  whether older pages were read once more
    wait        how long the site wants to be left alone, where it refused a page that can wait
    """

    turns: list[Turn]
    gap: Gap | None = None
    is_wider: bool = False
    has_reread: bool = False
    wait: timedelta | None = None


@dataclass(slots=True)
class _Run:
    """Pages that are read one after the other, the newest first, and how far that went.

    left       the page that comes next, "" where nothing is left before what is known
    fewest     how many pages are wanted in any case
    most       how many may be read
    is_newest  whether it begins with the newest page
    has_asked  whether anything was asked, be it only who the account is
    has_end    whether a post that is known was found, or any where none is known
    wait       how long the site wants to be left alone, where it refused a page
    """

    subject: Subject
    turns: list[Turn] = field(default_factory=list)
    left: str = ""
    fewest: int = 1
    most: int = 0
    is_newest: bool = True
    has_asked: bool = False
    has_end: bool = False
    wait: timedelta | None = None

    @property
    def is_first(self) -> bool:
        """Return whether nothing was asked before."""
        return self.is_newest and not self.has_asked


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

    def read_posts(self, subject: Subject, known: Known, errand: Errand) -> Reading:
        """Return the pages with posts that are not known, and some of what was left out before.

        Before a page stand the earlier words of its posts that were edited. The last turn is of
        the newest page, even if nothing is on it. Raises FetchError and UnreadableBody; a page
        that fails takes all with it, for what lies between two pages is asked for again next time.
        """
        self._check(subject)
        run = _Run(subject, fewest=self._fewest(known, errand), most=MOST_PAGES)
        self._read_on(run, self.questions.posts(subject), known)
        if not run.turns:
            message = f"{self.platform.label} does not say who @{subject.account} is"
            raise UnreadableBody(NOT_AVAILABLE, message)
        older = _Run(run.subject)
        is_wider = bool(known.reached and run.left)
        if is_wider:
            # What was left out before lies behind it, and is part of it from now on.
            since = errand.gap.since if errand.gap else errand.at
            gap: Gap | None = Gap(cursor=run.left, since=since)
        else:
            older, gap = self._read_gap(run, errand)
        turns = [*run.turns, *older.turns]
        return Reading(
            [*self._histories(subject, turns, known), *reversed(turns)],
            gap,
            is_wider=is_wider,
            has_reread=errand.rereads,
            wait=run.wait or older.wait,
        )

    def _fewest(self, known: Known, errand: Errand) -> int:
        """Return how many pages are wanted although the first one reaches what is known."""
        if not known.reached:
            return self.questions.first_pages
        return REREAD_PAGES if errand.rereads else 1

    def _read_gap(self, newest: _Run, errand: Errand) -> tuple[_Run, Gap | None]:
        """Read what was left out, as far as pages are left. A failure leaves the rest for later."""
        gap, below, most = errand.gap, errand.below, MOST_PAGES - len(newest.turns)
        is_over = newest.wait is not None or self._is_spent(newest.subject)
        if gap is None or below is None or is_over:
            return _Run(newest.subject), gap
        subject = replace(newest.subject, newest=below.newest)
        run = _Run(subject, left=gap.cursor, most=most, is_newest=False)
        self._read_on(run, self.questions.page(subject, gap.cursor), below)
        return run, replace(gap, cursor=run.left) if run.left else None

    def _read_on(self, run: _Run, question: Question | None, known: Known) -> None:
        """Read page after page up to what is known. Raises FetchError and UnreadableBody."""
        while question is not None and len(run.turns) < run.most:
            try:
                turn, asked, run.subject = self._ask(run.subject, question, is_first=run.is_first)
                run.has_asked = True
                self._refuse_nothing(turn.document, known, run, step=asked.step)
            except (FetchError, UnreadableBody) as error:
                if not (run.has_end or not run.is_newest or (run.turns and known.gives_up)):
                    raise
                run.wait = _asked_to_wait(error)
                return
            if run.left and turn.document.cursor == run.left:
                # It turns no pages: what is left stays written down.
                return
            if asked.step == "feed":
                turn = _only_own(_only_new(turn, known), run.subject)
            if asked.step != "account":
                self._take(run, turn, known)
            is_enough = run.has_end and len(run.turns) >= run.fewest
            is_done = is_enough or self._is_spent(run.subject)
            question = None if is_done else self.questions.after(run.subject, asked, turn.document)

    def _take(self, run: _Run, turn: Turn, known: Known) -> None:
        """Add a page to what was read, and see whether it reaches what is known."""
        run.turns.append(turn)
        posts, number_of = turn.document.posts, self.questions.number_of
        is_reached = any(known.reaches(post, number_of(post.native_id)) for post in posts)
        run.has_end |= is_reached or (bool(posts) and not known.reached)
        run.left = "" if run.has_end else turn.document.cursor

    def _refuse_nothing(self, document: Document, known: Known, run: _Run, *, step: str) -> None:
        """Refuse a page that must not be taken for “nothing new”. Raises UnreadableBody."""
        label = self.platform.label
        is_older = bool(run.turns) or not run.is_newest
        if is_older and document.truncated:
            raise UnreadableBody(TRUNCATED, f"an older page of {label} breaks off")
        if is_older and step == "feed":
            message = f"{label} shows no older posts: its feed has the newest ones only"
            raise UnreadableBody(NOT_AVAILABLE, message)
        if document.posts or not self.questions.shows_all:
            return
        if is_older or known.edited_at:
            message = f"{label} shows no messages of a channel that has some: it may be busy"
            raise UnreadableBody(EMPTY, message)

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

    def look_up(self, subject: Subject, question: Question, *, is_first: bool) -> Turn:
        """Return the answer to one question. Raises FetchError and UnreadableBody."""
        self._check(subject)
        return self._ask(subject, question, is_first=is_first)[0]

    def _is_spent(self, subject: Subject) -> bool:
        return subject.most is not None and subject.most < self.questions.fewest

    def _check(self, subject: Subject) -> None:
        is_named = bool(subject.account or (subject.numeric_id and not self.questions.by_name))
        if not is_named:
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
        # Its own before ours: a name can be another account's now.
        number = document.numeric_id or subject.numeric_id
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
            body=error.body,
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


def _asked_to_wait(error: FetchError | UnreadableBody) -> timedelta | None:
    """Return how long a site that refuses a page wants to be left alone; None for other errors."""
    if not isinstance(error, FetchError) or error.status not in REFUSALS:
        return None
    return error.retry_after or REFUSED


def _only_new(turn: Turn, known: Known) -> Turn:
    """Drop the known posts of a feed: it has fewer words of them than the platform itself."""
    posts = tuple(post for post in turn.document.posts if not known.has(post))
    return replace(turn, document=with_posts(turn.document, posts))


def _only_own(turn: Turn, subject: Subject) -> Turn:
    """Drop what a feed has of other servers: one speaks for its own accounts alone."""
    posts = tuple(
        post
        for post in turn.document.posts
        if {host_of(post.native_id), host_of(post.url)} == {subject.host}
    )
    return replace(turn, document=with_posts(turn.document, posts))


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
