"""What `db.integrity` asks of a database file, a kind of question a module."""
