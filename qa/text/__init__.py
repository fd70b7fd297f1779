"""English and numbers: terms, sentences, figures, dates, and the lexicon. Knows no article."""
