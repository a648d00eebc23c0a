"""The names of what may be chosen beside the definition before a run (`choosing` carries it out)."""

from dataclasses import asdict, dataclass
from typing import Any, Final

FILLS: Final = ("none", "mean", "median", "group-mean", "group-median")
OUTLIERS: Final = ("keep", "treat")
SCALES: Final = ("as-defined", "minmax", "zscore", "rank", "percentile", "leader", "share-of-best")
WEIGHTINGS: Final = ("given", "equal", "pca", "optimised")
MOST_MOVED: Final = 5


@dataclass(frozen=True)
class Choices:
    """Every choice of a run beside the definition; as they are, the definition alone decides."""

    fill: str = FILLS[0]
    outliers: str = OUTLIERS[0]
    most_moved: int = MOST_MOVED
    scale: str = SCALES[0]
    weighting: str = WEIGHTINGS[0]

    @property
    def any(self) -> bool:
        """Whether anything differs from the definition."""
        chosen = (self.fill, self.outliers, self.scale, self.weighting)
        return chosen != (FILLS[0], OUTLIERS[0], SCALES[0], WEIGHTINGS[0])

    def as_json(self) -> dict[str, Any]:
        """As the record keeps them."""
        return asdict(self)
