"""For whoever keeps it running: status, schedule, backups, soundness."""
