"""Take the granted role PROVIDER away: memberships say it, and no code reads it here any more."""

from django.db import migrations

REVIEWED = (
    "Locks the few rows of a town's accounts for a moment. The code of the release before showed these people one "
    "heading on /konto/ and opened nothing for the role; its constraint still allows it to write it."
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "UPDATE accounts_user SET roles = array_remove(roles, 'provider') WHERE 'provider' = ANY(roles)",
            migrations.RunSQL.noop,
            hints={"reviewed": REVIEWED},
        ),
    ]
