"""Backups that only the owner of a key can read, in the format of age (age-encryption.org).

A file of age can be opened with the program of that name too, without this site; it is encrypted
in parts, and one that was cut short is noticed.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pyrage

MARK = b"age-encryption.org/"
PUBLIC, SECRET = "age1", "AGE-SECRET-KEY-1"
HOW = "`manage.py backup --make-key FILE` makes one"


class BadKey(Exception):
    """A key file that cannot be used, or the wrong one; the message says why."""


def make_key(path: Path) -> str:
    """Write a new key, readable by its owner alone, and return its public half.

    Raises FileExistsError and other OSErrors.
    """
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w") as file:
        file.write(f"# public key: {public}\n{identity}\n")
        file.flush()
        os.fsync(number)
    return public


def read_public_keys(path: Path) -> list[pyrage.x25519.Recipient]:
    """Return whom a file of keys lets read: each public key, and each secret one. Raises BadKey."""
    lines = _lines(path)
    try:
        found = [
            pyrage.x25519.Identity.from_str(line).to_public()
            if line.startswith(SECRET)
            else pyrage.x25519.Recipient.from_str(line)
            for line in lines
        ]
    except (pyrage.IdentityError, pyrage.RecipientError) as error:
        raise BadKey(_no_key(path)) from error
    if not found:
        raise BadKey(_no_key(path))
    return found


def read_secret_keys(path: Path) -> list[pyrage.x25519.Identity]:
    """Return the secret keys of a file. Raises BadKey."""
    lines = [line for line in _lines(path) if line.startswith(SECRET)]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines]
    except pyrage.IdentityError as error:
        raise BadKey(_no_key(path)) from error
    if not found:
        message = f"{path} holds no secret key, which a restore needs."
        raise BadKey(message)
    return found


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        message = f"The key {path} cannot be read: {reason}."
        raise BadKey(message) from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _no_key(path: Path) -> str:
    return f"{path} is no key of age: {HOW}."


def is_encrypted(path: Path) -> bool:
    """Return whether a file is one of age. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


@contextmanager
def encrypted_into(target: IO[bytes], keys: Path | None) -> Iterator[IO[bytes]]:
    """Yield what to write to: the target itself, or what encrypts into it. Raises BadKey, OSError."""
    if keys is None:
        yield target
        return
    recipients = read_public_keys(keys)
    near, far = _pipe()
    with _beside(lambda: pyrage.encrypt_io(near, target, recipients), closing=near):
        try:
            yield far
        finally:
            with suppress(BrokenPipeError):
                far.close()


@contextmanager
def decrypted_from(source: IO[bytes], keys: Path) -> Iterator[IO[bytes]]:
    """Yield what to read from, decrypted. Raises BadKey, and OSError for a damaged file."""
    identities = read_secret_keys(keys)
    near, far = _pipe()
    try:
        with (
            _beside(lambda: pyrage.decrypt_io(source, far, identities), closing=far),
            near,
        ):
            yield near
    except pyrage.DecryptError as error:
        message = f"The backup cannot be opened with {keys}: {error}."
        raise BadKey(message) from error


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


@contextmanager
def _beside(run: Callable[[], object], *, closing: IO[bytes]) -> Iterator[None]:
    """Run something in a thread beside the block, and raise what it raised at the end.

    It is the reason for what the block fails with, such as a pipe that ended.
    """
    failures: list[Exception] = []

    def in_thread() -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 - raised again below
            failures.append(error)
        finally:
            with suppress(OSError):
                closing.close()

    thread = threading.Thread(target=in_thread, name="backup-encryption")
    thread.start()
    try:
        yield
    except Exception as error:
        thread.join()
        raise _reason(failures, error) from error
    except BaseException:
        thread.join()
        raise
    thread.join()
    if failures:
        raise _reason(failures, failures[0])


def _reason(failures: list[Exception], error: Exception) -> Exception:
    """Return why the work ended: what the library met, unless that is our own end of the pipe."""
    if not failures or "Broken pipe" in str(failures[0]):
        return error
    failure = failures[0]
    # The library hands on what the file raised as words alone.
    return OSError(str(failure)) if isinstance(failure, pyrage.EncryptError) else failure
