"""What the tests of poolers, replicas and full pools do in processes of their own (see tests/children.py)."""

import json
from typing import Any

from tests.children import python

LOAD = """
import json, threading
from concurrent.futures import ThreadPoolExecutor
from django.db import ProgrammingError, connection
from django.test.utils import override_settings
from portal.providers.models import Provider
from tenants.running.context import inside, inside_public
from tenants.models import Municipality

plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
files = {"BACKEND": "tenants.running.storage.MunicipalityStorage"}
disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
override_settings(STORAGES={"default": files, "platform": disk, "staticfiles": plain}).enable()

def _towns():
    with inside_public():
        return {each.slug: each for each in Municipality.objects.all()}

for _attempt in range(20):
    try:
        towns = _towns()
        break
    except ProgrammingError:
        # A pooler in transaction mode: the search path was somebody else's just now.
        continue
connection.close()

def _name(slug):
    with inside(towns[slug]):
        return Provider.objects.get(pk=1).name

def by_turns(threads, rounds, read=_name):
    slugs, barrier = sorted(towns), threading.Barrier(threads)
    def thread(number):
        barrier.wait()
        seen = []
        for turn in range(rounds):
            slug = slugs[(number + turn) % len(slugs)]
            try:
                seen.append((slug, read(slug)))
            except Exception as error:
                seen.append((slug, type(error).__name__))
            if turn % 3 == 0:
                connection.close()
        connection.close()
        return seen
    with ThreadPoolExecutor(threads) as pool:
        return [pair for part in pool.map(thread, range(threads)) for pair in part]

def answer(found):
    print("ANSWER " + json.dumps(found), flush=True)
"""


def ask(code: str, **variables: str) -> Any:
    """Run code in a process with these variables and return what it gave to `answer(…)`."""
    with python(LOAD + code, **variables) as child:
        said, _nothing = child.communicate(timeout=120)
    lines = [line for line in said.splitlines() if line.startswith("ANSWER ")]
    assert len(lines) == 1, said
    return json.loads(lines[0].removeprefix("ANSWER "))
