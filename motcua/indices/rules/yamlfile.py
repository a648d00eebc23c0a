"""YAML as text: read with the line of every entry, no types guessed, no aliases; written the one same way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml

from motcua.base.errors import Refused
from motcua.indices.terms import _

MOST_BYTES: Final = 4_000_000
_DEEPEST: Final = 12

Plain: TypeAlias = "str | Sequence[Plain] | Mapping[str, Plain] | None"


@dataclass(frozen=True, slots=True)
class Node:
    """One value and the line it stands on; a scalar is the text as written."""

    value: "str | list[Node] | dict[str, Node] | None"
    line: int
    cell: str = ""

    @property
    def place(self) -> str:
        """Where a person finds it: the line of a text, the cell of a sheet."""
        return _("Ô %s") % self.cell if self.cell else _("Dòng %d") % self.line

    @property
    def entries(self) -> "dict[str, Node]":
        """Its entries, when it is a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "list[Node]":
        """Its items, when it is a list."""
        return self.value if isinstance(self.value, list) else []


def parse(content: bytes) -> Node:
    """The one document of a file."""
    if len(content) > MOST_BYTES:
        raise Refused(_("Tệp lớn hơn %d MB.") % (MOST_BYTES // 1_000_000))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise Refused(_("Dòng %d: tệp không phải UTF-8.") % line) from None
    try:
        _check_depth(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise Refused(
            _("Dòng %(line)d: không đọc được YAML (%(why)s).")
            % {"line": mark.line + 1 if mark else 1, "why": fault.problem or fault.context}
        ) from None
    except yaml.YAMLError as fault:
        raise Refused(_("Không đọc được YAML (%s).") % str(fault).splitlines()[0]) from None
    if root is None:
        raise Refused(_("Tệp trống."))
    return _node(root, set())


def _check_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise Refused(_("Dòng %d: không dùng tham chiếu (*tên) trong tệp này.") % _line(event))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise Refused(_("Dòng %d: các mục lồng nhau quá sâu.") % _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _node(node: yaml.Node, seen: set[int]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        plain = node.style is None and node.value in ("", "~", "null")
        return Node(None if plain else node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(each, seen) for each in node.value], line)
    entries: dict[str, Node] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise Refused(_("Dòng %d: tên mục phải là một từ.") % at)
        if key.value in entries:
            raise Refused(_("Dòng %(line)d: mục “%(key)s” có hai lần.") % {"line": at, "key": key.value[:40]})
        entries[key.value] = _node(value, seen)
        if isinstance(entries[key.value].value, str | None):
            entries[key.value] = Node(entries[key.value].value, at)
    return Node(entries, line)


class _Writer(yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper):  # type: ignore[misc]
    """Block style, wide lines, numbers bare; written by the compiled library where there is one, which is the same text."""

    def ignore_aliases(self, data: object) -> bool:
        """Nothing is written as a reference."""
        return True


def _text(writer: yaml.SafeDumper, text: str) -> yaml.Node:
    tag = writer.resolve(  # type: ignore[no-untyped-call]
        yaml.ScalarNode, text, (True, False)
    )
    bare = tag in (
        "tag:yaml.org,2002:int",
        "tag:yaml.org,2002:float",
        "tag:yaml.org,2002:bool",
        "tag:yaml.org,2002:timestamp",
    )
    found: yaml.Node = writer.represent_scalar(tag if bare else "tag:yaml.org,2002:str", text)
    return found


_Writer.add_representer(str, _text)


def dump(plain: Mapping[str, Plain]) -> bytes:
    """The file of a plain value."""
    text = yaml.dump(
        plain, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1_000_000, default_flow_style=False
    )
    return text.encode("utf-8")
