"""The switchboard: what runs when, and what a data engineer sees of it. The only room that knows Dagster.

One short file a stage. No work is done here: the assets call the rooms and show what they return.
"""
