"""`python -m tests.services.elasticsearch [PORT]`: a node for a development machine, until Ctrl+C."""

import contextlib
import sys
import threading

from .build import missing
from .server import server

if reason := missing():
    sys.exit(f"Elasticsearch cannot be started: {reason}.")
with server(int(sys.argv[1]) if len(sys.argv) > 1 else 9200) as node:
    print(f"ELASTICSEARCH_URL={node.url}", flush=True)  # noqa: T201 - a command
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()
