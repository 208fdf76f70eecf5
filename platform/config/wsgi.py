"""The entry for gunicorn: `gunicorn config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django = get_wsgi_application()

from core.garbage import SetsAside  # noqa: E402 (after Django is set up)
from german.warming import warm  # noqa: E402 (after Django is set up)
from portal.usage.served import record  # noqa: E402 (models: only after Django is set up)
from tenants.running.answers import MeasuringApplication  # noqa: E402 (models: only after Django is set up)
from tenants.running.page_cache import PageCache  # noqa: E402 (after Django is set up)

application = SetsAside(MeasuringApplication(PageCache(django, served=record)))

# Before the first request: its search would wait for it.
warm()
