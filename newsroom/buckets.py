"""Files in a bucket of S3, or of what speaks its protocol, in place of a folder.

Imported only where a setting names a bucket: the library takes 40 MB of a process.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import IO, Any

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage

from web.words import first_line

NOT_FOUND = {"404", "NoSuchKey"}
CONNECT_SECONDS = 2
# A picture that a reader waits for; who copies a backup is more patient.
PATIENCE = 5
ATTEMPTS = 2
_connecting = Lock()


class BucketFile(File):
    """An object to read from. Its size is known at once; its bytes are fetched when first read.

    In memory: a temporary file would need a disk, which web processes may not have.
    """

    def __init__(self, name: str, found: Any) -> None:
        self._found = found
        self._bytes: IO[bytes] | None = None
        super().__init__(None, name)
        self.size = found.content_length

    @property
    def file(self) -> IO[bytes]:
        if self._bytes is None:
            with as_os_error(self._found.bucket_name, self._found.key):
                self._bytes = BytesIO(self._found.get()["Body"].read())
        return self._bytes

    @file.setter
    def file(self, value: IO[Any] | None) -> None:
        self._bytes = value

    @property
    def closed(self) -> bool:
        return self._bytes is not None and self._bytes.closed

    def close(self) -> None:
        if self._bytes is not None:
            self._bytes.close()


@deconstructible
class Bucket(S3Storage):  # type: ignore[misc]  # untyped
    """A storage of Django whose faults are OSErrors, as those of a folder are.

    `patience` are the seconds that one answer may take. One file replaces another of its name,
    and nobody sees it before all of it is there.
    """

    def __init__(self, *, patience: float = PATIENCE, **options: Any) -> None:
        style = "path" if options.get("endpoint_url") else "auto"
        super().__init__(
            client_config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=patience,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                s3={"addressing_style": style},
            ),
            # One part after another: a web process has threads of its own.
            transfer_config=TransferConfig(use_threads=False),
            # Else a name that ends in .gz would be sent as a text that browsers unpack.
            object_parameters={"ContentType": "application/octet-stream"},
            **options,
        )

    def __str__(self) -> str:
        return "/".join(filter(None, (f"s3://{self.bucket_name}", self.location)))

    @property
    def connection(self) -> Any:
        # Each thread has its own, of one session: another would take 11 MB, and two at once fail.
        with _connecting:
            return super().connection

    def _create_session(self) -> Any:
        return session_of(self.access_key, self.secret_key)

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            message = "Files of a bucket are saved whole: use save()."
            raise ValueError(message)
        with as_os_error(self.bucket_name, name):
            return BucketFile(name, self.bucket.Object(self._normalize_name(name)))

    def _save(self, name: str, content: File) -> str:
        with as_os_error(self.bucket_name, name):
            saved: str = super()._save(name, content)
            return saved

    def delete(self, name: str) -> None:
        with as_os_error(self.bucket_name, name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with as_os_error(self.bucket_name, name):
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with as_os_error(self.bucket_name, name):
            return int(super().size(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with as_os_error(self.bucket_name, path):
            folders, files = super().listdir(path)
            return folders, files

    def fetch(self, name: str, target: Path) -> None:
        """Write a file of any size into a new file of this machine. Raises OSError."""
        with as_os_error(self.bucket_name, name), target.open("wb") as file:
            found = self.bucket.Object(self._normalize_name(name))
            found.download_fileobj(file, Config=self.transfer_config)


@cache
def session_of(access_key: str | None, secret_key: str | None) -> boto3.session.Session:
    return boto3.session.Session(access_key, secret_key)


@contextmanager
def as_os_error(bucket: str, name: str) -> Iterator[None]:
    """Turn what the library raises into FileNotFoundError, or an OSError that names the bucket."""
    try:
        yield
    except ClientError as error:
        told = error.response.get("Error", {})
        if told.get("Code") in NOT_FOUND:
            raise FileNotFoundError(errno.ENOENT, f"{name} is not in {bucket}", name) from error
        reason = told.get("Message") or told.get("Code") or error
        raise OSError(errno.EIO, f"the bucket {bucket} refuses: {reason}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(errno.EIO, f"the bucket {bucket}: {first_line(error)}") from error
