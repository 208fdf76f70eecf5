"""Every account there is has a proved address: whoever made it vouched for it, its owner signed in with it since."""

from django.db import migrations

REVIEWED = (
    "Adds a few rows to a table the release before hardly reads and locks nothing. Whom the release before makes "
    "meanwhile gets no row: at the first sign-in allauth makes one and mails a link to prove the address."
)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0002_no_granted_provider"),
    ]

    operations = [
        migrations.RunSQL(
            'INSERT INTO account_emailaddress (user_id, email, verified, "primary") '
            "SELECT id, email, true, true FROM accounts_user "
            # allauth noted an address, unproved, whenever somebody asked for a new password.
            'ON CONFLICT (user_id, email) DO UPDATE SET verified = true, "primary" = true',
            migrations.RunSQL.noop,
            hints={"reviewed": REVIEWED},
        ),
    ]
