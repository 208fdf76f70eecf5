"""Applications of municipalities, templates for new portals, the papers of the contract and who accepted them."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import tenants.names
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenants', '0016_wished_domains'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferedTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=63, unique=True, verbose_name='short name')),
                ('label', models.CharField(max_length=120, verbose_name='name')),
            ],
            options={
                'verbose_name': 'template for new portals',
                'verbose_name_plural': 'templates for new portals',
                'ordering': ('label', 'slug'),
            },
        ),
        migrations.CreateModel(
            name='PaperVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('avv', 'Data-processing agreement'), ('tom', 'Technical and organisational measures')], max_length=10, verbose_name='paper')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('text', models.TextField(help_text='Markdown', verbose_name='text')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                ('published_by', models.CharField(max_length=254, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'version of a paper',
                'verbose_name_plural': 'versions of papers',
                'ordering': ('kind', '-number'),
                'constraints': [models.UniqueConstraint(fields=('kind', 'number'), name='paper_version_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['avv', 'tom'])), name='contract_paper_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name of the municipality')),
                ('federal_state', models.CharField(choices=[('BW', 'Baden-Württemberg'), ('BY', 'Bayern'), ('BE', 'Berlin'), ('BB', 'Brandenburg'), ('HB', 'Bremen'), ('HH', 'Hamburg'), ('HE', 'Hessen'), ('MV', 'Mecklenburg-Vorpommern'), ('NI', 'Niedersachsen'), ('NW', 'Nordrhein-Westfalen'), ('RP', 'Rheinland-Pfalz'), ('SL', 'Saarland'), ('SN', 'Sachsen'), ('ST', 'Sachsen-Anhalt'), ('SH', 'Schleswig-Holstein'), ('TH', 'Thüringen')], max_length=2, verbose_name='federal state')),
                ('official_key', models.CharField(blank=True, help_text='Amtlicher Gemeindeschlüssel (8 digits) or Regionalschlüssel (12 digits), if you know it.', max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{5}|\\d{8}|\\d{12})$', 'The official key has 5, 8 or 12 digits.')], verbose_name='official key')),
                ('person', models.CharField(max_length=200, verbose_name='contact person')),
                ('office', models.CharField(blank=True, max_length=200, verbose_name='office')),
                ('email', models.EmailField(help_text='It gets the link to confirm, and the first access.', max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='telephone')),
                ('slug', models.CharField(max_length=63, validators=[tenants.names.validate_slug], verbose_name='short name')),
                ('template', models.CharField(blank=True, max_length=63, verbose_name='begin with')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='what else we should know')),
                ('state', models.CharField(choices=[('new', 'address not confirmed'), ('confirmed', 'to be decided'), ('refused', 'refused'), ('accepted', 'the portal is being made'), ('failed', 'the portal could not be made'), ('made', 'being set up'), ('live', 'live')], default='new', max_length=10, verbose_name='state')),
                ('applied_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='applied')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('decided_by', models.CharField(blank=True, max_length=254, verbose_name='decided by')),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='portal made')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='error')),
                ('live_at', models.DateTimeField(blank=True, null=True, verbose_name='live since')),
                ('checklist', models.JSONField(blank=True, default=list, verbose_name='checklist')),
                ('looked_at', models.DateTimeField(blank=True, null=True, verbose_name='looked at')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                ('municipality', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='application', to='tenants.municipality')),
            ],
            options={
                'verbose_name': 'application',
                'verbose_name_plural': 'applications',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['new', 'confirmed', 'refused', 'accepted', 'failed', 'made', 'live'])), name='application_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='application_refused_with_reason'), models.UniqueConstraint(condition=models.Q(('state__in', ['accepted', 'made', 'live'])), fields=('slug',), name='application_slug_once')],
            },
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=63, verbose_name='short name')),
                ('municipality_name', models.CharField(max_length=200, verbose_name='municipality')),
                ('person', models.CharField(max_length=200, verbose_name='who')),
                ('office', models.CharField(max_length=200, verbose_name='office')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('accepted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='accepted')),
                ('pdf', models.BinaryField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='checksum')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='acceptances', to='tenants.municipality')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='onboarding.paperversion')),
            ],
            options={
                'verbose_name': 'acceptance of a paper',
                'verbose_name_plural': 'acceptances of papers',
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(fields=("paper", "municipality"), name='paper_accepted_once')],
            },
        ),
    ]
