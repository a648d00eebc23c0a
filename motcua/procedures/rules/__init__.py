"""Pure decisions about the catalogue: reading the published format, forms, routes."""
