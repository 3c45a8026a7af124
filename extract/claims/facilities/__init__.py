"""Facilities: buildings of the programme that are said to stand, with their places."""
