"""Hits -> draft, with a model or without one."""
