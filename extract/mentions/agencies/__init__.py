"""Government agencies by their full and short names."""
