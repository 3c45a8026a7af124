"""Dates as they are printed."""
