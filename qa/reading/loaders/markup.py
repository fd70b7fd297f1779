"""HTML and XML as trees, and the text of them: the only place that parses either."""

from __future__ import annotations

import re
from typing import Any

from qa.errors import LoadError

Tree = Any  # lxml has no types of its own

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NULLS = re.compile("[\0\x01-\x08\x0b\x0e-\x1f]")
_TAGS = re.compile(r"</(?:p|div|a|em|strong|li|span|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)
# The parser compares each attribute of a tag with all before it: a tag keeps so many.
MOST_ATTRIBUTES = 500
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_ATTRIBUTE = re.compile(r"""\s[^\s=<>"'/]+(?:=(?:"[^"]*"|'[^']*'|[^\s<>"']*))?""")
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot"
    " th thead tr ul".split()
)
SILENT = frozenset("head iframe noscript object script select style svg template textarea title".split())


def _tamed(tag: re.Match[str]) -> str:
    attributes = list(_ATTRIBUTE.finditer(tag.group()))
    many = len(attributes) > MOST_ATTRIBUTES
    return tag.group()[: attributes[MOST_ATTRIBUTES].start()] if many else tag.group()


def html_tree(text: str) -> Tree:
    """The tree of an HTML page, decoded before. Raises LoadError where there is none."""
    from lxml import etree
    from lxml import html as lxml_html

    cleaned = _LONG_TAG.sub(_tamed, _NULLS.sub(" ", _DECLARATION.sub("", text, count=1)))
    try:
        tree = lxml_html.document_fromstring(cleaned)
    except (etree.ParserError, ValueError, RecursionError) as error:
        raise LoadError(f"not readable as HTML ({str(error).splitlines()[0]})") from None
    return tree


def xml_tree(text: str) -> Tree:
    """The root of an XML document, decoded before, broken ones as far as they can be read; no entity is
    loaded from anywhere. Raises LoadError."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(_NULLS.sub(" ", _DECLARATION.sub("", text, count=1)).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LoadError(f"not readable as XML ({str(error).splitlines()[0]})") from None
    if root is None:
        raise LoadError("not readable as XML (no element in it)")
    return root


def local(element: Tree) -> str:
    """The name of an element without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def children(element: Tree, *names: str) -> list[Tree]:
    """The direct children of these names, in order of appearance."""
    return [child for child in element if local(child) in names]


def child_text(element: Tree, *names: str) -> str | None:
    """The text of the first child that has one, by the order of the names."""
    for name in names:
        for child in children(element, name):
            if text := "".join(child.itertext()).strip():
                return str(text)
    return None


def text_of(element: Tree) -> str:
    """The text of an element with its blocks (paragraphs, items, cells) apart, white space as one blank."""
    parts: list[str] = []
    _collect(element, parts)
    blocks = ("".join(parts)).split("\x1e")
    flat = (re.sub(r"[ \t\r\n\f]+", " ", block).strip(" ") for block in blocks)
    return "\n\n".join(block for block in flat if block)


def _collect(root: Tree, parts: list[str]) -> None:
    """Walk without recursion: pages nest thousands deep."""
    stack: list[tuple[Tree, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        name = local(element)
        if done:
            if name in BLOCKS:
                parts.append("\x1e")
            if element is not root and element.tail:
                parts.append(element.tail)
            continue
        stack.append((element, True))
        if name == "" or name in SILENT:
            continue
        if name in BLOCKS:
            parts.append("\x1e")
        if element.text:
            parts.append(element.text)
        stack.extend((child, False) for child in reversed(element))


def has_markup(text: str) -> bool:
    """Whether a field that should be text holds HTML."""
    return bool(_TAGS.search(text))


def unmarked(text: str) -> str:
    """The text of a field that may hold HTML; entities are read in either case."""
    if has_markup(text):
        return text_of(html_tree(f"<html><body>{text}</body></html>"))
    if re.search(r"&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", text, re.IGNORECASE):
        import html

        return html.unescape(text)
    return text
