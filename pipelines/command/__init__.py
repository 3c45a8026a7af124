"""What every verb needs of a terminal: log lines and progress, errors and exit codes, the lock."""
