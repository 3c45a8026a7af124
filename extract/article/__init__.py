"""The article under reading: its doc, sentences, lists and sections, and how a claim gets its evidence."""
