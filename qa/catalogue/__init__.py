"""Questions about the articles themselves, answered with rows of the store."""
