"""Outlets as data: the files, their records, and readers for answers that only one site gives."""
