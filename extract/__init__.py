"""Finds facts in text: spaCy, the gazetteer and rules. Knows nothing of pages or databases."""
