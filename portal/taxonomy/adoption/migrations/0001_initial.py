"""What a municipality took of the shared catalogue; every process hears when it changes."""
from django.db import migrations, models

from tenants.running.changes import watch


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Adopted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('object_id', models.BigIntegerField(blank=True, null=True, verbose_name='row')),
                ('base', models.JSONField(default=dict, verbose_name='as it was taken')),
            ],
            options={
                'verbose_name': 'adopted entry',
                'verbose_name_plural': 'adopted entries',
                'ordering': ('code',),
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='adopted_one_entry_a_row', violation_error_message='This is linked to another entry already.'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('kind', ''), _negated=True)), name='adopted_code_given')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('code', models.CharField(max_length=10, verbose_name='code')),
                ('object_id', models.BigIntegerField(verbose_name='row')),
                ('why', models.CharField(choices=[('name', 'the same name'), ('synonym', 'another word for it')], max_length=10, verbose_name='why')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refused')),
            ],
            options={
                'verbose_name': 'proposed link',
                'verbose_name_plural': 'proposed links',
                'ordering': ('kind', 'code', 'id'),
                'constraints': [models.UniqueConstraint(fields=('code', 'object_id'), name='proposal_once'), models.CheckConstraint(condition=models.Q(('why__in', ['name', 'synonym'])), name='proposal_why_known')],
            },
        ),
        migrations.CreateModel(
            name='State',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='release taken')),
                ('put_off', models.PositiveIntegerField(default=0, verbose_name='release put off')),
                ('waiting', models.PositiveIntegerField(default=0, verbose_name='differences')),
                ('waiting_since', models.DateTimeField(blank=True, null=True, verbose_name='waiting since')),
            ],
            options={
                'verbose_name': 'state of the shared catalogue',
                'verbose_name_plural': 'state of the shared catalogue',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='adoption_one_row'), models.CheckConstraint(condition=models.Q(models.Q(('waiting', 0), ('waiting_since', None)), models.Q(('waiting__gt', 0), ('waiting_since__isnull', False)), _connector='OR'), name='adoption_waits_since')],
            },
        ),
        migrations.CreateModel(
            name='Taking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='taken')),
                ('release_before', models.PositiveIntegerField(default=0)),
                ('release_after', models.PositiveIntegerField(default=0)),
                ('changes', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'taking over',
                'verbose_name_plural': 'takings over',
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('undone_at', None), ('undone_at__gte', models.F('at')), _connector='OR'), name='taking_undone_later')],
            },
        ),
        watch("adoption_adopted"),
    ]
