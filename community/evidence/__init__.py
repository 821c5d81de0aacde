"""Reports from practice: what somebody tried, where, when and with which outcome, and what pages took from it."""


def register() -> None:
    """Tell search and lists that there are reports, and follow their changes; called once the models are there."""
    from portal import reported

    from . import datasets, following, searchable, summary

    reported.register(summary.counts)
    reported.register_cited(summary.cited)
    searchable.register()
    datasets.register_reports()
    following.connect()
