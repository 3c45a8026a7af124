"""Work on foreign input in a process of its own, within a budget."""

#: Seconds of processor time that reading a page or extracting an article may take; 0 is no bound.
BUDGET = 10
