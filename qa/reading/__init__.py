"""Bytes -> source text -> articles -> passages."""
