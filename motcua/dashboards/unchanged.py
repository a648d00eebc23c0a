"""Pages of figures are drawn again only after something happened (decision 8): dossiers, tasks, alerts and agencies write the journal."""

from motcua.base.unchanged import Unchanged
from motcua.measures.queries.mark import mark

_pages = Unchanged(mark)
kept, forget = _pages.kept, _pages.forget
