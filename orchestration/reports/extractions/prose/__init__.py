"""How figures stand in sentences. The whole of it is asked of narrative."""
