"""The entry for gunicorn: `gunicorn config.wsgi:application`."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What gunicorn takes for "this will not start, do not try again".
_BOOT_ERROR = 3
try:
    settings.SECRET_KEY  # noqa: B018 - reading it is the point
except ImproperlyConfigured as error:
    print(f"The service does not start: {error}", file=sys.stderr)  # noqa: T201 - there is no log without settings
    sys.exit(_BOOT_ERROR)

django = get_wsgi_application()

from core.garbage import SetsAside  # noqa: E402 (after Django is set up)
from german.warming import warm  # noqa: E402 (after Django is set up)
from portal.usage.served import record  # noqa: E402 (models: only after Django is set up)
from tenants.running.answers import MeasuringApplication  # noqa: E402 (models: only after Django is set up)
from tenants.running.page_cache import PageCache  # noqa: E402 (after Django is set up)

application = SetsAside(MeasuringApplication(PageCache(django, served=record)))

# Before the first request: its search would wait for it.
warm()
