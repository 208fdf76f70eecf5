"""The file of a paper as a download; who may have it was asked before."""

from django.http import Http404
from django.http.response import HttpResponseBase

from core.text import slug_of
from portal.printing.models import Paper
from tenants.running.handing_out import handed_out


def pdf_of(paper: Paper, *, fallback: str) -> HttpResponseBase:
    """The PDF under the paper's title; `fallback` names one whose title has no letters for a file. Http404 where there
    is none."""
    if not paper.file:
        raise Http404
    name = f"{slug_of(paper.title, fallback=fallback)}.pdf"
    answer = handed_out(paper.file, name=name, content_type="application/pdf")
    answer["X-Robots-Tag"] = "noindex"
    return answer
