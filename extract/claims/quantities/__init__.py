"""Quantities: which number counts what, where."""
