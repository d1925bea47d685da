"""Who reports on which year: names, places, titles, dates and signatures. The whole of it is asked of identify."""
