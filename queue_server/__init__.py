"""Window Zero: the queue server of a government service hall."""
