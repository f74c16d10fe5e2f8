"""Where pictures, backups and static files are kept, by the environment: folders, or buckets of S3."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from newsroom import env

BUCKET = "newsroom.buckets.Bucket"


def read_s3() -> dict[str, Any]:
    """Return how the buckets are reached, as options of a Bucket. Raises ImproperlyConfigured."""
    options = {
        "endpoint_url": env.text("S3_ENDPOINT").strip() or None,
        "region_name": env.text("S3_REGION").strip() or None,
        "access_key": env.secret("S3_ACCESS_KEY") or None,
        "secret_key": env.secret("S3_SECRET_KEY") or None,
    }
    if bool(options["access_key"]) != bool(options["secret_key"]):
        message = "Set both S3_ACCESS_KEY and S3_SECRET_KEY, or neither."
        raise ImproperlyConfigured(message)
    return options


def read_stores(*, s3: dict[str, Any], is_static_plain: bool) -> dict[str, dict[str, Any]]:
    """Return Django's STORAGES; "backups" is among them only where BACKUP_BUCKET names a bucket."""
    media = env.text("MEDIA_BUCKET").strip()
    backups = env.text("BACKUP_BUCKET").strip()
    stores: dict[str, dict[str, Any]] = {
        "default": bucket_store(media, s3) if media else {"BACKEND": "newsroom.storage.Media"},
        "staticfiles": {
            "BACKEND": (
                "django.contrib.staticfiles.storage.StaticFilesStorage"
                if is_static_plain
                else "newsroom.storage.Static"
            )
        },
    }
    if backups:
        stores["backups"] = bucket_store(backups, s3)
    return stores


def bucket_store(address: str, s3: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of STORAGES for BUCKET or BUCKET/FOLDER, with or without s3:// before it."""
    name, _, folder = address.removeprefix("s3://").strip("/").partition("/")
    return {"BACKEND": BUCKET, "OPTIONS": {**s3, "bucket_name": name, "location": folder}}
