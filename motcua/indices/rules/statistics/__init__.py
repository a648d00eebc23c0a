"""Statistics of composite indicators with NumPy: columns are indicators, rows are units, NaN is what is missing."""
