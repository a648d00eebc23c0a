"""Papers laid out with Typst: values travel as data, never as markup; PDF/A-2a, tagged for screen readers (PDF/UA-1)."""

import json
import threading
from pathlib import Path
from typing import Any, Final

import typst

STANDARDS: Final[list[Any]] = ["a-2a", "ua-1"]
_of_thread = threading.local()


def pdf_of(template: Path, values: Any) -> bytes:
    """The paper as PDF."""
    return bytes(laid_out(template, values, format="pdf", pdf_standards=STANDARDS))


def laid_out(template: Path, values: Any, **how: Any) -> Any:
    """What the compiler makes of a template, which may use the files beside it."""
    inputs = {"data": json.dumps(values, ensure_ascii=False)}
    return compiler_of(template.parent).compile(template, sys_inputs=inputs, **how)


def compiler_of(folder: Path) -> Any:
    """One compiler per thread and folder: a shared one refuses to work twice at once."""
    compilers: dict[Path, Any] = _of_thread.__dict__.setdefault("compilers", {})
    if folder not in compilers:
        compilers[folder] = typst.Compiler(root=folder)
    return compilers[folder]
