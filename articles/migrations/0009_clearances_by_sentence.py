"""Clearances get a second fingerprint, without the sentence that the first one has from now on.

Which sentence an older one covers takes the checks to say: publishing.tie_clearances does it after
the last migration. Backwards, the second fingerprint becomes the only one again, so that what is
cleared stays cleared, if of several sentences with the same fault in all of them.
"""

import logging

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

logger = logging.getLogger(__name__)


def drop_overrides_of_size(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Delete the overrides of text that nobody can have checked."""
    overrides = apps.get_model("articles", "Override").objects.using(
        schema_editor.connection.alias
    )
    count, _ = overrides.filter(code="too-large").delete()
    if count:
        logger.warning("Overrides of text that is too large to be checked were dropped: %s", count)


def leave_sentences_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Return to fingerprints without a sentence; of several alike the newest row stays."""
    for name in ("Acknowledgement", "Override"):
        rows = apps.get_model("articles", name).objects.using(schema_editor.connection.alias)
        seen = set()
        for row in rows.exclude(evidence_fingerprint="").order_by("-at", "-pk"):
            key = row.article_id, row.evidence_fingerprint
            if key in seen:
                row.delete()
                continue
            seen.add(key)
            same = rows.filter(article=row.article_id, fingerprint=row.evidence_fingerprint)
            same.exclude(pk=row.pk).delete()
            rows.filter(pk=row.pk).update(fingerprint=row.evidence_fingerprint)


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_plain_words")]

    operations = [
        migrations.AddField(
            "acknowledgement",
            "evidence_fingerprint",
            models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            "override",
            "evidence_fingerprint",
            models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.RunPython(drop_overrides_of_size, leave_sentences_out),
        migrations.AddConstraint(
            "override",
            models.CheckConstraint(
                condition=~models.Q(code="too-large"),
                name="text_that_is_too_large_is_not_overridden",
            ),
        ),
    ]
