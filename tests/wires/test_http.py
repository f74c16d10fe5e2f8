"""The request that a fetch sends and the result it returns."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from tests.wires.http_servers import AGENT, RawServer, answer, get, saying
from wires.http import FetchError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def header(request, name):
    """Return the values of a header in the bytes of a request."""
    lines = request.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    pairs = (line.partition(b": ") for line in lines)
    return [value for key, _, value in pairs if key.lower() == name.lower().encode()]


def test_a_fetch_returns_the_body_and_its_validators():
    said = answer(b"<rss/>", headers=['ETag: W/"a"', "Last-Modified: yesterday", "X-Other: 1"])
    with saying(said) as server:
        response = server.get()

    assert (response.status, response.body, response.url) == (200, b"<rss/>", server.url)
    assert (response.etag, response.last_modified) == ('W/"a"', "yesterday")
    assert response.headers["x-other"] == "1"
    assert response.moved_to == ""


def test_the_request_names_the_project_and_accepts_only_gzip_and_english():
    with saying(answer(b"a")) as server:
        server.get()

    (request,) = server.requests
    assert request.startswith(b"GET /feed HTTP/1.1\r\n")
    assert header(request, "User-Agent") == [AGENT.encode()]
    assert header(request, "Accept-Encoding") == [b"gzip"]
    assert header(request, "Accept-Language") == [b"en"]
    assert header(request, "If-None-Match") == header(request, "If-Modified-Since") == []
    assert header(request, "Cookie") == header(request, "Authorization") == []


def test_proxy_and_netrc_environment_settings_are_ignored(monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with saying(answer(b"a")) as server:
        server.get()

    assert header(server.requests[0], "Authorization") == []


@pytest.mark.parametrize(
    "etag", ['"a"', 'W/"a"', "unquoted", '"caf\xe9"', '"a", "b"', '"\\"', "''", '"a  b"', "W/\xff"]
)
def test_validators_are_sent_exactly_as_received(etag):
    date = "Mon,  2 mar 2026 12:00:00 +0000"
    response = answer(b"a").replace(
        b"\r\n\r\n", f"\r\nETag: {etag}\r\nLast-Modified: {date}\r\n\r\n".encode("latin-1")
    )
    with saying(response) as server:
        first = server.get()
        server.get(etag=first.etag, last_modified=first.last_modified)

    assert header(server.requests[1], "If-None-Match") == [etag.encode("latin-1")]
    assert header(server.requests[1], "If-Modified-Since") == [date.encode()]


@pytest.mark.parametrize("etag", ['"a\r\nX-Evil: 1"', '"a\nb"', '"\u20ac"', "\x00"])
def test_a_validator_that_is_not_a_valid_header_is_not_sent(etag):
    with saying(answer(b"a")) as server:
        server.get(etag=etag)

    assert header(server.requests[0], "If-None-Match") == []
    assert header(server.requests[0], "X-Evil") == []


def test_not_modified_keeps_the_validators_that_were_sent():
    with saying(answer(status="304 Not Modified", length="none")) as server:
        response = server.get(etag='"a"', last_modified="yesterday")

    assert (response.status, response.body) == (304, b"")
    assert (response.etag, response.last_modified) == ('"a"', "yesterday")


def test_a_304_to_an_unconditional_request_is_an_error():
    not_modified = answer(status="304 Not Modified", length="none")
    with saying(not_modified) as server, pytest.raises(FetchError) as refused:
        server.get()

    assert refused.value.kind == "not_asked"


def test_a_gzip_encoded_body_is_decompressed():
    with saying(
        answer(gzip.compress(b"<rss/>" * 1000), headers=["Content-Encoding: gzip"])
    ) as server:
        response = server.get()

    assert response.body == b"<rss/>" * 1000


def test_a_gzip_file_served_without_encoding_is_decompressed():
    with saying(
        answer(gzip.compress(b"<rss/>"), headers=["Content-Type: application/gzip"])
    ) as server:
        assert server.get().body == b"<rss/>"


def test_a_gzip_body_with_several_members_and_zero_padding_is_read():
    packed = gzip.compress(b"<rss>") + gzip.compress(b"</rss>") + b"\x00" * 64
    with saying(answer(packed, headers=["Content-Encoding: x-gzip"])) as server:
        assert server.get().body == b"<rss></rss>"


def test_chunked_and_connection_terminated_bodies_are_read():
    chunked = answer(
        b"5\r\n<rss \r\n2\r\n/>\r\n0\r\n\r\n", length="none", headers=["Transfer-Encoding: chunked"]
    )
    with saying(chunked) as server:
        assert server.get().body == b"<rss />"
    with saying(answer(b"<rss/>", length="none")) as server:
        assert server.get().body == b"<rss/>"


def test_redirects_are_followed_and_permanent_ones_reported(internet, httpserver):
    internet.serve("old.example", httpserver.port)
    internet.serve("new.example", httpserver.port)
    httpserver.expect_request("/a").respond_with_data(status=301, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(
        status=308, headers={"Location": "http://new.example/c#top"}
    )
    httpserver.expect_request("/c", headers={"Host": "new.example"}).respond_with_data("feed")

    response = get("http://old.example/a")

    assert response.body == b"feed"
    assert response.url == response.moved_to == "http://new.example/c"


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirect_is_not_reported_as_a_move(internet, httpserver, status):
    internet.serve("old.example", httpserver.port)
    httpserver.expect_request("/a").respond_with_data(status=status, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(status=301, headers={"Location": "/c"})
    httpserver.expect_request("/c").respond_with_data("feed")

    response = get("http://old.example/a")

    assert (response.url, response.moved_to) == ("http://old.example/c", "")


def test_a_permanent_redirect_before_a_temporary_one_is_reported(internet, httpserver):
    internet.serve("old.example", httpserver.port)
    httpserver.expect_request("/a").respond_with_data(status=301, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(status=302, headers={"Location": "/c"})
    httpserver.expect_request("/c").respond_with_data("feed")

    assert get("http://old.example/a").moved_to == "http://old.example/b"


def test_a_redirect_to_a_non_ascii_address_is_followed(internet):
    redirect = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /caf\xc3\xa9\r\n\r\n"
    answers = [redirect, answer(b"feed")]
    with RawServer(lambda connection: connection.sendall(answers.pop(0))) as server:
        internet.serve("old.example", server.port)

        response = get("http://old.example/a")

    assert response.body == b"feed"
    assert server.requests[1].startswith(b"GET /caf%C3%A9 ")


def test_cookies_are_kept_across_redirects_of_one_fetch_only(internet, httpserver):
    internet.serve("old.example", httpserver.port)
    httpserver.expect_request("/a", headers={"Cookie": "seen=1"}).respond_with_data("feed")
    httpserver.expect_request("/a").respond_with_data(
        status=302, headers={"Location": "/a?again", "Set-Cookie": "seen=1"}
    )

    for _ in range(2):
        assert get("http://old.example/a").body == b"feed"

    cookies = [request.headers.get("Cookie") for request, _ in httpserver.log]
    assert cookies == [None, "seen=1"] * 2


def test_five_redirects_are_followed_and_a_sixth_is_not(internet, httpserver):
    internet.serve("old.example", httpserver.port)
    for hop in range(6):
        httpserver.expect_request(f"/{hop}").respond_with_data(
            status=302, headers={"Location": f"/{hop + 1}"}
        )
    httpserver.expect_request("/6").respond_with_data("feed")

    assert get("http://old.example/1").body == b"feed"
    with pytest.raises(FetchError) as refused:
        get("http://old.example/0")

    assert refused.value.kind == "redirect"
    assert "old.example" in refused.value.message


def test_a_redirect_loop_ends(internet, httpserver):
    internet.serve("old.example", httpserver.port)
    httpserver.expect_request("/a").respond_with_data(status=301, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(status=301, headers={"Location": "/a"})

    with pytest.raises(FetchError) as refused:
        get("http://old.example/a")

    assert refused.value.kind == "redirect"
    assert len(httpserver.log) == 2


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(minutes=1)),
        ("1", timedelta(minutes=1)),
        ("99999999", timedelta(days=1)),
        ("9" * 6000, timedelta(days=1)),
        ("Mon, 02 Mar 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Mon, 02 Mar 2026 11:00:00 GMT", timedelta(minutes=1)),
        ("Mon, 02 Mar 2099 11:00:00 GMT", timedelta(days=1)),
        ("-5", None),
        ("soon", None),
        ("\xb2", None),
        ("Mon, 99 Mar 2026 99:00:00 GMT", None),
    ],
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_is_read_from_a_refusal(said, wait, status):
    raw = answer(status=status).replace(
        b"\r\n\r\n", f"\r\nRetry-After: {said}\r\n\r\n".encode("latin-1")
    )
    with saying(raw) as server, pytest.raises(FetchError) as refused:
        server.get(at=NOON)

    assert refused.value.kind == "rate_limited"
    assert refused.value.status == int(status[:3])
    assert refused.value.retry_after == wait


def test_retry_after_dates_are_read_against_the_date_header_of_the_site():
    headers = ["Date: Mon, 02 Mar 2020 12:00:00 GMT", "Retry-After: Mon, 02 Mar 2020 12:05:00 GMT"]
    with saying(answer(b"a", headers=headers)) as server:
        assert server.get(at=NOON).retry_after == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("headers", "age"),
    [
        (["Cache-Control: max-age=300"], timedelta(minutes=5)),
        (["Cache-Control: public, MAX-AGE = 60, must-revalidate"], timedelta(minutes=1)),
        (['Cache-Control: max-age="60"'], timedelta(minutes=1)),
        (["Cache-Control: public", "Cache-Control: max-age=60"], timedelta(minutes=1)),
        (["Cache-Control: s-maxage=60"], None),
        (["Cache-Control: max-age=-1"], timedelta(0)),
        (["Cache-Control: max-age=315360000"], timedelta(days=1)),
        (["Cache-Control: max-age=" + "9" * 6000], timedelta(days=1)),
        (["Cache-Control: max-age=soon"], None),
        (["Expires: Mon, 02 Mar 2026 12:30:00 GMT"], timedelta(minutes=30)),
        (["Expires: Mon, 02 Mar 2026 11:30:00 GMT"], timedelta(0)),
        (["Expires: 0"], None),
        ([], None),
    ],
)
def test_cache_lifetime_is_read_and_bounded(headers, age):
    with saying(answer(b"a", headers=headers)) as server:
        assert server.get(at=NOON).max_age == age


@pytest.mark.parametrize(
    "status", [204, 206, 300, 301, 400, 401, 403, 404, 410, 418, 451, 500, 502, 999]
)
def test_every_error_status_has_its_own_error_code(status):
    with (
        saying(answer(b"words", status=f"{status} What")) as server,
        pytest.raises(FetchError) as refused,
    ):
        server.get(etag='"a"')

    error = refused.value
    assert (error.kind, error.status) == (f"http_{status}", status)
    assert "127.0.0.1" in error.message
    assert str(status) in error.message
    assert "\n" not in error.message


@pytest.mark.parametrize(
    ("status", "body", "kept"),
    [
        (404, b'{"error": "Record not found"}', b'{"error": "Record not found"}'),
        (410, b"Gone.", b"Gone."),
        (404, b"x" * 60_000, b""),
        (403, b"No.", b"No."),
    ],
)
def test_a_short_body_of_a_refusal_comes_with_the_error(status, body, kept):
    said = answer(body, status=f"{status} What")
    with saying(said) as server, pytest.raises(FetchError) as refused:
        server.get()

    assert (refused.value.kind, refused.value.body) == (f"http_{status}", kept)


def test_an_invalid_status_is_an_error():
    with saying(b"HTTP/1.1 abc What\r\n\r\n") as server, pytest.raises(FetchError) as refused:
        server.get()

    assert refused.value.kind == "bad_answer"


def test_every_request_uses_a_new_connection():
    with RawServer(lambda connection: connection.sendall(answer(b"a"))) as server:
        for _ in range(3):
            server.get()

    assert len(server.requests) == 3


@pytest.mark.parametrize("status", ["500 What", "503 What", "429 What", "408 What"])
def test_a_refused_request_is_not_repeated_by_the_client(status):
    refused = answer(status=status, headers=["Retry-After: 1"])
    with saying(refused) as server, pytest.raises(FetchError):
        server.get()

    assert len(server.requests) == 1


def test_the_request_says_which_formats_it_prefers_and_that_it_ends_the_connection():
    with saying(answer(b"a")) as server:
        get(f" {server.url}\n", trusted_hosts=[server.host])

    (request,) = server.requests
    assert header(request, "Accept") == [
        b"application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
        b"text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
    ]
    assert header(request, "Connection") == [b"close"]


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ([], ('"old"', "long ago")),
        (['ETag: "new"'], ('"new"', "long ago")),
        (["Last-Modified: today"], ('"old"', "today")),
        (['ETag: "new"', "Last-Modified: today"], ('"new"', "today")),
    ],
)
def test_not_modified_keeps_each_validator_that_it_does_not_replace(headers, kept):
    unchanged = answer(status="304 Not Modified", length="none", headers=headers)
    with saying(unchanged) as server:
        response = server.get(etag='"old"', last_modified="long ago")

    assert (response.etag, response.last_modified) == kept


def test_a_new_body_without_validators_drops_those_that_were_sent():
    with saying(answer(b"new")) as server:
        response = server.get(etag='"old"', last_modified="long ago")

    assert (response.status, response.body) == (200, b"new")
    assert (response.etag, response.last_modified) == ("", "")


@pytest.mark.parametrize("asked", [{"etag": '"a"'}, {"last_modified": "yesterday"}])
def test_one_validator_alone_makes_a_request_conditional(asked):
    with saying(answer(status="304 Not Modified", length="none")) as server:
        assert server.get(**asked).status == 304


def test_a_body_is_given_as_bytes_whatever_type_and_charset_are_said():
    said = answer(b"caf\xe9", headers=["Content-Type: text/html; charset=latin-1"])
    with saying(said) as server:
        response = server.get()

    assert response.body == b"caf\xe9"
    assert response.headers["content-type"] == "text/html; charset=latin-1"


@pytest.mark.parametrize(
    ("status", "place"),
    [("200 OK", "/b"), ("201 Made", "/b"), ("300 Many", "/b"), ("302 Found", "")],
)
def test_an_answer_is_followed_only_where_it_redirects_to_somewhere(internet, status, place):
    said = answer(b"feed", status=status, headers=[f"Location: {place}"])
    with saying(said) as server:
        internet.serve("old.example", server.port)
        kind = f"http_{status[:3]}"
        if status == "200 OK":
            assert get("http://old.example/a").body == b"feed"
        else:
            with pytest.raises(FetchError) as refused:
                get("http://old.example/a")
            assert refused.value.kind == kind

    assert len(server.requests) == 1


def test_a_redirect_that_differs_in_its_fragment_alone_is_a_circle(internet):
    with saying(answer(status="301 Moved", headers=["Location: /a#top"])) as server:
        internet.serve("old.example", server.port)
        with pytest.raises(FetchError) as refused:
            get("http://old.example/a")

    assert len(server.requests) == 1
    assert refused.value.message == (
        "old.example redirects in a circle: open the address in a browser"
    )


def test_a_relative_redirect_is_read_from_where_it_was_sent(internet):
    redirect = answer(status="302 Found", headers=["Location: c?d=1 "])
    answers = [redirect, answer(b"feed")]
    with RawServer(lambda connection: connection.sendall(answers.pop(0))) as server:
        internet.serve("old.example", server.port)

        response = get("http://old.example/a/b?x=2")

    assert response.url == "http://old.example/a/c?d=1"


@pytest.mark.parametrize(("most", "requests"), [(0, 1), (2, 3)])
def test_no_more_redirects_are_followed_than_allowed(internet, most, requests):
    def talk(connection):
        place = f"Location: /{len(server.requests)}"
        connection.sendall(answer(status="302 Found", headers=[place]))

    with RawServer(talk) as server:
        internet.serve("old.example", server.port)
        with pytest.raises(FetchError) as refused:
            get("http://old.example/", max_redirects=most)

    assert len(server.requests) == requests
    assert refused.value.message == (
        f"old.example redirects more than {most} times: open the address in a browser"
    )
