"""The secret key of a site that was given none."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def local_secret(folder: Path) -> str:
    """Return the secret key of a site on one machine, made once and kept in RUNTIME_DIR.

    Raises ImproperlyConfigured.
    """
    path = folder / "secret_key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            make_secret(path)
        secret = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"{path} is not text"
        message = f"RUNTIME_DIR {folder} cannot be used: {reason}."
        raise ImproperlyConfigured(message) from error
    if len(secret.strip()) < 50:
        message = f"{path} is empty or cut short. Delete it; the next start creates another."
        raise ImproperlyConfigured(message)
    return secret


def make_secret(path: Path) -> None:
    """Make the file of the secret key unless another process has. Raises OSError."""
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        with draft.open("w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        # Linked into place whole: two processes that start at once get the same key.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
