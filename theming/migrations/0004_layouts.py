"""Layouts of head and foot, links below the pages, a picture beside shared links."""

from django.db import migrations, models

import core.models


class Migration(migrations.Migration):
    dependencies = [
        ("theming", "0003_german_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="footer_layout",
            field=models.CharField(
                choices=[
                    ("spalten", "columns on a dark ground"),
                    ("hell", "columns on a light ground"),
                    ("schmal", "short, in lines, on a dark ground"),
                ],
                db_default="spalten",
                default="spalten",
                max_length=10,
                verbose_name="foot of the pages",
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="footer_links",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                verbose_name="links at the end of each page",
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="header_layout",
            field=models.CharField(
                choices=[
                    ("neben", "name and menu side by side"),
                    ("unter", "menu in a line of its own below the name"),
                    ("mitte", "everything in the middle"),
                ],
                db_default="neben",
                default="neben",
                max_length=10,
                verbose_name="head of the pages",
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="social_image",
            field=models.ImageField(
                blank=True,
                db_default="",
                height_field="social_image_height",
                help_text="Shown where somebody shares the portal. Without one, a picture in your colours is drawn.",
                upload_to=core.models.upload_name,
                verbose_name="picture beside shared links",
                width_field="social_image_width",
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="social_image_alt",
            field=models.CharField(
                blank=True, db_default="", max_length=200, verbose_name="description of the picture beside shared links"
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="social_image_height",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="theme",
            name="social_image_width",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
    ]
