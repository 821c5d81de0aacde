"""What moderators do, apart from how the admin shows it: one module for each rule of a fair desk.

`services.decide` is the one way to a decision; the modules here give it what it asks, or build on it.
"""
