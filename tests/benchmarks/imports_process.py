"""The worker that `imports` measures: `python -m tests.benchmarks.imports_process UPLOAD`."""

import json
import os
import resource
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from portal.imports import beginning, tasks
from portal.imports.models import Upload
from tenants.running.context import inside
from tests.conftest import municipality


def main(pk: int) -> None:
    """Look, mark, take, and say what each took."""
    found = {}
    with inside(municipality("ahausen")):
        for name, job in (("looking", tasks.read_table), ("marking", tasks.mark_table), ("taking", tasks.take_table)):
            upload = Upload.objects.get(pk=pk)
            if name == "taking" and upload.by is not None:
                beginning.begin(upload, by=upload.by, hand_in=False, fill=Upload.Fill.NOTHING)
            began, used = time.monotonic(), time.process_time()
            job(upload=pk)
            found[name], found[f"{name}_cpu"] = time.monotonic() - began, time.process_time() - used
        upload = Upload.objects.get(pk=pk)
        found["written"] = upload.created + upload.updated
    found["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(found))


main(int(sys.argv[1]))
