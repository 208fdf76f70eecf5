"""Whether the pages of this container can serve: 0, or 1 with what /readyz says."""

import http.client
import sys

link = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
try:
    link.request("GET", "/readyz")
    answer = link.getresponse()
    said = answer.read(2000).decode()
except (OSError, http.client.HTTPException) as error:
    sys.exit(str(error))
sys.exit(None if answer.status == 200 else said)
