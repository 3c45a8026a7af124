"""The search: words as they are compared, the index of a file, and what a visitor typed as a query."""
