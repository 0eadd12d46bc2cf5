"""Tables, SQL and transactions: the only place with column names in queries."""
