"""Which addresses a fetch may connect to, however they are written and wherever they redirect."""

import ipaddress
import re
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wires.http_servers import PUBLIC, answer, get, saying
from wires.http import FetchError
from wires.http.policy import check, check_addresses, check_named, is_public

PRIVATE = [
    "0.0.0.0",  # noqa: S104 - an address to be refused, nothing is bound to it
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


def refusal(url, **options):
    with pytest.raises(FetchError) as refused:
        get(url, **options)
    message = str(refused.value)
    assert "\n" not in message
    assert message.isascii()
    assert ": " in message
    return refused.value


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed",
        "//news.example/feed",
        "http:",
        "http://",
        "http:///feed",
        "file:///etc/passwd",
        "ftp://news.example/feed",
        "gopher://news.example/",
        "data:text/plain,a",
        "javascript:alert(1)",
        "http+unix://news.example/",
        "http://news.example:22/",
        "http://news.example:8080/",
        "http://news.example:0/",
        "http://news.example:99999/",
        "http://news.example:port/",
        "http://user@news.example/",
        "http://user:password@news.example/",
        "http://:@news.example/",
        "http://@news.example/",
        "http://news.example@127.0.0.1/",
        "http://news.example\\@127.0.0.1/",
        "http://news.example/a b",
        "http://news.example/\r\nX-Evil: 1",
        "http://news.example/\x00",
        "http://news.\texample/",
        "http://[::1/",
        "http://[v1.a]/",
        "http://%6e%65ws.example/",
        "http://-news.example/",
        "http://news..example/",
        "http://*.example/",
        "http://news,example/",
        "http://news.example/" + "a" * 5_000,
        "http://" + "a" * 300 + ".example/",
        "http://\u2488.example\u2100/",
        "http://\ud800.example/",
        "http://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54/",  # localhost, full-width
        "http://127\u30020\u30020\u30021/",  # 127.0.0.1 with ideographic full stops
    ],
)
def test_a_forbidden_address_is_never_connected_to(internet, url):
    error = refusal(url)

    assert error.kind == "bad_url"
    assert internet.connected == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_as_a_literal(internet, address):
    host = f"[{address}]" if ":" in address else address

    for url in (f"http://{host}/", f"https://{host}:443/feed"):
        assert refusal(url).kind == "ssrf"
    assert internet.connected == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_behind_a_name(internet, address):
    internet.names["news.example"] = [address]

    error = refusal("http://news.example/")

    assert error.kind == "ssrf"
    assert "news.example" in error.message
    assert internet.connected == []


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0X7F.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "127.0.0.01",
        "1572395042",
        "93.184.216.034",
        "1.2.3.4.5",
        "0x",
        "news.0x7f",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "localhost.localdomain",
        "ip6-loopback",
        "printer.local",
        "metadata.google.internal",
        "router.home.arpa",
        "\uff11\uff12\uff17.0.0.1",  # full-width digits
    ],
)
def test_localhost_is_refused_in_every_spelling(internet, host):
    error = refusal(f"http://{host}/")

    assert error.kind == "ssrf"
    assert internet.connected == []


@pytest.mark.parametrize("answers", [[PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC, "::1"]])
def test_a_name_with_one_private_address_among_public_ones_is_refused(internet, answers):
    internet.names["news.example"] = answers

    assert refusal("http://news.example/").kind == "ssrf"
    assert internet.connected == []


def test_a_name_that_answers_differently_the_second_time_is_refused(internet):
    internet.names["news.example"] = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]

    assert refusal("http://news.example/").kind == "ssrf"
    assert internet.connected == []


@pytest.mark.parametrize("address", ["fec0::1", "::127.0.0.1"])
def test_addresses_the_http_library_misjudges_are_refused_on_a_second_lookup(internet, address):
    internet.names["news.example"] = [[PUBLIC], [address], [address]]

    assert refusal("http://news.example/").kind == "ssrf"
    assert internet.connected == []


def test_the_connection_goes_to_the_address_that_was_checked(internet, httpserver):
    httpserver.expect_request("/", headers={"Host": "news.example"}).respond_with_data("feed")
    internet.names["news.example"] = [[PUBLIC], [PUBLIC], ["127.0.0.1"]]
    internet.routes[PUBLIC, 80] = ("127.0.0.1", httpserver.port)

    assert get("http://news.example/").body == b"feed"
    assert set(internet.connected) == {(PUBLIC, 80)}


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/",
        "//127.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://inside.example/",
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(internet, httpserver, place):
    internet.serve("news.example", httpserver.port)
    internet.names["inside.example"] = ["192.168.1.1"]
    httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": place})

    assert refusal("http://news.example/").kind == "ssrf"
    assert {host for host, _ in internet.connected} == {PUBLIC}


@pytest.mark.parametrize(
    "place",
    [
        "file:///etc/passwd",
        "ftp://news.example/",
        "gopher://news.example/",
        "javascript:alert(1)",
        "http://news.example:22/",
        "http://user:password@news.example/",
        "http://[::1/",
        "http://news.example/a b",
        "http://news.example/" + "a" * 5_000,
    ],
)
def test_a_redirect_to_an_unsupported_address_is_not_followed(internet, httpserver, place):
    internet.serve("news.example", httpserver.port)
    with saying(answer(status="302 Found", headers=[f"Location: {place}"])) as server:
        internet.serve("news.example", server.port)

        error = refusal("http://news.example/")

    assert error.kind == "redirect"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://8.8.8.8/", "8.8.8.8 has a number for a host, where only names are allowed"),
        ("http://[2606:4700::1111]/", "2606:4700::1111 has a number for a host, where only names"),
        ("http://feeds/", "feeds is not on the public internet: correct it"),
        ("http://news.corp/", "news.corp is not on the public internet: correct it"),
        ("https://a.example/\u200bx", "a.example has characters that cannot be seen: correct it"),
        (
            "http://\u2603\u0338.example/",
            "??.example has a host name that is not valid: correct it",
        ),
    ],
)
def test_an_address_that_readers_may_not_be_led_to_is_named_with_what_is_wrong_with_it(url, said):
    with pytest.raises(FetchError, match=f"^the address {re.escape(said)}") as refused:
        check_named(url)

    assert refused.value.kind == "bad_url"


def test_a_name_that_no_resolver_can_be_asked_for_is_refused_with_its_name():
    name = f"{'a' * 64}.example"

    with pytest.raises(FetchError, match=f"^the address {name} has a host name that is not valid"):
        check_addresses(name, 443)


def test_a_named_address_keeps_its_fragment_and_loses_its_default_port():
    target = check_named("https://News.example:443/a?b=c#d")

    assert (target.url, target.host, target.port, target.is_trusted) == (
        "https://news.example/a?b=c#d", "news.example", 443, False,
    )  # fmt: skip


def test_a_trusted_address_is_kept_as_it_was_typed():
    target = check_named("http://wire.local:8080/a#d", trusted_hosts=["WIRE.local:8080"])

    assert (target.url, target.host, target.port, target.is_trusted) == (
        "http://wire.local:8080/a#d", "wire.local", 8080, True,
    )  # fmt: skip


def test_a_trusted_host_is_fetched_only_at_its_own_address():
    with saying(answer(b"feed")) as server:
        assert server.get().body == b"feed"
        for trusted in (
            [],
            ["127.0.0.1"],
            ["127.0.0.1:80"],
            [f"*:{server.port}"],
            [server.host + "0"],
        ):
            assert refusal(server.url, trusted_hosts=trusted).kind == "ssrf"
        assert (
            refusal(f"http://localhost:{server.port}/", trusted_hosts=[server.host]).kind == "ssrf"
        )

    assert len(server.requests) == 1


def test_a_trusted_name_may_resolve_to_a_private_address(internet, httpserver):
    httpserver.expect_request("/feed").respond_with_data("feed")
    internet.names["intranet.example"] = ["127.0.0.1"]
    host = f"intranet.example:{httpserver.port}"

    assert get(f"http://{host}/feed", trusted_hosts=[host.upper()]).body == b"feed"


def test_no_redirect_leads_to_a_trusted_host(internet, httpserver):
    with saying(answer(b"secret")) as inside:
        internet.serve("news.example", httpserver.port)
        httpserver.expect_request("/").respond_with_data(
            status=302, headers={"Location": inside.url}
        )

        error = refusal("http://news.example/", trusted_hosts=[inside.host])

    assert error.kind == "ssrf"
    assert inside.requests == []


def test_no_redirect_leads_from_a_trusted_host_to_itself():
    with saying(answer(status="302 Found", headers=["Location: /other"])) as server:
        error = refusal(server.url, trusted_hosts=[server.host])

    assert error.kind == "ssrf"
    assert len(server.requests) == 1


def test_a_redirect_from_a_trusted_host_to_a_public_one_is_followed(internet, httpserver):
    httpserver.expect_request("/").respond_with_data("feed")
    internet.serve("news.example", httpserver.port)
    with saying(answer(status="301 Moved", headers=["Location: http://news.example/"])) as server:
        response = server.get()

    assert (response.body, response.moved_to) == (b"feed", "http://news.example/")


def test_a_non_ascii_host_name_is_resolved_as_punycode(internet, httpserver):
    internet.serve("xn--bcher-kva.example", httpserver.port)
    httpserver.expect_request("/", headers={"Host": "xn--bcher-kva.example"}).respond_with_data(
        "feed"
    )

    assert get("http://b\xfccher.example/").body == b"feed"


def test_a_public_ipv6_address_is_fetched(internet):
    address = "2606:2800:220:1:248:1893:25c8:1946"
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with saying(answer(b"feed"), listener=listener) as server:
        internet.routes[address, 80] = ("::1", server.port)

        assert get(f"http://[{address}]/").body == b"feed"

    assert f"Host: [{address}]\r\n".encode() in server.requests[0]


def test_an_unknown_host_name_has_its_own_error_code(internet):
    error = refusal("http://nobody.invalid/")

    assert error.kind == "dns"
    assert "nobody.invalid" in error.message


@given(number=st.integers(0, 2**32 - 1))
def test_an_ipv4_address_embedded_in_ipv6_is_judged_the_same(number):
    older = ipaddress.IPv4Address(number)
    mapped = ipaddress.IPv6Address(f"::ffff:{older}")

    assert is_public(mapped) == is_public(older)
    assert not is_public(ipaddress.IPv6Address(number))
    assert not (is_public(older) and older.is_private)


WORDS = ["http://", "https://", "news.example", "127.0.0.1", "[::1]", "xn--a", "0x", ":80", "%2F"]
SIGNS = list("[]@:/?#%\\.-_* \t\n\u3002\uff0e\u200b\xad\ud800\uff41\u0130\u2100\u2488")
bits = st.sampled_from([*WORDS, *SIGNS])


def refused(url):
    try:
        check(url)
    except FetchError as error:
        return error
    return None


@given(url=st.one_of(st.text(), st.lists(bits, max_size=8).map("".join)))
def test_any_text_as_address_is_judged_without_an_error(url):
    error = refused(url)

    if error is None:
        assert url.lower().startswith(("http://", "https://"))
        return
    assert error.kind in {"bad_url", "ssrf"}
    assert error.message.isascii()
    assert error.message.isprintable()


@pytest.mark.parametrize("address", ["fec0::1", "127.0.0.1"])
def test_a_redirect_from_a_trusted_host_leads_to_no_private_address(internet, address):
    internet.names["news.example"] = [[PUBLIC], [address], [address]]
    with saying(answer(status="301 Moved", headers=["Location: http://news.example/"])) as server:
        error = refusal(server.url, trusted_hosts=[server.host])

    assert error.kind == "ssrf"
    assert internet.connected == [("127.0.0.1", server.port)]


@pytest.mark.parametrize(
    ("place", "kind", "message"),
    [
        (
            "http://10.0.0.1/", "ssrf",
            "news.example redirects to a private address, which is not followed: correct the address",
        ),
        (
            "http://[::1/", "redirect",
            "news.example redirects to something that is not an address: open the address in a browser",
        ),
        (
            "ftp://a.example/", "redirect",
            "news.example redirects to an address that is not followed (the address a.example does"
            " not begin with http:// or https://: correct it): open the address in a browser",
        ),
    ],
)  # fmt: skip
def test_a_redirect_that_is_not_followed_is_said_in_one_line(internet, place, kind, message):
    with saying(answer(status="302 Found", headers=[f"Location: {place}"])) as server:
        internet.serve("news.example", server.port)

        error = refusal("http://news.example/")

    assert (error.kind, error.message) == (kind, message)
