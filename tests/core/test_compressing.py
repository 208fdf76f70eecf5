"""Texts are packed on their way; what is packed already keeps its bytes and its length."""

import io

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from core.compressing import CompressMiddleware

CONTENT = b"immer dasselbe " * 1000
TEXTS = [
    "text/html; charset=utf-8",
    "text/csv; charset=utf-8",
    "text/calendar; charset=utf-8",
    "application/json",
    "application/problem+json",
    "application/vnd.oai.openapi+json;version=3.1",
    "application/jsonl; charset=utf-8",
    "application/x-ndjson; charset=utf-8",
    "application/atom+xml; charset=utf-8",
    "application/xml; charset=utf-8",
    "image/svg+xml",
]
PACKED = [
    "application/zip",
    "application/pdf",
    "application/gzip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
    "image/webp",
    "image/png",
    "font/woff2",
]


def _answered(response):
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    return CompressMiddleware(lambda _request: response)(request)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_is_packed(kind):
    answer = _answered(HttpResponse(CONTENT, content_type=kind))
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(CONTENT) / 10


@pytest.mark.parametrize("kind", PACKED)
def test_what_is_packed_already_is_sent_as_it_is(kind):
    answer = _answered(HttpResponse(CONTENT, content_type=kind))
    assert not answer.has_header("Content-Encoding")
    assert answer.content == CONTENT


def test_a_file_to_keep_says_its_length():
    answer = _answered(FileResponse(io.BytesIO(CONTENT), as_attachment=True, filename="export.zip"))
    assert not answer.has_header("Content-Encoding")
    assert answer["Content-Length"] == str(len(CONTENT))
    assert b"".join(answer) == CONTENT
