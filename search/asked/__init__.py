"""What readers ask when a page or a term is the answer, in their words, which need not be its own.

Editors keep such wordings for a subject in each language, also where it is not translated into it. Engines find them as
a field of its texts (`documents`); what is asked nearly as a wording says leads to its subject (`likeness`).
"""
