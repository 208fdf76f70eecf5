"""What went wrong with a job the last time it failed."""

from django.db import migrations, models


class Migration(migrations.Migration):
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
    ]
