"""What writes figures: the fold and the rebuild; imports of counts and sets."""

from motcua.measures.actions.folding import fold, fold_all, rebuild

__all__ = ["fold", "fold_all", "rebuild"]
