"""PDF: characters and rulings of pages made into paragraphs and tables. The door is reader."""
