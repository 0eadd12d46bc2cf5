"""The hall against a simple model of it: orders, crashes and clocks on one side, readers of news on the other."""
