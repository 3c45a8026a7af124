"""The words about the world, loaded from `extract/knowledge/`, and how text becomes words."""
