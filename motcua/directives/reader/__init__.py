"""Reads a directive document (thông báo, công văn, kế hoạch …) into header facts and proposed tasks.

Pure: files and texts in, frozen values out. Nothing here knows of the database, of Django or of the clock.
"""

from motcua.directives.reader.model import Header, Reading, Reference, Task, Why
from motcua.directives.reader.read import read_file, read_text

__all__ = ["Header", "Reading", "Reference", "Task", "Why", "read_file", "read_text"]
