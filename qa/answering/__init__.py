"""From passages to an answer: what reads them."""
