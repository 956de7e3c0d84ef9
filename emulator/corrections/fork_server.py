"""Loads moto once and forks an emulator for every connection to a socket.

Loading takes four seconds of CPU time, a fork takes none. An emulator writes its address to the connection and ends when
the connection is closed, so it never outlives the test that asked for it. The server ends at the end of its input.
"""

import collections
import functools
import gc
import os
import select
import signal
import socket
import sys
import threading

from moto import backends
from moto.core import responses
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import Client

# What most tests call. Other services are loaded when an emulator is first asked for them.
LOADED = (
    "acm application-autoscaling ec2 ecr ecs eks elasticloadbalancing events iam kms lambda logs monitoring s3 "
    "secretsmanager sns sqs sts"
).split()


# A request to each service that only reads, and so leaves no trace. The first one makes what the service needs, such as its
# parsers and the policies that AWS manages: up to a second of CPU time.
READS = {
    "ec2": "Action=DescribeVpcs&Version=2016-11-15",
    "elasticloadbalancing": "Action=DescribeLoadBalancers&Version=2015-12-01",
    "iam": "Action=ListRoles&Version=2010-05-08",
    "monitoring": "Action=ListDashboards&Version=2010-08-01",
    "sns": "Action=ListTopics&Version=2010-03-31",
    "sts": "Action=GetCallerIdentity&Version=2011-06-15",
    "ecr": "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
    "ecs": "AmazonEC2ContainerServiceV20141113.ListClusters",
    "events": "AWSEvents.ListRules",
    "kms": "TrentService.ListKeys",
    "logs": "Logs_20140328.DescribeLogGroups",
    "secretsmanager": "secretsmanager.ListSecrets",
}


def remember():
    """What moto works out again for each request, although it stays the same: a third of the request's CPU time."""
    modules = tuple(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)


def load(app):
    """Find the application of every service as for a request to it, which loads the service's code and data."""
    for service in LOADED:
        scope = f"Credential=test/20200101/us-east-1/{service}/aws4_request"
        headers = {"Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0"}
        app.get_application({"HTTP_HOST": "localhost", "HTTP_AUTHORIZATION": headers["Authorization"]})
        if service in READS:
            read(app, READS[service], headers)
    # Objects that are there now stay: do not look through them for garbage in every emulator, which would copy their memory.
    gc.collect()
    gc.freeze()


def read(app, request, headers):
    """Send a request of the query protocol, or of the JSON protocol by its target."""
    query = request.startswith("Action=")
    kind = "application/x-www-form-urlencoded" if query else "application/x-amz-json-1.1"
    target = {} if query else {"X-Amz-Target": request}
    body = request if query else "{}"
    answer = Client(app).post("/", data=body, content_type=kind, headers={**headers, **target})
    assert answer.status_code == 200, f"{request}: {answer.status_code} {answer.get_data(as_text=True)}"


class QuietHandler(WSGIRequestHandler):
    """Does not print a line for every request."""

    def log_request(self, *_):
        pass


class RepeatedAnswers:
    """Answers a call once more whose answer was lost, without carrying it out again.

    A busy machine loses a few connections in a run of all tests, after moto has done what was asked. The SDK then sends the
    call again, and moto would refuse it, because what it creates exists. All attempts of one call have one invocation ID.
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    """

    LARGEST = 1024 * 1024
    KEPT = 256

    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()
        self.answers = collections.OrderedDict()

    def __call__(self, environ, start_response):
        call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        with self.lock:
            known = self.answers.get(call)
        if known is not None:
            status, headers, body = known
            start_response(status, headers)
            return [body]
        answered = []

        def start(status, headers, exc_info=None):
            answered[:] = [status, headers]
            return start_response(status, headers, exc_info)

        body = b"".join(self.app(environ, start))
        if call is not None and answered[0].startswith("2") and len(body) <= self.LARGEST:
            self.keep(call, (*answered, body))
        return [body]

    def keep(self, call, answer):
        with self.lock:
            self.answers[call] = answer
            if len(self.answers) > self.KEPT:
                self.answers.popitem(last=False)


def serve(app, connection):
    """Be an emulator until the connection is closed."""
    port = int(os.environ.get("EMULATOR_PORT", "0"))
    server = make_server("127.0.0.1", port, RepeatedAnswers(app), threaded=True, request_handler=QuietHandler)
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
    remember()
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
