"""Documents: bytes made into text, paragraphs and tables. What the words mean is the business of extractions/."""
