"""A short way to the few jobs that are not done."""

from django.db import migrations

# The queue keeps what is done for a week: hundreds of thousands of rows, of which the operator's pages want the rest.
# A build that was interrupted leaves an invalid index of that name.
MAKE = [
    "DROP INDEX CONCURRENTLY IF EXISTS public.jobs_not_done",
    "CREATE INDEX CONCURRENTLY jobs_not_done ON public.procrastinate_jobs (status, id) "
    "WHERE status IN ('todo', 'doing', 'failed')",
]
REVIEWED = "Built beside those who write; the code of the release before needs and breaks nothing of it."


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("jobs", "0002_failures")]

    operations = [
        migrations.RunSQL(MAKE, "DROP INDEX CONCURRENTLY IF EXISTS public.jobs_not_done", hints={"reviewed": REVIEWED}),
    ]
