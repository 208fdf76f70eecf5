"""No position twice: a chain that forks is refused. In a migration of its own, as nobody may wait for the index."""

from django.db import migrations, models

BUILD = "CREATE UNIQUE INDEX CONCURRENTLY audit_position_once ON audit_entry (position)"
REVIEWED = "Built concurrently; positions are given out one after another by the trigger of 0003."


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_chain_at_commit")]

    operations = [
        migrations.RunSQL(BUILD, hints={"reviewed": REVIEWED}),
        migrations.RunSQL(
            "ALTER TABLE audit_entry ADD CONSTRAINT audit_position_once UNIQUE USING INDEX audit_position_once",
            hints={"reviewed": "Takes over the finished index: a catalogue change."},
            state_operations=[
                migrations.AddConstraint(
                    "entry", models.UniqueConstraint(fields=("position",), name="audit_position_once")
                )
            ],
        ),
    ]
