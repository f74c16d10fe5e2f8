"""A talk with a platform, page by page and without a database: what is asked, kept and left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.clock import NOON, later
from wires.http import FetchError, Response
from wires.ingest.conversations import Conversation
from wires.ingest.known import Errand, Gap, Known
from wires.models import native_id_hash
from wires.platforms import Platform
from wires.platforms.base import Document, Media, RawPost, UnreadableBody
from wires.platforms.questions import Question, Questions, Subject

TALK = Platform(code="talk", label="Talk")
DESK = Subject(account="desk", host="talk.example")
NEW = Known(edited_at={})


def post(number, **fields):
    url = f"https://talk.example/{number}"
    return RawPost(native_id=url, url=url, title=f"Post {number}", **fields)


def page(*numbers, cursor="", **fields):
    return Document(kind="rss", posts=tuple(map(post, numbers)), cursor=cursor, **fields)


def known(*numbers, **fields):
    hashes = [native_id_hash(f"https://talk.example/{number}") for number in numbers]
    return Known(edited_at=dict.fromkeys(hashes), reached=frozenset(hashes), **fields)


def chain(first, last):
    """Return pages of one post each, as the site gives them: page n leads to page n + 1."""
    return {str(n) if n else "": page(n, cursor=str(n + 1)) for n in range(first, last + 1)}


class Site:
    """A site whose answers are by the cursor asked for, and all that was done with it."""

    def __init__(self, answers, *, platform=TALK, **how):
        self.answers = answers
        self.asked, self.done, self.parsed = [], [], []
        questions = Questions(
            **{
                "posts": lambda subject: self.page(subject, ""),
                "post": self.one,
                "page": self.page,
            }
            | how
        )
        self.talk = Conversation(
            platform=platform,
            questions=questions,
            get=self.get,
            parse=self.parse,
            rest=lambda: self.done.append("rest"),
            charge=lambda posts: self.done.append(posts),
        )

    def one(self, subject):
        self.asked.append(subject)
        return Question(url="one", step="post")

    def page(self, subject, cursor):
        self.asked.append(subject)
        return Question(url=cursor, step="posts")

    def get(self, url):
        self.done.append(url)
        found = self.answers[url]
        if isinstance(found, FetchError):
            raise found
        return Response(
            url=url,
            status=200,
            headers={"content-type": "text/xml; charset=utf-16"},
            body=url.encode(),
        )

    def parse(self, body, **how):
        self.parsed.append((body, how))
        found = self.answers[how["url"]]
        if isinstance(found, UnreadableBody):
            raise found
        return found

    @property
    def fetched(self):
        return [each for each in self.done if isinstance(each, str) and each != "rest"]

    def read(self, known=NEW, subject=DESK, **errand):
        return self.talk.read_posts(subject, known, Errand(**{"at": NOON} | errand))


def numbers(reading):
    """Return the numbers of the posts that were read, turn by turn."""
    return [
        [int(post.url.rpartition("/")[2]) for post in turn.document.posts] for turn in reading.turns
    ]


def refused(status=429, *, retry_after=None, kind="", body=b""):
    return FetchError(
        kind or f"http_{status}", "later", status=status, retry_after=retry_after, body=body
    )


# Which pages are read


@pytest.mark.parametrize("first_pages", [1, 2])
def test_a_channel_that_was_never_read_is_read_for_its_first_pages(first_pages):
    site = Site(chain(0, 5), first_pages=first_pages)

    reading = site.read()

    assert numbers(reading) == [[n] for n in reversed(range(first_pages))]
    assert site.asked[0] == DESK
    assert (reading.gap, reading.is_wider, reading.has_reread, reading.wait) == (
        None,
        False,
        False,
        None,
    )


def test_pages_are_read_up_to_the_one_that_has_a_known_post_the_newest_last():
    reading = Site(chain(0, 9)).read(known(3))

    assert numbers(reading) == [[3], [2], [1], [0]]
    assert (reading.gap, reading.is_wider) == (None, False)


def test_of_a_channel_whose_first_page_is_empty_the_next_is_read():
    site = Site({"": page(cursor="a"), "a": page(1, cursor="b")})

    assert numbers(site.read()) == [[1], []]


def test_the_page_that_was_not_reached_is_left_as_a_gap():
    site = Site(chain(0, 20))

    reading = site.read(known(15))

    assert site.fetched == ["", *map(str, range(1, 10))]
    assert (reading.gap, reading.is_wider) == (Gap(cursor="10", since=NOON), True)


def test_a_gap_that_grows_is_as_old_as_the_one_it_takes_in():
    old = Gap(cursor="older", since=later(days=-2))

    reading = Site(chain(0, 20)).read(known(15), gap=old, below=known(99))

    assert reading.gap == Gap(cursor="10", since=later(days=-2))


def test_older_pages_are_read_once_more_where_that_is_wanted():
    site = Site(chain(0, 5))

    reading = site.read(known(0), rereads=True)

    assert numbers(reading) == [[1], [0]]
    assert reading.has_reread
    assert reading.gap is None
    assert numbers(Site(chain(0, 5)).read(known(0))) == [[0]]


def test_a_post_with_a_lower_number_than_a_known_one_ends_the_reading():
    site = Site(chain(0, 9), number_of=lambda native_id: f"{100 - int(native_id[-1])}")

    assert numbers(site.read(known(42, newest="98"))) == [[2], [1], [0]]


def test_a_site_that_gives_the_same_page_again_leaves_it_as_a_gap():
    site = Site({"": page(0, cursor="a"), "a": page(1, cursor="a")})

    reading = site.read(known(9))

    assert (numbers(reading), reading.gap) == ([[0]], Gap(cursor="a", since=NOON))
    assert site.fetched == ["", "a"]


def test_what_is_paid_for_stops_where_less_is_left_than_a_page():
    paid = {key: replace(each, billed=5) for key, each in chain(0, 9).items()}

    def fetched(most):
        site = Site(paid, fewest=5)
        reading = site.read(known(7), replace(DESK, most=most))
        assert [each for each in site.done if each == 5] == [5] * len(site.fetched)
        return len(site.fetched), reading.gap and reading.gap.cursor

    assert [fetched(most) for most in (9, 10, 14, 15)] == [(1, "1"), (2, "2"), (2, "2"), (3, "3")]
    assert fetched(None) == (8, None)


# What was left out before


def test_a_gap_is_read_after_the_newest_page_and_is_over_at_what_was_known_then():
    site = Site(chain(0, 9))

    gap = Gap(cursor="5", since=later(days=-1))
    reading = site.read(known(0, newest="77"), gap=gap, below=known(7, newest="3"))

    assert numbers(reading) == [[7], [6], [5], [0]]
    assert (reading.gap, reading.is_wider, reading.wait) == (None, False, None)
    assert [subject.newest for subject in site.asked] == ["", "3", "3", "3"]


def test_a_gap_is_read_as_far_as_the_pages_of_one_poll_go():
    site = Site(chain(0, 30))

    gap = Gap(cursor="10", since=later(days=-1))
    reading = site.read(known(2), gap=gap, below=known(25))

    assert site.fetched == ["", "1", "2", *map(str, range(10, 17))]
    assert (reading.gap, reading.is_wider) == (replace(gap, cursor="17"), False)


@pytest.mark.parametrize(("reached", "cursor"), [(9, "20"), (8, "21")])
def test_a_gap_has_the_pages_that_the_newest_ones_left(reached, cursor):
    site = Site(chain(0, 30))

    gap = Gap(cursor="20", since=later(days=-1))
    reading = site.read(known(reached), gap=gap, below=known(25))

    assert (len(site.fetched), reading.gap) == (10, replace(gap, cursor=cursor))


def test_a_page_of_a_gap_that_fails_leaves_the_rest_and_says_how_long_to_wait():
    answers = chain(0, 6) | {"6": refused(retry_after=timedelta(minutes=9))}
    gap = Gap(cursor="5", since=later(days=-1))

    reading = Site(answers).read(known(0), gap=gap, below=known(8))

    assert numbers(reading) == [[5], [0]]
    assert (reading.gap, reading.wait) == (replace(gap, cursor="6"), timedelta(minutes=9))


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (refused(429, retry_after=timedelta(minutes=9)), timedelta(minutes=9)),
        (refused(429), timedelta(minutes=30)),
        (refused(503), timedelta(minutes=30)),
        (refused(502, retry_after=timedelta(minutes=9)), None),
        (UnreadableBody("empty", "nothing"), None),
    ],
)
def test_only_a_site_that_refuses_is_left_alone(error, wait):
    gap = Gap(cursor="5", since=later(days=-1))

    reading = Site(chain(0, 4) | {"5": error}).read(known(0), gap=gap, below=known(8))

    assert (numbers(reading), reading.gap, reading.wait) == ([[0]], gap, wait)


def test_a_gap_is_not_asked_for_once_the_site_refused_or_nothing_more_is_paid():
    gap = Gap(cursor="5", since=later(days=-1))
    left = {"gap": gap, "below": known(8)}

    refusing = Site(chain(0, 9) | {"1": refused()})
    reading = refusing.read(known(0), rereads=True, **left)
    assert (refusing.fetched, reading.gap) == (["", "1"], gap)
    assert (numbers(reading), reading.wait) == ([[0]], timedelta(minutes=30))

    paid = Site({"": page(0, cursor="1", billed=5)}, fewest=5)
    assert paid.read(known(0), replace(DESK, most=9), **left).gap == gap


# Pages that fail


def test_the_first_page_that_fails_is_the_failure_of_all():
    with pytest.raises(FetchError):
        Site({"": refused()}).read(known(5, gives_up=True))


@pytest.mark.parametrize("error", [refused(), UnreadableBody("empty", "nothing")])
def test_a_later_page_that_fails_takes_all_unless_that_went_on_for_long(error):
    answers = chain(0, 4) | {"1": error}

    with pytest.raises(type(error)):
        Site(answers).read(known(5))

    reading = Site(answers).read(known(5, gives_up=True))
    assert numbers(reading) == [[0]]
    assert reading.gap == Gap(cursor="1", since=NOON)


@pytest.mark.parametrize("first", [page(0, cursor="1", truncated=True), page(0)])
def test_the_newest_page_may_break_off(first):
    assert numbers(Site({"": first}).read(known(0))) == [[0]]


def test_an_older_page_must_not_break_off():
    site = Site({"": page(0, cursor="1"), "1": page(1, truncated=True)})

    with pytest.raises(UnreadableBody, match=r"^an older page of Talk breaks off$") as error:
        site.read(known(5))

    assert error.value.kind == "truncated"


NOTHING = "^Talk shows no messages of a channel that has some: it may be busy$"


def test_where_a_page_shows_all_an_empty_one_is_an_error_once_something_is_known():
    assert numbers(Site({"": page()}, shows_all=True).read()) == [[]]
    assert numbers(Site({"": page()}).read(known(5))) == [[]]
    assert numbers(Site({"": page(5)}, shows_all=True).read(known(5))) == [[5]]

    with pytest.raises(UnreadableBody, match=NOTHING) as error:
        Site({"": page()}, shows_all=True).read(known(5))
    assert error.value.kind == "empty"

    with pytest.raises(UnreadableBody, match=NOTHING):
        Site({"": page(cursor="1"), "1": page()}, shows_all=True).read()


# Whose posts


@pytest.mark.parametrize(
    ("subject", "by_name", "is_named"),
    [
        (Subject(account="desk"), False, True),
        (Subject(account="desk"), True, True),
        (Subject(account="", numeric_id="7"), False, True),
        (Subject(account="", numeric_id="7"), True, False),
        (Subject(account="", numeric_id=""), False, False),
    ],
)
def test_a_channel_without_an_account_is_not_asked_for(subject, by_name, is_named):
    site = Site({"": page(0)}, by_name=by_name)
    question = Question(url="", step="posts")

    if is_named:
        site.read(subject=subject)
        site.talk.look_up(subject, question, is_first=True)
        return
    for act in (
        lambda: site.read(subject=subject),
        lambda: site.talk.look_up(subject, question, is_first=True),
    ):
        with pytest.raises(UnreadableBody) as error:
            act()
        assert error.value.kind == "not_available"
        assert error.value.message == "the channel has no account on Talk: enter it"
    assert site.fetched == []


def who(subject):
    return Question(url="who", step="account")


def test_an_account_is_looked_up_first_and_asked_for_by_its_number():
    site = Site({"who": page(numeric_id="7"), "": page(0)}, posts=who)

    reading = site.read()

    assert numbers(reading) == [[0]]
    assert site.done == ["who", 0, "rest", "", 0]
    assert [subject.numeric_id for subject in site.asked] == ["7"]
    # The page does not name the account: it is still that of the answer before.
    assert reading.turns[0].document.numeric_id == "7"


def test_an_answer_that_does_not_say_who_the_account_is_is_an_error():
    site = Site({"who": page()}, posts=who)

    with pytest.raises(UnreadableBody, match=r"^Talk does not say who @desk is$") as error:
        site.read()

    assert error.value.kind == "not_available"


@pytest.mark.parametrize(
    ("follows_names", "numeric_id", "asked"),
    [(False, "7", "desk"), (True, "7", "7"), (True, "", "desk")],
)
def test_posts_are_those_of_the_number_where_names_change(follows_names, numeric_id, asked):
    platform = Platform(code="talk", label="Talk", follows_names=follows_names)
    site = Site({"": page(0)}, platform=platform)

    site.read(subject=replace(DESK, numeric_id=numeric_id))

    assert site.parsed == [(b"", {"url": "", "account": asked, "charset": "utf-16"})]


def test_an_answer_is_of_the_platform_whatever_its_format_and_of_its_own_number():
    reading = Site({"": page(0, numeric_id="8")}).read(subject=replace(DESK, numeric_id="7"))

    document = reading.turns[0].document
    assert (document.kind, document.numeric_id) == ("talk", "8")


# One post


def test_one_post_is_asked_for_by_whoever_wrote_it():
    site = Site({"one": page(3, billed=1)})

    wanted = replace(DESK, number="3")
    turn = site.talk.read_post(wanted)

    assert (turn.document.posts, site.done) == ((post(3),), ["one", 1])
    assert site.asked == [wanted]
    assert site.parsed[0][1]["account"] == ""


def test_one_post_is_asked_for_once_its_account_was_looked_up():
    steps = iter([Question(url="who", step="account"), Question(url="one", step="post")])
    site = Site({"who": page(numeric_id="7"), "one": page(3)}, post=lambda subject: next(steps))

    turn = site.talk.read_post(replace(DESK, number="3"))

    assert (turn.document.posts, turn.response.url) == ((post(3),), "one")
    assert site.done == ["who", 0, "rest", "one", 0]


def test_a_post_without_an_address_is_an_error():
    with pytest.raises(UnreadableBody, match=r"^Talk has no address for this post$") as error:
        Site({}, post=lambda subject: None).talk.read_post(DESK)

    assert error.value.kind == "not_available"


@pytest.mark.parametrize(("is_first", "done"), [(True, [""]), (False, ["rest", ""])])
def test_requests_are_apart_but_for_the_first(is_first, done):
    site = Site({"": page(0)})

    turn = site.talk.look_up(DESK, Question(url="", step="posts"), is_first=is_first)

    assert (site.done[:-1], turn.document.posts) == (done, (post(0),))


# Another place, and the platform's own words


FEED = Question(url="feed", step="feed")


def otherwise(subject, question, kind):
    return FEED if (subject, question.url, kind) == (DESK, "", "http_401") else None


def test_where_a_site_refuses_another_place_is_asked():
    site = Site({"": refused(401), "feed": page(0, 1)}, instead=otherwise)

    reading = site.read()

    assert (numbers(reading), site.done) == ([[0, 1]], ["", "rest", "feed", 0])


def test_a_feed_adds_only_posts_that_are_not_known():
    site = Site({"": refused(401), "feed": page(0, 1)}, instead=otherwise)

    (turn,) = site.read(known(1)).turns

    assert turn.document.posts == (post(0),)
    assert turn.document.also_present == (post(1).native_id,)


@pytest.mark.parametrize("field", ["native_id", "url"])
def test_a_feed_speaks_only_for_its_own_server(field):
    foreign = replace(post(1), **{field: "https://other.example/1"})
    feed = Document(kind="rss", posts=(post(0), foreign))
    site = Site({"": refused(401), "feed": feed}, instead=otherwise)

    (turn,) = site.read().turns

    assert turn.document.posts == (post(0),)


def test_a_feed_has_no_older_pages():
    answers = {"": page(0, cursor="1"), "1": refused(401), "feed": page(1)}
    site = Site(answers, instead=lambda *asked: FEED)

    with pytest.raises(
        UnreadableBody, match=r"^Talk shows no older posts: its feed has the newest ones only$"
    ) as error:
        site.read(known(5))

    assert error.value.kind == "not_available"


@pytest.mark.parametrize("answers", [{}, {"feed": refused(404)}])
def test_the_first_refusal_is_told_in_the_words_of_the_platform(answers):
    first = refused(401, retry_after=timedelta(minutes=9), body=b"members only")
    words = {"http_401": "{account} is for members", "http_404": "nothing here"}
    how = {"instead": otherwise} if answers else {}

    with pytest.raises(FetchError) as caught:
        Site({"": first, **answers}, refusals=words, **how).read()

    error = caught.value
    assert (error.kind, error.message) == ("http_401", "desk is for members")
    assert (error.status, error.retry_after, error.body) == (
        401,
        timedelta(minutes=9),
        b"members only",
    )


def test_an_account_without_a_name_is_told_by_its_number():
    site = Site({"": refused(401)}, refusals={"http_401": "{account} is for members"})

    with pytest.raises(FetchError, match=r"^7 is for members$"):
        site.read(subject=Subject(account="", numeric_id="7"))


def test_an_error_that_the_platform_has_no_words_for_stays_as_it_is():
    error = refused(502)

    with pytest.raises(FetchError) as caught:
        Site({"": error}).read()

    assert caught.value is error


# Earlier words


def history(subject, post):
    return Question(url=f"{subject.account} {post.native_id[-1]}", step="history")


def edited(number, **fields):
    return post(number, text="Now.", source_edited_at=NOON, **fields)


def test_the_earlier_words_of_an_edited_post_stand_before_its_page():
    quote, photo = Media(kind="quote", id="q"), Media(kind="photo", id="p")
    old_photo, old_quote = Media(kind="photo", id="old"), Media(kind="quote", id="none")
    now = edited(1, html="<p>Now.</p>", media=(photo, quote))
    first = RawPost(
        native_id="x",
        title="First",
        text="First.",
        html="<p>First.</p>",
        source_edited_at=later(hours=-2),
        media=(old_photo, old_quote),
    )
    second = replace(first, title="Second", source_edited_at=later(hours=-1))
    answers = {
        "": Document(kind="rss", posts=(now, post(2))),
        "desk 1": Document(kind="rss", posts=(first, second, now)),
    }
    site = Site(answers, history=history)

    reading = site.read(known(2))

    assert [turn.document.posts for turn in reading.turns[:-1]] == [
        (
            replace(
                now,
                title=title,
                text="First.",
                html="<p>First.</p>",
                media=(old_photo, quote),
                source_edited_at=at,
            ),
        )
        for title, at in [("First", later(hours=-2)), ("Second", later(hours=-1))]
    ]
    assert reading.turns[-1].document.posts == (now, post(2))
    assert site.done == ["", 0, "rest", "desk 1", 0]
    assert reading.turns[0].response.url == "desk 1"


def test_a_channel_that_was_never_read_is_not_asked_for_earlier_words():
    site = Site({"": Document(kind="rss", posts=(edited(1),))}, history=history)

    site.read()

    assert site.fetched == [""]


def test_a_history_that_is_not_to_be_had_hides_no_other():
    def some(subject, post):
        return None if post.native_id.endswith("1") else history(subject, post)

    posts = tuple(map(edited, range(1, 5)))
    answers = {
        "": Document(kind="rss", posts=posts),
        "desk 2": refused(404),
        "desk 3": UnreadableBody("empty", "nothing"),
        "desk 4": Document(kind="rss", posts=(post(4, text="Before."), posts[3])),
    }
    site = Site(answers, history=some)

    reading = site.read(known(9))

    assert site.fetched == ["", "desk 2", "desk 3", "desk 4"]
    assert [turn.document.posts[0].text for turn in reading.turns] == ["Before.", "Now."]


def test_at_most_ten_histories_are_asked_for_at_once():
    posts = tuple(map(edited, range(10, 22)))
    answers = {f"desk {n}": page() for n in range(10)}
    site = Site(answers | {"": Document(kind="rss", posts=posts)}, history=history)

    site.read(known(9))

    assert len(site.fetched) == 1 + 10
