"""HTTP: parse, ask, answer. No rule lives here."""
