"""The entry for gunicorn: `gunicorn config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django = get_wsgi_application()

from portal.usage.served import record  # noqa: E402 (models: only after Django is set up)
from tenants.running.page_cache import PageCache  # noqa: E402 (the same)

application = PageCache(django, served=record)
