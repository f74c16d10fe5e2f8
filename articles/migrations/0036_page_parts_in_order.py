"""What feeds read of the stored parts stands before the long columns, where SQLite reaches it at once.

Rows may be deleted at any time, and a new release makes them again: so the table is made anew.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0035_translations_of_articles'),
    ]

    operations = [
        migrations.DeleteModel(name='PageParts'),
        migrations.CreateModel(
            name='PageParts',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='page_parts', serialize=False, to='articles.articleversion')),
                ('renderer', models.CharField(max_length=16, help_text='What made it: templates and code.')),
                ('key', models.CharField(max_length=32, help_text='What was true of its posts; see the code.')),
                ('feed_key', models.CharField(max_length=32, help_text='The same of what the feed says.')),
                ('claims', models.PositiveIntegerField(help_text='How many there are, for the ribbons.')),
                ('newest_correction', models.BigIntegerField(help_text='The newest note in it, 0 for none.')),
                ('changed_at', models.DateTimeField(help_text='The version, or the newest note on it.')),
                ('at', models.DateTimeField()),
                ('flags', models.JSONField(default=dict, help_text='{place: how}: flagged, published anyway.')),
                ('feed_sources', models.TextField(blank=True)),
                ('fates', models.JSONField(default=dict, help_text='{key: fate}: posts edited since or withdrawn.')),
                ('amended_sentences', models.JSONField(default=list, help_text='The sentences that the newest note is about.')),
                ('counts', models.TextField(blank=True)),
                ('amended', models.TextField(blank=True, help_text='The newest note, at the head.')),
                ('corrections', models.TextField(blank=True)),
                ('clearance', models.TextField(blank=True)),
                ('moved', models.TextField(blank=True)),
                ('provenance', models.TextField(blank=True)),
                ('data_of_sources', models.TextField(blank=True, help_text='Members of a NewsArticle in JSON: the posts that it rests on.')),
                ('data_of_corrections', models.TextField(blank=True, help_text='The same of its corrections.')),
            ],
        ),
    ]
