"""The library: bytes in, figures out. No network, clock, database, dataframe or orchestrator lives here."""
