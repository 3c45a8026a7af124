"""How well extraction does: scores, floors, and what differs between two extractions."""
