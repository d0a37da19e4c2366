"""Predictions beside observations: `rules` judges, `trials` makes the table, `telling` finds what would tell apart."""
