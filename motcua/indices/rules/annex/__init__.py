"""A definition as the annex of a decision in Excel: STT, tiêu chí, điểm tối đa, … and back; the same as its YAML."""

from motcua.indices.rules.annex.reading import from_annex
from motcua.indices.rules.annex.writing import to_annex

__all__ = ["from_annex", "to_annex"]
