"""The ticket printer's program: fetches the hall's print jobs and puts them on paper, each once."""
