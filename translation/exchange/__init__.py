"""Translations as files: out to agencies and other tools, and back in after a person has seen what would change.

A file is written and read as a `Document` of `Unit`s (`units`); `po`, `xliff`, `tmx` and `tbx` know the formats,
`planning` compares what came with what is there, and nothing else than `translation.writing` writes it.
"""
