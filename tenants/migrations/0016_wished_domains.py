"""Wished host names, and what is seen of certificates. Whatever is a Domain already counts as verified."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import tenants.claims
import tenants.names


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0015_health"),
    ]

    operations = [
        migrations.CreateModel(
            name="HostCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("not_after", models.DateTimeField(blank=True, null=True, verbose_name="valid until")),
                ("issuer", models.CharField(blank=True, max_length=300, verbose_name="issued by")),
                ("trouble", models.CharField(blank=True, max_length=300, verbose_name="trouble")),
                ("seen_at", models.DateTimeField(verbose_name="looked at")),
                (
                    "domain",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificate",
                        to="tenants.domain",
                        verbose_name="host name",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate of a host name",
                "verbose_name_plural": "certificates of host names",
                "ordering": ("not_after", "pk"),
            },
        ),
        migrations.CreateModel(
            name="DomainClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "domain",
                    models.CharField(
                        max_length=253, validators=[tenants.names.validate_host], verbose_name="host name"
                    ),
                ),
                ("token", models.CharField(default=tenants.claims.new_token, max_length=40, verbose_name="token")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unverified", "not verified"),
                            ("elsewhere", "points elsewhere"),
                            ("silent", "does not answer"),
                            ("ring", "leads in a ring"),
                            ("verified", "verified"),
                        ],
                        default="unverified",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("found", models.JSONField(default=dict, verbose_name="found")),
                ("wished_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="wished for")),
                ("wished_by", models.CharField(max_length=254, verbose_name="who")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="verified")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="tenants.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "wished host name",
                "verbose_name_plural": "wished host names",
                "ordering": ("domain", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "domain"), name="claim_once_per_municipality"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "verified")), fields=("domain",), name="claim_verified_by_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["unverified", "elsewhere", "silent", "ring", "verified"])),
                        name="claim_state_known",
                    ),
                ],
            },
        ),
    ]
