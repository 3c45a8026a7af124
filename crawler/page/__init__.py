"""A fetched page as an article, or a named refusal. Pure."""
