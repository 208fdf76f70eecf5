import core.models
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('providers', '0002_watched'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MediaFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ImageField(unique=True, upload_to=core.models.upload_name)),
                ('alt_text', models.CharField(blank=True, max_length=300, verbose_name='description of the image')),
                ('copyright', models.CharField(blank=True, max_length=300, verbose_name='copyright')),
                ('permission', models.CharField(blank=True, help_text='Licence, or who allowed the picture to be used.', max_length=300, verbose_name='permission')),
                ('width', models.PositiveIntegerField(default=0, editable=False)),
                ('height', models.PositiveIntegerField(default=0, editable=False)),
                ('bytes', models.PositiveBigIntegerField(default=0, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('unused_since', models.DateTimeField(blank=True, editable=False, null=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='media_files', to='providers.provider')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'media file',
                'verbose_name_plural': 'media files',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(condition=models.Q(('unused_since__isnull', False)), fields=['unused_since'], name='media_unused')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('owner__isnull', False), models.Q(('sha256', ''), _negated=True)), fields=('owner', 'sha256'), name='media_file_once_per_owner')],
            },
        ),
    ]
