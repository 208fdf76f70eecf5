"""Which terms of use somebody accepted, and the municipality's own service for signing in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="terms_version",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="version of the terms of use"),
        ),
        migrations.CreateModel(
            name="IdentityProvider",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("enabled", models.BooleanField(default=False, verbose_name="in use")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name on the button")),
                (
                    "issuer",
                    models.URLField(
                        blank=True,
                        help_text="Below it lies /.well-known/openid-configuration. It begins with https.",
                        verbose_name="address of the service (issuer)",
                    ),
                ),
                ("client_id", models.CharField(blank=True, max_length=200, verbose_name="client id")),
                ("sealed_secret", models.TextField(blank=True, editable=False)),
                (
                    "new_accounts",
                    models.BooleanField(
                        default=False,
                        help_text="They have no role and belong to no provider until somebody gives them one.",
                        verbose_name="make accounts for people nobody knows here",
                    ),
                ),
                (
                    "second_factor",
                    models.BooleanField(
                        default=False,
                        help_text="Then we do not ask for another one.",
                        verbose_name="the service asks for a second factor itself",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-in service",
                "verbose_name_plural": "sign-in services",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="identity_provider_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("enabled", False),
                            models.Q(
                                models.Q(("issuer", ""), _negated=True), models.Q(("client_id", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="identity_provider_complete",
                        violation_error_message="Please give address and client id before you switch the service on.",
                    ),
                ],
            },
        ),
    ]
