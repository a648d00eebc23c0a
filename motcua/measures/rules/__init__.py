"""How figures are counted and scored: pure decisions over plain values."""

from motcua.measures.rules.scoring import Component, Group, IndexSet, points, ranks, ratio_in_per_cent, read_set

__all__ = ["Component", "Group", "IndexSet", "points", "ranks", "ratio_in_per_cent", "read_set"]
