"""What is asked: a question parsed, made to stand alone, spelt right, and placed in time."""
