"""A database file: opened, migrated, its views, its rows, its copies."""
