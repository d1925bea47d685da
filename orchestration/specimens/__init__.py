"""Specimens: reports of our own writing, of agencies of a fictional province. Shares no code with the readers."""
