"""Storage: the only room that knows where files lie. What the figures mean is decided elsewhere."""
