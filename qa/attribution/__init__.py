"""Who says what in an article, and when what it tells happened."""
