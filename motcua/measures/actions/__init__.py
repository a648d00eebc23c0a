"""What writes figures: the fold and the rebuild; imports of counts and sets; published periods."""

from motcua.measures.actions.folding import fold
from motcua.measures.actions.handing import hand_figures_down
from motcua.measures.actions.importing import decide_set, import_counts
from motcua.measures.actions.publishing import publish
from motcua.measures.actions.rebuilding import fold_all, rebuild

__all__ = ["decide_set", "fold", "fold_all", "hand_figures_down", "import_counts", "publish", "rebuild"]
