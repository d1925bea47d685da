"""Landing: what people drop in the inbox is copied, byte for byte, and never changed. Nothing is read here."""
