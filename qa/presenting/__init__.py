"""Outcome -> text for a person."""
