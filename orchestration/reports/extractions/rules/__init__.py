"""What can be wrong in one document, one subject a module. The whole of it is asked of checks."""
