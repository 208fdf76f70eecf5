"""Back to the page a button was pressed on, as a form says it (`zurueck`); only to pages of the town hall."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "zurueck"
TOWN_HALL = "/redaktion/"


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address that was sent; `otherwise` where it leads anywhere else."""
    asked = request.POST.get(FIELD, "")
    ours = asked.startswith(TOWN_HALL) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise
