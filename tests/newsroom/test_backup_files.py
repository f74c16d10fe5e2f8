"""The file of a backup: whole or refused, and readable by the owner of the key alone."""

import io
import tarfile

import pytest

from newsroom.backups.archive import CUT_SHORT, ArchiveReader, ArchiveWriter, BadBackup, Manifest
from newsroom.backups.encryption import (
    BadKey,
    decrypted_from,
    encrypted_into,
    make_key,
    read_public_keys,
)

FILES = {"database.sqlite3": b"rows" * 50_000, "media/a.png": bytes(range(256)) * 300}


def archive_of(files=FILES, **fields):
    target = io.BytesIO()
    writer = ArchiveWriter(target)
    for name, body in files.items():
        writer.add(name, io.BytesIO(body), size=len(body))
    about = {"release": "1.2.0", "made_at": "2026-06-25", "database": "sqlite", "migrations": []}
    writer.finish(Manifest(**about | fields, files=writer.files))
    return target.getvalue()


def read_back(body):
    with ArchiveReader(io.BytesIO(body)) as archive:
        found = {name: source.read() for name, source in archive.files()}
    return found, archive.manifest


def test_a_backup_is_read_back_as_it_was_written():
    found, manifest = read_back(archive_of(migrations=[("wires", "0001_initial")]))

    assert found == FILES
    assert manifest.migrations == [("wires", "0001_initial")]


def test_tar_alone_opens_a_backup():
    with tarfile.open(fileobj=io.BytesIO(archive_of())) as opened:
        assert opened.getnames() == [*FILES, "manifest.json"]


def test_a_backup_is_refused_wherever_it_was_cut_short():
    whole = archive_of()

    # What follows the manifest is padding.
    for length in range(0, len(whole) - 100, 11):
        with pytest.raises(BadBackup):
            read_back(whole[:length])


def test_a_backup_without_its_manifest_is_refused():
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo("database.sqlite3"), io.BytesIO())

    with pytest.raises(BadBackup, match=CUT_SHORT):
        read_back(target.getvalue())


@pytest.mark.parametrize("name", FILES)
def test_a_backup_with_another_byte_in_a_file_is_refused_by_its_name(name):
    target = io.BytesIO()
    writer = ArchiveWriter(target)
    for each, body in FILES.items():
        changed = b"X" + body[1:] if each == name else body
        writer.add(each, io.BytesIO(changed), size=len(body))
    _, manifest = read_back(archive_of())
    writer.finish(manifest)

    with pytest.raises(BadBackup, match=f"damaged: {name} is not what was backed up"):
        read_back(target.getvalue())


def test_a_file_that_is_shorter_than_it_was_makes_no_backup():
    writer = ArchiveWriter(io.BytesIO())

    with pytest.raises(OSError, match="unexpected end of data"):
        writer.add("media/a.png", io.BytesIO(b"half"), size=8)


def test_a_backup_in_a_newer_format_is_refused_with_its_release():
    with pytest.raises(BadBackup, match=r"made by a newer release, 9.0.0"):
        read_back(archive_of(format=2, release="9.0.0"))


# With a key


def encrypt(body, keys):
    target = io.BytesIO()
    with encrypted_into(target, keys) as plain:
        plain.write(body)
    return target.getvalue()


def decrypt(body, keys):
    with decrypted_from(io.BytesIO(body), keys) as plain:
        return plain.read()


def test_an_encrypted_backup_is_opened_with_its_key_alone(tmp_path):
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    make_key(right)
    make_key(wrong)
    body = archive_of()

    encrypted = encrypt(body, right)

    assert b"manifest" not in encrypted
    assert decrypt(encrypted, right) == body
    with pytest.raises(BadKey, match=r"cannot be opened with .*wrong"):
        decrypt(encrypted, wrong)


def test_the_public_half_of_a_key_encrypts_and_does_not_decrypt(tmp_path):
    key, public = tmp_path / "key", tmp_path / "public"
    public.write_text(f"# of the paper\n{make_key(key)}\n")

    encrypted = encrypt(b"words", public)

    assert decrypt(encrypted, key) == b"words"
    with pytest.raises(BadKey, match="holds no secret key"):
        decrypt(encrypted, public)


def test_an_encrypted_backup_that_is_cut_short_is_noticed(tmp_path):
    key = tmp_path / "key"
    make_key(key)
    encrypted = encrypt(bytes(300_000), key)

    for length in (70_000, len(encrypted) - 20):
        with pytest.raises(OSError, match="decrypt"):
            decrypt(encrypted[:length], key)


def test_a_key_is_readable_by_its_owner_alone_and_never_overwritten(tmp_path):
    key = tmp_path / "key"

    make_key(key)

    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(key)


@pytest.mark.parametrize("text", ["", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1SHORT"])
def test_what_is_no_key_is_refused(tmp_path, text):
    path = tmp_path / "key"
    path.write_text(text)

    with pytest.raises(BadKey, match="is no key of age"):
        read_public_keys(path)


def test_a_full_disk_under_an_encrypted_backup_is_told(tmp_path, small_disk):
    key = tmp_path / "key"
    make_key(key)

    with (
        (tmp_path / "backup").open("wb", buffering=0) as target,
        pytest.raises(OSError, match="File too large"),
        encrypted_into(target, key) as plain,
    ):
        plain.write(bytes(1_000_000))
