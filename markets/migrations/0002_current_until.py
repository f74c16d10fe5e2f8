from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("markets", "0001_initial")]

    operations = [
        migrations.RenameField("quote", "stands_until", "current_until"),
    ]
