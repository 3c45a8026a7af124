"""Finds who must not be known by name to readers: victims, children, the sick, and where they live."""
