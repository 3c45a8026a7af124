"""Responsibilities: which agency handles which pillar."""
