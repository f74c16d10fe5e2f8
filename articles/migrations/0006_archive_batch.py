from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_second_person")]

    operations = [
        migrations.RenameModel("Stretch", "ArchiveBatch"),
        migrations.AlterField(
            "archivebatch",
            "run",
            models.ForeignKey(
                on_delete=models.deletion.CASCADE,
                related_name="batches",
                to="articles.archiverun",
            ),
        ),
    ]
