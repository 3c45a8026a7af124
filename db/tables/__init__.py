"""The tables: articles, claims, what they refer to."""
