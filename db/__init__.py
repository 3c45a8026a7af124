"""Keeps, publishes and shows: the only floor that knows SQLite and Datasette."""
