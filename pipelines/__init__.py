"""Wires the steps together and owns the command line."""
