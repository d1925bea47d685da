"""Extractions: what a document says, figure by figure. Where the words stand is the business of documents/."""
