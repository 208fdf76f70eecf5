"""Tables in the other formats, made by hand: no library of ours writes them."""

import zipfile
from html import escape
from io import BytesIO
from typing import Any

from portal.exchange.excel.columns import COLUMNS

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"
# As LibreOffice ends a sheet: a million empty rows.
END = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def lines(*rows: dict[str, Any]) -> list[list[Any]]:
    """Headings and rows as cells."""
    return [[column.heading for column in COLUMNS], *([row.get(column.key, "") for column in COLUMNS] for row in rows)]


def csv_of(*rows: dict[str, Any], separator: str = ";", end: str = "\r\n") -> str:
    """A table as text, every cell in quotation marks."""
    told = [separator.join('"' + str(cell).replace('"', '""') + '"' for cell in line) for line in lines(*rows)]
    return end.join(told) + end


def _cell(value: Any) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if hasattr(value, "year"):
        return f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}"/>'
    if hasattr(value, "hour"):
        return f'<table:table-cell office:value-type="time" office:time-value="PT{value:%H}H{value:%M}M00S"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def ods_of(*rows: dict[str, Any], tail: str = END, manifest: str = "") -> bytes:
    """A table of LibreOffice."""
    body = "".join(f"<table:table-row>{''.join(map(_cell, line))}</table:table-row>" for line in lines(*rows))
    return packed(f'<table:table table:name="Tabelle1">{body}{tail}</table:table>', manifest=manifest)


def packed(tables: str, *, manifest: str = "") -> bytes:
    """The archive around sheets."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {NAMES}><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()
