"""Never two rollouts at once: at most one of them waits for its turn or is under way."""

from django.db import migrations, models

MAKE = [
    "DROP INDEX CONCURRENTLY IF EXISTS public.rollout_one_open",
    "CREATE UNIQUE INDEX CONCURRENTLY rollout_one_open ON public.tenants_rollout (ended_at) NULLS NOT DISTINCT "
    "WHERE state IN ('waiting', 'running')",
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tenants", "0013_rollout_states_checked")]

    operations = [
        migrations.RunSQL(
            MAKE,
            "DROP INDEX CONCURRENTLY IF EXISTS public.rollout_one_open",
            hints={
                "reviewed": "Built beside those who write; the release before makes a rollout only after it has noted "
                "every running one as ended, under a lock."
            },
            state_operations=[
                migrations.AddConstraint(
                    "rollout",
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("ended_at",),
                        name="rollout_one_open",
                        nulls_distinct=False,
                        violation_error_message="A rollout is under way already.",
                    ),
                )
            ],
        )
    ]
