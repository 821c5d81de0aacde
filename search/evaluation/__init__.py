"""Measures how good the search is: judged questions in, figures with their uncertainty out."""
