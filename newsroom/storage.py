"""Files that appear whole or not at all, however a process or a disk ends."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Scripts of others keep their comments, which name their licences.
OUR_SCRIPTS = ("js/", "desk/js/")


class WholeFiles:
    """Write to a temporary name in the same folder, then rename: for a FileSystemStorage.

    The stock storage writes in place, so a full disk leaves a short file under the final name,
    which others serve and later uploads take for the picture. S3 has no such state: there an
    object appears when all of it has arrived.
    """

    def _save(self, name: str, content: File) -> str:
        """Return the name. A file of that name is replaced; raises OSError, leaving nothing behind."""
        draft = f"{name}.{secrets.token_hex(8)}.part"
        path, draft_path = Path(self.path(name)), Path(self.path(draft))  # type: ignore[attr-defined]
        try:
            super()._save(draft, content)  # type: ignore[misc]
            flush(draft_path)
            draft_path.replace(path)
        finally:
            draft_path.unlink(missing_ok=True)
        # The rename itself outlives a power cut only once its folder is written.
        flush(path.parent)
        return name


class Media(WholeFiles, FileSystemStorage):
    """Pictures. Their names are their hashes, so to save one again repairs it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_overwrite": True} | options)


class Static(WholeFiles, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Collected static files: a short one under a hashed name would be served for ever.

    Anybody on the machine may read them, in particular nginx; all else is private (settings.py).
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"directory_permissions_mode": 0o755} | options)
        self._addresses: dict[str, str] = {}
        self._manifest_of_addresses: dict[str, str] | None = None

    def _save(self, name: str, content: File) -> str:
        is_ours = name.startswith(OUR_SCRIPTS) and name.endswith(".js")
        return super()._save(name, minified(content) if is_ours else content)

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002  # Django's own
        """Return the address of a file. While the manifest is the same, so are they."""
        if force or settings.DEBUG:
            return str(super().url(name, force))
        if self._manifest_of_addresses is not self.hashed_files:
            self._addresses, self._manifest_of_addresses = {}, self.hashed_files
        known = self._addresses.get(name)
        if known is None:
            known = self._addresses[name] = str(super().url(name))
        return known

    def post_process(self, *args: Any, **options: Any) -> Iterator[Any]:
        # The compressed copies are written without a word about their permissions.
        before = os.umask(0o022)
        try:
            yield from super().post_process(*args, **options)
        finally:
            os.umask(before)


def minified(script: File) -> ContentFile:
    """Return a script of ours without its comments and spaces, a fifth less than it weighs."""
    # From the start, wherever somebody has read it to.
    return ContentFile(jsmin(b"".join(script.chunks())))


def flush(path: Path) -> None:
    """Have the kernel write a file, or the names in a folder, to the disk. Raises OSError."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
