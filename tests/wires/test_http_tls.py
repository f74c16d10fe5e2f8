"""Certificates must match the requested name, and there is no laxer second attempt."""

import os
import shutil
import subprocess

import pytest
import requests.adapters

from tests.wires.http_servers import PUBLIC, answer, get, saying, server_context
from wires.http import FetchError

OPENSSL = shutil.which("openssl")


def openssl(*arguments, cwd):
    subprocess.run([OPENSSL, *arguments], cwd=cwd, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Return server contexts by name, all but one signed by a test authority."""
    if OPENSSL is None:
        assert os.environ.get("CI") != "true", "openssl is missing"
        pytest.skip("openssl, which makes the certificates, is missing")
    folder = tmp_path_factory.mktemp("certificates")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    authority = ("-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Authority of the tests")
    signs = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl("req", "-x509", *key, *authority, *signs, "-days", "3650", cwd=folder)

    def make(name, host, *, dates=("-days", "3650")):
        openssl(
            "req",
            *key,
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.csr",
            "-subj",
            "/CN=a",
            cwd=folder,
        )
        (folder / f"{name}.ext").write_text(
            f"subjectAltName=DNS:{host}\nauthorityKeyIdentifier=keyid\n"
        )
        signing = (
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-extfile",
            f"{name}.ext",
        )
        openssl(
            "x509",
            "-req",
            "-in",
            f"{name}.csr",
            *signing,
            *dates,
            "-out",
            f"{name}.pem",
            cwd=folder,
        )
        return server_context(folder / f"{name}.pem", folder / f"{name}.key")

    contexts = {
        "good": make("good", "news.example"),
        "other": make("other", "other.example"),
        # Valid for no time: it expires the moment it starts.
        "expired": make("expired", "news.example", dates=("-days", "-1")),
    }
    alone = ("-keyout", "alone.key", "-out", "alone.pem", "-subj", "/CN=news.example")
    names = ("-addext", "subjectAltName=DNS:news.example")
    openssl("req", "-x509", *key, *alone, *names, "-days", "3650", cwd=folder)
    contexts["alone"] = server_context(folder / "alone.pem", folder / "alone.key")
    return contexts, str(folder / "ca.pem")


@pytest.fixture
def internet(internet, monkeypatch, certificates):
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", certificates[1])
    return internet


def test_a_site_with_a_valid_certificate_is_read_at_the_checked_address(internet, certificates):
    with saying(answer(b"feed"), tls=certificates[0]["good"]) as server:
        internet.serve("news.example", server.port, port=443)

        for _ in range(2):
            assert get("https://news.example/").body == b"feed"

    assert (PUBLIC, 443) in internet.connected
    assert b"Host: news.example\r\n" in server.requests[0]


@pytest.mark.parametrize("kind", ["other", "expired", "alone"])
def test_an_invalid_certificate_is_refused_before_anything_is_sent(internet, certificates, kind):
    with saying(answer(b"feed"), tls=certificates[0][kind]) as server:
        internet.serve("news.example", server.port, port=443)

        with pytest.raises(FetchError) as refused:
            get("https://news.example/")

    assert refused.value.kind == "tls"
    assert "news.example" in refused.value.message
    assert server.requests == []
    assert len([address for address in internet.connected if address == (PUBLIC, 443)]) == 1


def test_a_trusted_host_needs_a_valid_certificate_too(internet, certificates):
    with saying(answer(b"feed"), tls=certificates[0]["good"]) as server:
        internet.names["news.example"] = internet.names["other.example"] = ["127.0.0.1"]
        hosts = [f"{name}.example:{server.port}" for name in ("news", "other")]

        assert get(f"https://{hosts[0]}/", trusted_hosts=hosts).body == b"feed"
        with pytest.raises(FetchError) as refused:
            get(f"https://{hosts[1]}/", trusted_hosts=hosts)

    assert refused.value.kind == "tls"
    assert len(server.requests) == 1


def test_an_https_address_never_falls_back_to_http(internet):
    with saying(answer(b"feed"), at_once=True) as server:
        internet.serve("news.example", server.port, port=443)

        with pytest.raises(FetchError) as refused:
            get("https://news.example/")

    assert refused.value.kind in {"tls", "reset"}
    assert internet.connected == [(PUBLIC, 443)]
