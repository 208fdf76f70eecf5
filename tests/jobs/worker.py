"""A worker process that knows the tests' jobs."""

import django

django.setup()

from django.core.management import call_command

import tests.jobs.tasks  # noqa: F401

call_command("work", concurrency=1)
