#!/usr/bin/env python3
"""Serve a folder on 127.0.0.1: static_server.py [--port N] FOLDER

Prints the address in one line. Without --port it takes the first free port from 8000 on; with
--port 0 any free one. Nothing is logged but errors.
"""

import argparse
import functools
import http.server
import os
import sys


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".webmanifest": "application/manifest+json",
        ".wasm": "application/wasm",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".hl7": "text/plain; charset=utf-8",
    }

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_request(self, code="-", size="-"):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int)
    parser.add_argument("folder")
    args = parser.parse_args()
    if not os.path.isdir(args.folder):
        sys.exit(f"{args.folder} is no folder: build the page first (site/serve --build-only)")
    handler = functools.partial(Handler, directory=args.folder)
    ports = range(8000, 8100) if args.port is None else [args.port]
    for port in ports:
        try:
            server = Server(("127.0.0.1", port), handler)
            break
        except OSError as e:
            error = e
    else:
        sys.exit(f"cannot listen on port {ports[0]}: {error.strerror}; try another --port")
    print(f"http://127.0.0.1:{server.server_address[1]}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
