"""The store (SQLite, the truth), the indexes made from it, and retrieval."""
