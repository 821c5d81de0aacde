"""Personal data: everything the site holds about a person can be taken along, erased, and ends by itself.

`tables` is the list of what there is. A new model says in `registered` what becomes of it, or why it holds nothing
about a person; a test fails until it does.
"""
