"""The interface to be read: the same description that machines read, laid out for people on one page without scripts."""

import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from motcua.api.door import ABOUT, door
from motcua.base.text import unaccented

METHODS: Final = {"get": "nuoc", "post": "la", "put": "nghe", "delete": "son", "patch": "nghe"}
"""The colour of each kind of call."""


class Field(NamedTuple):
    """One name that is sent or given."""

    name: str
    type: str
    link: str
    required: bool
    said: SafeString
    example: str


class Call(NamedTuple):
    """One operation."""

    anchor: str
    method: str
    tone: str
    path: str
    title: str
    said: SafeString
    key: bool
    asks: list[tuple[str, Field]]
    sends: Field | None
    gives: list[tuple[str, str, Field | None]]
    refusals: list[tuple[str, str]]
    example: str


class Chapter(NamedTuple):
    """The operations about one matter."""

    anchor: str
    title: str
    calls: list[Call]


class Shape(NamedTuple):
    """One named shape of what is sent or given."""

    name: str
    said: str
    fields: list[Field]


class Page(NamedTuple):
    """Everything on the page."""

    version: str
    about: list[SafeString]
    points: list[SafeString]
    chapters: list[Chapter]
    shapes: list[Shape]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The page of the interface, for everybody."""
    return render(request, "api/docs.html", {"page": page(), "host": settings.SITE_URL})


@lru_cache(maxsize=1)
def page() -> Page:
    """Read from the description once per process: it does not change while the program runs."""
    found = door.get_openapi_schema()
    chapters: dict[str, list[Call]] = {}
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            title = operation.get("tags", [""])[0]
            chapters.setdefault(title, []).append(_call(path, method, operation))
    blocks = [block for block in ABOUT.split("\n\n") if block.strip()]
    lines = [
        line for block in blocks if block.startswith("* ") for line in re.split(r"^\* ", block, flags=re.M) if line
    ]
    return Page(
        str(found["info"]["version"]),
        [marked(block) for block in blocks if not block.startswith("* ")],
        [marked(line) for line in lines],
        [Chapter(slugify(unaccented(title)), title, calls) for title, calls in chapters.items()],
        [_shape(name, one) for name, one in sorted(found["components"]["schemas"].items())],
    )


def _call(path: str, method: str, operation: dict[str, Any]) -> Call:
    sent = _content(operation.get("requestBody", {}))
    answers = operation["responses"].items()
    parameters = operation.get("parameters", [])
    return Call(
        operation["operationId"],
        method.upper(),
        METHODS.get(method, ""),
        path,
        operation["summary"],
        marked(operation.get("description", "")),
        bool(operation.get("security")) and {} not in operation["security"],
        [(one["in"], _field(one["name"], one["schema"], one.get("required", False), one)) for one in parameters],
        _field("", sent, required=True) if sent else None,
        [(str(status), str(one.get("description", "")), _given(one)) for status, one in answers if int(status) < 400],
        [(str(status), kind) for status, one in answers if int(status) >= 400 for kind in _kinds(one)],
        _example(path, method, operation, sent),
    )


def _content(one: dict[str, Any]) -> dict[str, Any]:
    """The shape of a body, whatever its media type."""
    return next((each.get("schema", {}) for each in one.get("content", {}).values()), {})


def _given(one: dict[str, Any]) -> Field | None:
    schema = _content(one)
    return _field("", schema, required=True) if schema else None


def _kinds(one: dict[str, Any]) -> list[str]:
    contents: dict[str, Any] = one.get("content", {})
    examples = {name: each for body in contents.values() for name, each in body.get("examples", {}).items()}
    return [each["summary"] for each in examples.values()]


def _field(name: str, schema: dict[str, Any], required: bool = False, about: dict[str, Any] | None = None) -> Field:
    words, link = _type(schema)
    said = (about or {}).get("description") or schema.get("description") or ""
    limits = _limits(schema)
    example = (about or {}).get("example") or next(iter(schema.get("examples", ())), "")
    return Field(
        name, words, link, required, marked("; ".join(one for one in (str(said), limits) if one)), str(example)
    )


def _type(schema: dict[str, Any]) -> tuple[str, str]:
    """The type in words of JSON, and the named shape it leads to."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return name, name
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            kinds = [_type(one) for one in schema[several]]
            return " | ".join(dict.fromkeys(kind for kind, _link in kinds)), next(
                (link for _k, link in kinds if link), ""
            )
    if schema.get("type") == "array":
        words, link = _type(schema.get("items", {}))
        return f"{words}[]", link
    if isinstance(schema.get("additionalProperties"), dict):
        words, link = _type(schema["additionalProperties"])
        return f"{{…: {words}}}", link
    return str(schema.get("format") or schema.get("type") or "any"), ""


def _limits(schema: dict[str, Any]) -> str:
    found = []
    if schema.get("enum"):
        found.append(" | ".join(str(one) for one in schema["enum"]))
    for name, sign in (("minimum", "≥"), ("maximum", "≤")):
        if name in schema and abs(schema[name]) < 2**31:
            found.append(f"{sign} {schema[name]}")
    if schema.get("default") not in (None, "", False):
        found.append(f"= {schema['default']}")
    return ", ".join(found)


def _shape(name: str, schema: dict[str, Any]) -> Shape:
    required = set(schema.get("required", ()))
    fields = [_field(each, one, each in required) for each, one in schema.get("properties", {}).items()]
    if not fields and schema.get("enum"):
        fields = [Field(str(one), "", "", required=False, said=marked(""), example="") for one in schema["enum"]]
    return Shape(name, "" if schema.get("enum") else str(schema.get("description", "")), fields)


def _example(path: str, method: str, operation: dict[str, Any], sent: dict[str, Any]) -> str:
    """A call as it is typed."""
    lines = [f'curl "{settings.SITE_URL}{path}{_question(operation)}"']
    if method != "get":
        lines[0] = f'curl -X {method.upper()} "{settings.SITE_URL}{path}"'
    if operation.get("security"):
        lines.append('-H "Authorization: Bearer motcua_…"')
    lines += [
        f"-H '{one['name']}: {one.get('example', '')}'"
        for one in operation.get("parameters", [])
        if one["in"] == "header"
    ]
    if sent and "multipart/form-data" in operation["requestBody"]["content"]:
        lines.append("-F file=@giay.pdf")
    elif sent:
        lines.append("-H 'Content-Type: application/json' -d '{…}'")
    return " \\\n  ".join(lines)


def _question(operation: dict[str, Any]) -> str:
    asked = [one for one in operation.get("parameters", []) if one["in"] == "query" and one.get("required")]
    return "?" + "&".join(f"{one['name']}=…" for one in asked) if asked else ""


def marked(text: str) -> SafeString:
    """Words with `code` and **strong** marked; everything else is plain text."""
    found = str(escape(" ".join(text.split())))
    found = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", found)
    found = re.sub(r"`(.+?)`", r'<code class="code">\1</code>', found)
    return mark_safe(found)
