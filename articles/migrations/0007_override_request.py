from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_archive_batch")]

    operations = [
        migrations.RenameModel("Referral", "OverrideRequest"),
        migrations.AlterField(
            "overriderequest",
            "article",
            models.OneToOneField(
                on_delete=models.deletion.CASCADE,
                related_name="override_request",
                to="articles.article",
            ),
        ),
        migrations.RenameIndex(
            "overriderequest",
            new_name="override_request_oldest_first",
            old_name="referral_oldest_first",
        ),
    ]
