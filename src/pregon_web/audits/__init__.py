"""Documents that people bring to be audited, and what was found in each."""
