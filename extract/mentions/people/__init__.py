"""People that are named with an office, function or membership."""
