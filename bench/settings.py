"""The product's settings with one more middleware: it counts statements for requests that ask for it."""

from motcua.config.settings import *  # noqa: F403  the settings of the product, with little changed below
from motcua.config.settings import MIDDLEWARE as PRODUCT

MIDDLEWARE = ["bench.counting.CountingMiddleware", *PRODUCT]
