import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('subject_id', models.BigIntegerField()),
                ('content', models.JSONField()),
                ('format', models.PositiveSmallIntegerField()),
                ('typed', models.JSONField(blank=True, default=dict)),
                ('state', models.CharField(choices=[('working', 'being written'), ('submitted', 'waiting for approval'), ('applied', 'taken over'), ('returned', 'returned with a reason'), ('withdrawn', 'withdrawn'), ('replaced', 'replaced by a newer one')], default='working', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('waits_for', models.CharField(blank=True, choices=[('', 'nobody'), ('provider', 'the administrators of the provider'), ('editors', 'the editors')], max_length=10)),
                ('marks', models.JSONField(blank=True, default=dict)),
                ('author_name', models.CharField(blank=True, max_length=254)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=254)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('informed', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='revisions.revision')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['kind', 'subject_id', '-settled_at', '-id'], name='revision_history'), models.Index(condition=models.Q(('state', 'submitted')), fields=['kind', 'waits_for', 'submitted_at'], name='revision_desk'), models.Index(condition=models.Q(('seen_at', None), ('state', 'returned')), fields=['kind', 'subject_id'], name='revision_returned'), models.Index(condition=models.Q(('informed', True), ('seen_at', None), ('state', 'applied')), fields=['settled_at'], name='revision_unseen')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'working')), fields=('kind', 'subject_id', 'author'), name='revision_one_working_each'), models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('kind', 'subject_id'), name='revision_one_waiting'), models.CheckConstraint(condition=models.Q(('state__in', ['working', 'submitted', 'applied', 'returned', 'withdrawn', 'replaced'])), name='revision_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), ('waits_for__in', ['provider', 'editors'])), models.Q(models.Q(('state', 'submitted'), _negated=True), ('waits_for', '')), _connector='OR'), name='revision_waits_for_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted', 'returned', 'withdrawn']), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='revision_submitted_has_date'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state__in', ['working', 'submitted'])), models.Q(models.Q(('state__in', ['working', 'submitted']), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='revision_settled_is_decided'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'working')), models.Q(models.Q(('state', 'working'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='revision_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='revision_returned_with_reason'), models.CheckConstraint(condition=models.Q(('informed', False), ('state', 'applied'), _connector='OR'), name='revision_informed_is_applied')],
            },
        ),
    ]
