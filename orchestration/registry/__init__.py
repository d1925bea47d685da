"""What we know: the forms, the indicators, the rules, the regions. Data first; the code only loads and checks it.

Nothing here reads a document, a clock, an environment variable or a network.
"""
