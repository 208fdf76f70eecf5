"""What a browser without scripts knows of a page's forms: where each is sent, its fields, and those one types into."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

Given = dict[str, str | None]
_TYPED = {"text", "search", "url", "email", "tel"}
_NOT_SENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """`texts` are names of fields one types words into; `fields` is what is sent where nothing is changed."""

    action: str
    method: str
    identity: str | None
    fields: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, []
        self._elsewhere: list[tuple[str, str, Given]] = []
        self._inside: Form | None = None
        self._area: tuple[Form, str, list[str]] | None = None
        self._select: tuple[Form | None, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            action = urljoin(self.page, given.get("action") or "")
            self._inside = Form(action, (given.get("method") or "get").lower(), given.get("id"))
            self.found.append(self._inside)
            return
        owner = self._owner(given.get("form"))
        if "disabled" in given or (owner is None and tag != "option"):
            return
        name = given.get("name") or ""
        if tag in {"input", "button"}:
            self._input(tag, owner, name, given)
        elif tag == "textarea":
            self._area = (owner, name, [])
        elif tag == "select":
            self._select = (owner, name)
        elif tag == "option" and self._select:
            owner, name = self._select
            if "selected" in given or name not in owner.fields:
                owner.fields[name] = [given.get("value") or ""]

    def _owner(self, identity: str | None) -> Form | None:
        if identity is None:
            return self._inside
        return next((form for form in self.found if form.identity == identity), None)

    def _input(self, tag: str, owner: Form, name: str, given: Given) -> None:
        kind = (given.get("type") or ("text" if tag == "input" else "submit")).lower()
        if kind == "submit" and name:
            owner.buttons.append((name, given.get("value") or ""))
        if not name or kind in _NOT_SENT or (kind in {"checkbox", "radio"} and "checked" not in given):
            return
        if kind in _TYPED and "readonly" not in given:
            owner.texts.append(name)
        value = given.get("value")
        owner.fields.setdefault(name, []).append("on" if value is None and kind == "checkbox" else value or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            owner, name, parts = self._area
            owner.fields.setdefault(name, []).append("".join(parts).removeprefix("\n"))
            owner.texts.append(name)
            self._area = None


def forms_of(html: str, page: str) -> list[Form]:
    """The forms of a page at the address `page`, in their order."""
    reader = _Forms(page)
    reader.feed(html)
    return reader.found
