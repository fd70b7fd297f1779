"""Turns, sessions and the commands of a chat."""
