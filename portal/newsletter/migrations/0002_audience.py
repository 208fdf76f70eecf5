"""For whom a newsletter is written, who answers questions; an issue of which nothing was left when its time came."""

from django.db import migrations, models
from django.db.models import Q

AUDIENCES = [("alle", "everybody"), ("fachkraefte", "professionals")]
ADMISSIONS = [("offen", "everybody who confirms the address"), ("anfrage", "whom we admit, on request")]


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_initial")]

    operations = [
        migrations.AddField("issue", "called_off_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "newsletter",
            "audience",
            models.CharField(
                choices=AUDIENCES,
                db_default="alle",
                default="alle",
                max_length=12,
                verbose_name="for whom it is written",
            ),
        ),
        migrations.AddField(
            "newsletter",
            "contact",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Who answers questions, for example whoever coordinates a network: name and office.",
                max_length=120,
                verbose_name="contact",
            ),
        ),
        migrations.AddField(
            "newsletter",
            "contact_email",
            models.EmailField(
                blank=True,
                db_default="",
                default="",
                help_text="Answers to an issue go there. Empty: to the editors, like answers to all mails.",
                max_length=254,
                verbose_name="e-mail of the contact",
            ),
        ),
        migrations.AlterField(
            "newsletter",
            "admission",
            models.CharField(choices=ADMISSIONS, default="offen", max_length=8, verbose_name="who may read it"),
        ),
        migrations.AddConstraint(
            "newsletter",
            models.CheckConstraint(
                condition=Q(audience__in=[name for name, _label in AUDIENCES]), name="newsletter_audience_known"
            ),
        ),
    ]
