"""Menus, and answers for legal pages."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from tenants.running.changes import watch


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pages', '0005_german_order'),
        ('tenants', '0003_content_changed'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='changed')),
                ('slug', models.CharField(max_length=80, unique=True, verbose_name='page')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='answers')),
                ('written', models.CharField(blank=True, editable=False, max_length=64)),
                ('written_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'legal text',
                'verbose_name_plural': 'legal texts',
                'ordering': ('slug',),
            },
        ),
        migrations.CreateModel(
            name='MenuItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('header', 'Menu at the top'), ('footer', 'Menu at the bottom')], max_length=6, verbose_name='menu')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('kind', models.CharField(choices=[('page', 'a page'), ('offers', 'Offers (search)'), ('providers', 'Providers (list)'), ('letters', 'From A to Z'), ('news', 'News'), ('link', 'an address of your own'), ('heading', 'nothing: only a heading')], default='page', max_length=9, verbose_name='target')),
                ('label', models.CharField(blank=True, help_text='Leave empty for the name of the page. Short words fit best.', max_length=60, verbose_name='label')),
                ('link', models.CharField(blank=True, help_text='For example /ueber-uns/ or https://www.example.org/', max_length=500, validators=[django.core.validators.RegexValidator('^(/([^/\\\\]|$)|https?://|mailto:|tel:)[^\\s]*$', 'Please begin the link with / for a page of this portal, or with https://, tel: or mailto:.')], verbose_name='address')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='menu_items', to='pages.page', verbose_name='page')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='site.menuitem')),
            ],
            options={
                'verbose_name': 'menu entry',
                'verbose_name_plural': 'menu entries',
                'ordering': ('position', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('place__in', ['header', 'footer'])), name='site_menu_place_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['page', 'offers', 'providers', 'letters', 'news', 'link', 'heading'])), name='site_menu_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'page'), ('link', ''), ('page__isnull', False)), models.Q(('kind', 'link'), ('page__isnull', True), models.Q(('link', ''), _negated=True), models.Q(('label', ''), _negated=True)), models.Q(('kind', 'heading'), ('link', ''), ('page__isnull', True), models.Q(('label', ''), _negated=True)), models.Q(('kind__in', ['offers', 'providers', 'letters', 'news']), ('link', ''), ('page__isnull', True)), _connector='OR'), name='site_menu_target_given', violation_error_message='Please say where the entry leads to, and what it is called.'), models.CheckConstraint(condition=models.Q(('link', ''), ('link__regex', '^(/([^/\\\\]|$)|https?://|mailto:|tel:)[^\\s]*$'), _connector='OR'), name='site_menu_link_safe', violation_error_message='Please begin the link with /, https://, tel: or mailto:.')],
            },
        ),
        watch("site_menuitem"),
    ]
