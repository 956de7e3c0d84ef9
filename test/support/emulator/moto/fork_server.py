"""Loads moto once and forks an emulator for every connection to a socket.

Loading takes three seconds of CPU time, a fork takes none. An emulator writes its address to the connection and ends when
the connection is closed, so it never outlives the test that asked for it. The server ends at the end of its input.
"""

import os
import select
import signal
import socket
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

# What most tests call. Other services are loaded when an emulator is first asked for them.
LOADED = (
    "acm application-autoscaling ec2 ecr ecs eks elasticloadbalancing events iam kms lambda logs monitoring s3 "
    "secretsmanager sns sqs sts"
).split()


def load(app):
    """Find the application of every service as for a request to it, which loads the service's code and data."""
    for service in LOADED:
        scope = f"Credential=test/20200101/us-east-1/{service}/aws4_request"
        authorization = f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0"
        app.get_application({"HTTP_HOST": "localhost", "HTTP_AUTHORIZATION": authorization})


class QuietHandler(WSGIRequestHandler):
    """Does not print a line for every request."""

    def log_request(self, *_):
        pass


def serve(app, connection):
    """Be an emulator until the connection is closed."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connection.sendall(f"http://127.0.0.1:{server.port}\n".encode())
    connection.recv(1)
    os._exit(0)


def reap(*_):
    """Collect the emulators that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        pass


def main():
    app = DomainDispatcherApplication(create_backend_app)
    load(app)
    signal.signal(signal.SIGCHLD, reap)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.environ["EMULATOR_SOCKET"])
        listener.listen()
        print("listening", flush=True)
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                serve(app, connection)
            connection.close()
