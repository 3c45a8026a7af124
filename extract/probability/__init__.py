"""How likely what was read is right: answers to named questions, weighed."""
