"""Details of offers that only one municipality has."""

import core.ordering
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from tenants.running.changes import watch


class Migration(migrations.Migration):

    initial = True

    dependencies = [("tenants", "0003_content_changed")]

    operations = [
        migrations.CreateModel(
            name='ExtraField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text="As it stands on the offer's page.", max_length=80, verbose_name='name')),
                ('question', models.CharField(blank=True, help_text='Empty: the name is the question.', max_length=200, verbose_name='question in the form')),
                ('help_text', models.CharField(blank=True, help_text='One sentence below the question.', max_length=300, verbose_name='help')),
                ('kind', models.CharField(choices=[('text', 'text'), ('choice', 'choice from a list'), ('yes_no', 'yes or no')], default='text', max_length=8, verbose_name='kind of answer')),
                ('several', models.BooleanField(default=False, verbose_name='several answers can be chosen')),
                ('use', models.CharField(choices=[('shown', "shown on the offer's page"), ('filter', 'shown, and a filter of the search'), ('internal', 'internal: only the editorial team sees and fills it in')], default='shown', max_length=8, verbose_name='who sees it')),
                ('position', models.PositiveIntegerField(default=0)),
                ('retired', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'own detail of offers',
                'verbose_name_plural': 'own details of offers',
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('name',), name='extra_field_name_unique', violation_error_message='There is already a detail of this name.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='extra_field_name_given'), models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'choice', 'yes_no'])), name='extra_field_kind_known'), models.CheckConstraint(condition=models.Q(('use__in', ['shown', 'filter', 'internal'])), name='extra_field_use_known'), models.CheckConstraint(condition=models.Q(('several', False), ('kind', 'choice'), _connector='OR'), name='extra_field_several_of_choices'), models.CheckConstraint(condition=models.Q(('kind', 'text'), ('use', 'filter'), _negated=True), name='extra_field_text_no_filter', violation_error_message='A text cannot be a filter: everybody writes it differently. Choose a list or yes and no.')],
            },
        ),
        migrations.CreateModel(
            name='OfferForm',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('left_out', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
            ],
            options={
                'verbose_name': 'form of an offer',
                'verbose_name_plural': 'form of an offer',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='offer_form_one_row')],
            },
        ),
        migrations.CreateModel(
            name='ExtraChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='answer')),
                ('position', models.PositiveIntegerField(default=0)),
                ('retired', models.BooleanField(default=False)),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='offerfields.extrafield')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ('position', core.ordering.ByName('name'), 'id'),
                'constraints': [models.UniqueConstraint(fields=('field', 'name'), name='extra_choice_name_unique'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='extra_choice_name_given')],
            },
        ),
        watch("offerfields_extrafield", "offerfields_extrachoice", "offerfields_offerform"),
    ]
