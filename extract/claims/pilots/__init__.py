"""Pilots: which kecamatan the text calls so, and which it only names."""
