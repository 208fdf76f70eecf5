"""A worker process that knows the tests' jobs."""

import django

django.setup()

import tests.jobs.tasks  # noqa: E402, F401
from django.core.management import call_command  # noqa: E402

call_command("work", concurrency=1)
