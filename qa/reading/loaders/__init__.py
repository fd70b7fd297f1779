"""One file -> its source text, by a table from suffix to loader."""
