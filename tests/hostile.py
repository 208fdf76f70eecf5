"""Texts made to be slow to read, by name: `TEXTS[name](n)` has about n signs.

Each of them once took a time that grew with the square of its length, in this house or in another's parser.
"""

from collections.abc import Callable
from functools import partial

REPEATED = (
    "<div", "<div>", "<p", "<p>", "<a ", "<a>", "<a href=x>", "<b>", "<li>", "<ul><li>", "<div><p>", "<blockquote>",
    "<a><b>", "<b></a>", "<b><p></b>", "<span>", "<table><tr><td>", "<svg>", "<math><mi>", "<dl><dd>", "<h2>",
    "</", "</p>", "</br>", "&", "&#", "&amp", "&amp;", "&nbsp;", "<!--", "<!", "<?", "<![CDATA[", '<a href="',
    "<a href='", "<script>", "<script", "<style><!--", "<textarea>", "<title>", "<plaintext>", "<template>", "<button>",
    "<select><option>", "<form>", "<form a>", "<br", "<br ", "<v", "<html a=1>", "\0", "<\0", "\ud800", " ", "\n",
    "\n ", "\u00a0", "(", ",", "data-", "a-", "a.", "@", "#", "> ", "e\u0301", "\u0301\u0316", "{{ ", "=", "1", "1 ",
    "{", "youtube.com/watch?", "/*",
)  # fmt: skip
NESTED = {
    "opened, then closed": ("<div>", "</div>"),
    "deep, then many": ("<span>", "<li>"),
    "deep, then ends of nothing": ("<span>", "</p>"),
    "deep formatting, then paragraphs": ("<b>", "<p>x</p>"),
}


def text(unit: str, length: int) -> str:
    """So many signs of one thing again and again."""
    return (unit * (length // len(unit) + 1))[:length]


def nested(kind: str, length: int) -> str:
    """Half of one thing, then half of another."""
    first, second = NESTED[kind]
    return text(first, length // 2) + text(second, length // 2)


def different(length: int) -> str:
    """Formatting that never repeats, so that no parser may forget any of it."""
    return "".join(f"<b a={number}>" for number in range(length // 10))


TEXTS: dict[str, Callable[[int], str]] = {
    **{repr(unit): partial(text, unit) for unit in REPEATED},
    **{kind: partial(nested, kind) for kind in NESTED},
    "one letter and its marks": lambda length: "a" + text("\u0301\u0316", length - 1),
    "never the same formatting": different,
    "one tag, many attributes": lambda length: "<p " + " ".join(f"a{number}=1" for number in range(length // 8)),
}


def ordinary(length: int) -> str:
    """What editors write."""
    return text("<p>Ein Kurs für <b>alle</b> &amp; jeden, die ihn brauchen: dienstags um 10&nbsp;Uhr.</p>\n", length)
