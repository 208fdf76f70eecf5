"""Importing this makes every app's `tasks.py` known to the queue: only a worker needs that.

Whoever defers a job imports it from where it is declared; a command that declares nothing pays for nothing.
"""

from django.utils.module_loading import autodiscover_modules

autodiscover_modules("tasks")
