"""The platform as a web process of the tests: without collected files, and it says which process answered."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.test.utils import override_settings

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN}).enable()

from config.wsgi import application as platform


def application(environ, start_response):
    def said(status, headers, *more):
        return start_response(status, [*headers, ("X-Cell", f"{os.environ.get('CELL', '')}:{os.getpid()}")], *more)

    return platform(environ, said)
