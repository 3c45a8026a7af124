"""Numbers that may count something."""
