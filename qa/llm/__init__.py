"""Language models: the client, replies kept on disk, and what they cost."""
