"""News of the municipality."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

from tenants.running.changes import watch


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenants', '0003_content_changed'),
        ('media', '0003_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='changed')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('day', models.DateField(default=django.utils.timezone.localdate, help_text='Shown from this day on; a later one schedules it.', verbose_name='day')),
                ('text', models.TextField(help_text='A few sentences. An empty line makes a paragraph.', max_length=3000, verbose_name='text')),
                ('link', models.CharField(blank=True, help_text='For example /angebote/?q=ferien or https://www.example.org/', max_length=500, verbose_name='link')),
                ('link_label', models.CharField(blank=True, max_length=80, verbose_name='text of the link')),
                ('released', models.BooleanField(default=False, verbose_name='public')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.mediafile', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'news item',
                'verbose_name_plural': 'news',
                'ordering': ('-day', '-id'),
                'indexes': [models.Index(fields=['-day', '-id'], name='news_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='news_title_given'), models.CheckConstraint(condition=models.Q(('link', ''), ('link__regex', '^(/([^/\\\\]|$)|https?://)[^\\s]*$'), _connector='OR'), name='news_link_safe', violation_error_message='Please begin the link with / for a page of this portal, or with https://.'), models.CheckConstraint(condition=models.Q(models.Q(('link', ''), ('link_label', '')), models.Q(models.Q(('link', ''), _negated=True), models.Q(('link_label', ''), _negated=True)), _connector='OR'), name='news_link_complete', violation_error_message='A link needs both its address and its text.')],
            },
        ),
        watch("news_newsitem"),
    ]
