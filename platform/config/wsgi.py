"""The entry for gunicorn: `gunicorn config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django = get_wsgi_application()

# Needs the settings.
from tenants.page_cache import PageCache  # noqa: E402

application = PageCache(django)
