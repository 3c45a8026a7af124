"""Offices: the mentions of one joined, with the region each acts for."""
