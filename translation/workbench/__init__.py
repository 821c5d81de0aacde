"""The page on which one translation is written: its texts in the order of the page, each beside its original."""
