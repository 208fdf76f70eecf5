"""What went wrong with a job the last time it failed; and a short way to the few jobs that are not done."""

from django.db import migrations, models

# The queue keeps what is done for a week: hundreds of thousands of rows, of which the operator's pages want the rest.
MAKE = (
    "CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_not_done ON procrastinate_jobs (status, id) "
    "WHERE status IN ('todo', 'doing', 'failed')"
)
REVIEWED = "Built concurrently; the code of the release before needs and breaks nothing of it."


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("jobs", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.CreateModel(
            name="Failure",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number of the job")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("error", models.CharField(max_length=300, verbose_name="what went wrong")),
            ],
            options={
                "verbose_name": "failure of a job",
                "verbose_name_plural": "failures of jobs",
            },
        ),
        migrations.CreateModel(
            name="QueuedJob",
            fields=[],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("procrastinate.procrastinatejob",),
        ),
        migrations.RunSQL(MAKE, "DROP INDEX IF EXISTS jobs_not_done", hints={"reviewed": REVIEWED}),
    ]
