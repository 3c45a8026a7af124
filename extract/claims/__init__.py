"""Joins what the finders found into claims. Each `link_` function is pure: a View in, claims out."""
