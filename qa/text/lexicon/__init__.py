"""The one place for words that the program knows by heart, as rows: months and days, numbers, negators,
peoples and countries, those who speak (persons, bodies, titles) and verbs of saying.

A user asks for a flag and builds its pattern from the rows, so that no two users disagree about membership;
``tests/text/test_lexicon.py`` fails where a second list appears.
"""
