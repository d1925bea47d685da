"""Extractions: what a document says, figure by figure. Where the words stand is the business of documents/.

The modules here are what extract() asks, each with the room behind it: match says which form; identify, who and when
(identity/); locate and cells, the figures of its tables (tables/); narrative, those of its prose (prose/); checks, what
the rules saw (rules/).
"""
