"""How a body is read and unpacked, without a network: what is allowed, to the byte."""

import gzip

import pytest

from wires.http import FetchError
from wires.http.bodies import read_body

WORDS = b"<rss>words</rss>"
PACKED = {"content-encoding": "gzip"}
MOST_MEMBERS = 1_000


class Pieces:
    """What urllib3 gives: the bytes of an answer, a few at a time."""

    def __init__(self, *pieces):
        self.pieces = [*pieces]
        self.reads = 0

    def read(self, amt, *, decode_content):
        assert amt > 0
        assert decode_content is False
        self.reads += 1
        return self.pieces.pop(0) if self.pieces else b""


def read(*pieces, headers=None, wire_cap=1_000, body_cap=1_000):
    return read_body(
        Pieces(*pieces), headers or {}, host="news.example", wire_cap=wire_cap, body_cap=body_cap
    )


def refusal(*pieces, **options):
    with pytest.raises(FetchError) as refused:
        read(*pieces, **options)
    return str(refused.value.kind), refused.value.message.partition(":")[0]


TOO_BIG = ("too_big", "news.example sent more than 0.001 MB")
BAD = ("bad_encoding", "news.example sent a body that cannot be unpacked")
EMPTY = ("empty", "news.example sent an empty answer")
TRUNCATED = ("truncated", "news.example sent an incomplete answer")


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "identity, gzip", "gzip,", " gzip "])
def test_a_packed_body_is_unpacked_however_its_coding_is_written(coding):
    assert read(gzip.compress(WORDS), headers={"content-encoding": coding}) == WORDS


@pytest.mark.parametrize("coding", ["", "identity", "identity, identity"])
def test_a_plain_body_is_read_as_it_is(coding):
    assert (
        read(b"one ", b"two ", b"three", headers={"content-encoding": coding}) == b"one two three"
    )


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "gzip, br", "gzip;q=1"])
def test_a_coding_that_was_not_asked_for_is_refused_before_the_body_is_read(coding):
    body = Pieces(gzip.compress(WORDS))

    with pytest.raises(FetchError) as refused:
        read_body(
            body, {"content-encoding": coding}, host="a.example", wire_cap=1_000, body_cap=1_000
        )

    assert (refused.value.kind, body.reads) == ("bad_encoding", 0)


@pytest.mark.parametrize(
    ("length", "cap", "is_read"),
    [
        ("1000", 1_000, True),
        ("1001", 1_000, False),
        ("0", 1_000, True),
        ("9" * 18, 10**18, True),
        ("1" + "0" * 18, 10**19, False),
        ("9" * 5_000, 10**19, False),
        ("", 1_000, True),
        ("-1", 1_000, True),
        ("1001 bytes", 1_000, True),
    ],
)
def test_an_announced_length_is_believed_where_it_is_too_long(length, cap, is_read):
    body = Pieces(WORDS)
    kind = ""

    try:
        read_body(body, {"content-length": length}, host="a.example", wire_cap=cap, body_cap=cap)
    except FetchError as error:
        kind = error.kind

    assert (kind, body.reads > 0) == ("" if is_read else "too_big", is_read)


def test_the_length_of_a_body_counts_over_all_its_pieces():
    assert read(b"a" * 400, b"b" * 600) == b"a" * 400 + b"b" * 600
    assert refusal(b"a" * 400, b"b" * 600, b"c") == TOO_BIG
    assert refusal(b"a" * 1_001) == TOO_BIG


def test_nothing_more_is_read_once_a_body_is_too_long():
    body = Pieces(b"a" * 1_001, b"b")

    with pytest.raises(FetchError):
        read_body(body, {}, host="news.example", wire_cap=1_000, body_cap=1_000)

    assert body.reads == 1


@pytest.mark.parametrize("headers", [PACKED, {}])
def test_a_packed_body_may_be_as_long_as_allowed_and_no_longer(headers):
    assert len(read(gzip.compress(bytes(1_000)), headers=headers)) == 1_000
    assert refusal(gzip.compress(bytes(1_001)), headers=headers) == TOO_BIG


def test_the_limit_holds_for_all_members_of_a_packed_body_together():
    half = gzip.compress(bytes(500))

    assert len(read(half, half, headers=PACKED)) == 1_000
    assert refusal(half, half + gzip.compress(b"a"), headers=PACKED) == TOO_BIG
    assert refusal(half, half, gzip.compress(b"a"), headers=PACKED) == TOO_BIG


def test_a_packed_body_is_measured_packed_against_the_limit_of_the_line():
    packed = gzip.compress(WORDS)

    assert read(packed, headers=PACKED, wire_cap=len(packed)) == WORDS
    assert refusal(packed, headers=PACKED, wire_cap=len(packed) - 1)[0] == "too_big"


def test_a_packed_body_is_unpacked_wherever_its_pieces_are_cut():
    packed = gzip.compress(b"<rss>") + gzip.compress(b"</rss>")

    for cut in range(3, len(packed)):
        assert read(packed[:cut], packed[cut:]) == b"<rss></rss>"


@pytest.mark.parametrize(
    "tail",
    [b"\0" * 64, b"\0\x1f\x8b\x08", b"junk", b"\n" + gzip.compress(b"a")],
    ids=["zeroes", "half a head", "junk", "another body"],
)
def test_what_follows_a_packed_body_is_dropped_in_this_piece_and_the_next(tail):
    packed = gzip.compress(WORDS)

    assert read(packed + tail, tail, packed, headers=PACKED) == WORDS
    assert read(packed, tail, packed, headers=PACKED) == WORDS


@pytest.mark.parametrize(("members", "is_read"), [(MOST_MEMBERS, True), (MOST_MEMBERS + 1, False)])
def test_a_body_of_a_thousand_members_is_read_and_one_of_more_is_not(members, is_read):
    packed = gzip.compress(b"a") + gzip.compress(b"") * (members - 1)

    kind = ""
    try:
        body = read(packed, headers=PACKED, wire_cap=10**6)
    except FetchError as error:
        kind, body = error.kind, b"a"

    assert (kind, body) == ("" if is_read else "bad_encoding", b"a")


def test_a_body_packed_twice_is_refused_whether_it_says_so_or_not():
    twice = gzip.compress(gzip.compress(WORDS))

    assert refusal(twice, headers=PACKED) == BAD
    assert refusal(twice) == BAD


def test_a_body_of_nothing_is_empty_packed_or_plain():
    assert refusal() == EMPTY
    assert refusal(b"", WORDS) == EMPTY
    assert refusal(gzip.compress(b""), headers=PACKED) == EMPTY
    assert refusal(gzip.compress(b"")) == EMPTY


@pytest.mark.parametrize("cut", [3, 12, -9, -1])
def test_a_packed_body_that_breaks_off_is_incomplete(cut):
    packed = gzip.compress(WORDS)

    assert refusal(packed[:cut], headers=PACKED) == TRUNCATED
    assert refusal(packed + packed[:cut], headers=PACKED) == TRUNCATED


def test_a_plain_body_with_the_mark_of_a_packed_one_inside_is_plain():
    assert read(b"a\x1f\x8b\x08") == b"a\x1f\x8b\x08"
    assert read(b"\x1f\x8b") == b"\x1f\x8b"
