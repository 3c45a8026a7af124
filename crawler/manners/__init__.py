"""Manners towards hosts: robots.txt, pauses, refusals, and where a request may lead."""
