"""``kehoach serve``: records by HTTP, for programs of the same machine.

Thin: a request's bytes go to a worker process of the room ``archive``, with its limits on time and memory,
and its record comes back as JSON. Errors are ``application/problem+json`` (RFC 9457) in two languages. There
is no password: a service for one machine takes no request that names another host (a web page could send one,
by a name that points here) or comes from a web page. Nothing is fetched, and no page is served:
``/openapi.json`` alone describes it.
"""

from extractor.service.application import Rules, app, is_loopback, serve
from extractor.service.description import PROBLEM

__all__ = ["PROBLEM", "Rules", "app", "is_loopback", "serve"]
