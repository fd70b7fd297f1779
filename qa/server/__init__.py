"""HTTP: the reader's page, the JSON API and an OpenAI-compatible endpoint. One process, several folders."""
