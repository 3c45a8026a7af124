"""Fetches pages and reads them as articles. Knows nothing of facts or databases."""
