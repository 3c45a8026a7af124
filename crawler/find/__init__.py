"""Finding article addresses: what is asked, and what an answer names. Pure."""
