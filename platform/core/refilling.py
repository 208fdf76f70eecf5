"""A page's form as somebody had filled it in: the HTML of the page, with what they typed put back into its fields.

Only the tags of those fields are written anew, all else stays to the letter. `core.typed` says where it comes from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from core.richtext import RICH, beside, shown
from core.typed import MARK, Typed

Given = dict[str, str | None]

_BUTTONS = {"submit", "button", "image", "reset"}
# Nobody's words: what browsers let no page put in, and what must stay that of the new page.
_LEFT_ALONE = {"file", "password"}
_NOT_TYPED = {MARK, "csrfmiddlewaretoken"}


@dataclass
class _Tag:
    """A tag as it stands in the page, from `start` to `end`."""

    name: str
    given: Given
    start: int
    end: int


@dataclass
class _Control:
    """A field; `until` is where a text's closing tag begins, `options` are those of a list, `folds` are around it."""

    tag: _Tag
    folds: list[_Tag]
    until: int = 0
    options: list[_Tag] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.tag.given.get("name") or ""

    @property
    def kind(self) -> str:
        return (self.tag.given.get("type") or "text").lower() if self.tag.name == "input" else self.tag.name


@dataclass
class _Form:
    tag: _Tag
    folds: list[_Tag]
    controls: list[_Control] = field(default_factory=list)
    # Of buttons that send it elsewhere.
    elsewhere: list[str] = field(default_factory=list)

    @property
    def actions(self) -> list[str]:
        return [self.tag.given.get("action") or "", *self.elsewhere]


def refilled(html: str, typed: Typed) -> tuple[str, list[str]]:
    """The page with its form filled in, and the words that found no field of theirs any more."""
    reader = _Reader(html)
    forms = [form for form in reader.forms() if _path(typed) in {_path(typed, each) for each in form.actions}]
    rest = {name: list(values) for name, values in typed.fields.lists()}
    if not forms:
        return html, _words(rest)
    form = max(forms, key=lambda each: _likeness(each, rest))
    folds = {fold.start: fold for fold in form.folds}
    changes: list[tuple[int, int, str]] = []
    for control in form.controls:
        found = list(_filled(control, rest))
        changes += found
        if found and control.kind != "hidden":
            folds |= {fold.start: fold for fold in control.folds}
    # Nobody sees what is back within something folded.
    changes += [(fold.start, fold.end, _tag(fold, open="")) for fold in folds.values() if "open" not in fold.given]
    for start, end, text in sorted(changes, reverse=True):
        html = html[:start] + text + html[end:]
    return html, _words(rest)


def _path(typed: Typed, action: str | None = None) -> str:
    """Where a form of the page is sent; without one, where the typed one was."""
    return urlsplit(typed.action if action is None else urljoin(typed.page, action)).path


def _likeness(form: _Form, rest: dict[str, list[str]]) -> tuple[int, int]:
    """Of several forms with one address, as in lines of a list, that which has the fields and their hidden values."""
    names = {control.name for control in form.controls}
    same = sum(
        control.kind == "hidden" and control.tag.given.get("value") in rest.get(control.name, ())
        for control in form.controls
    )
    return len(names & rest.keys()), same


def _filled(control: _Control, rest: dict[str, list[str]]) -> Iterator[tuple[int, int, str]]:
    """The changes of one field; what it takes is no longer in `rest`."""
    tag, kind = control.tag, control.kind
    if kind in _LEFT_ALONE or kind in _BUTTONS or control.name in _NOT_TYPED or not control.name:
        return
    values = rest.get(control.name, [])
    if kind in {"checkbox", "radio"}:
        yield from _ticked(tag, values)
    elif kind == "select":
        yield from _chosen(control, values)
    elif values and kind == "textarea" and control.until:
        yield from _written(control, values, rest)
    elif values:
        value = values.pop(0)
        if value != (tag.given.get("value") or ""):
            yield tag.start, tag.end, _tag(tag, value=value)


def _written(control: _Control, values: list[str], rest: dict[str, list[str]]) -> Iterator[tuple[int, int, str]]:
    """A text; where it has the bar of formats, also as the bar reads it (components/rich_text.html)."""
    tag, text = control.tag, values.pop(0)
    kept = tag.given.get(RICH)
    if kept is not None:
        sent = {name: found[0] for name in [beside(control.name)] if (found := rest.pop(name, None))}
        yield tag.start, tag.end, _tag(tag, **{RICH: shown({control.name: text, **sent}, control.name, kept)})
    yield tag.end, control.until, "\n" + escape(text, quote=False)


def _ticked(tag: _Tag, values: list[str]) -> Iterator[tuple[int, int, str]]:
    own = tag.given.get("value")
    own = "on" if own is None else own
    ticked = own in values
    if ticked:
        values.remove(own)
    if ticked and "checked" not in tag.given:
        yield tag.start, tag.end, _tag(tag, checked="")
    elif not ticked and "checked" in tag.given:
        yield tag.start, tag.end, _tag(tag, without="checked")


def _chosen(control: _Control, values: list[str]) -> Iterator[tuple[int, int, str]]:
    offered = {option.given.get("value") or "" for option in control.options}
    if not values and "multiple" not in control.tag.given:
        return
    taken = [value for value in values if value in offered]
    for option in control.options:
        wanted = (option.given.get("value") or "") in taken
        if wanted and "selected" not in option.given:
            yield option.start, option.end, _tag(option, selected="")
        elif not wanted and "selected" in option.given:
            yield option.start, option.end, _tag(option, without="selected")
    for value in taken:
        values.remove(value)


def _words(rest: dict[str, list[str]]) -> list[str]:
    """What somebody wrote, among what a form says: values of buttons, keys and numbers are nobody's words."""
    values = (value.strip() for name, found in rest.items() if name not in _NOT_TYPED for value in found)
    return [value for value in values if len(value) > 3 and (" " in value or len(value) > 20) and value[0] not in "{["]


def _tag(tag: _Tag, *, without: str = "", **more: str) -> str:
    given: Given = {name: value for name, value in tag.given.items() if name != without}
    given.update(more)
    said = "".join(f" {name}" if value in {None, ""} and name != "value" else f' {name}="{escape(value or "")}"'
                   for name, value in given.items())  # fmt: skip
    return f"<{tag.name}{said}>"


class _Reader(HTMLParser):
    """The forms of a page with their fields, also those that say by `form` which one they belong to."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        # Where each line begins; the parser counts them by this sign alone.
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._found: list[_Form] = []
        self._elsewhere: list[tuple[str, _Control]] = []
        self._folds: list[_Tag] = []
        self._form: _Form | None = None
        self._open: _Control | None = None
        self.feed(html)
        self.close()

    def forms(self) -> list[_Form]:
        by_id = {form.tag.given.get("id"): form for form in self._found}
        for name, control in self._elsewhere:
            if name in by_id:
                by_id[name].controls.append(control)
        self._elsewhere = []
        return self._found

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        found = _Tag(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if tag == "form":
            self._form = _Form(found, list(self._folds))
            self._found.append(self._form)
        elif tag == "details":
            self._folds.append(found)
        elif tag == "button" and self._form and found.given.get("formaction"):
            self._form.elsewhere.append(found.given["formaction"] or "")
        elif tag in {"input", "textarea", "select"}:
            self._control(found)
        elif tag == "option" and self._open:
            self._open.options.append(found)

    def _control(self, found: _Tag) -> None:
        self._open = _Control(found, list(self._folds))
        elsewhere = found.given.get("form")
        if elsewhere:
            self._elsewhere.append((elsewhere, self._open))
        elif self._form:
            self._form.controls.append(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "details" and self._folds:
            self._folds.pop()
        elif tag == "textarea" and self._open:
            self._open.until = self._here()
