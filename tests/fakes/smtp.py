"""A mail server for tests: speaks enough SMTP over loopback to take, refuse, delay or drop a letter."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """What arrived, and how the server is to behave."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuse: list[str] = field(default_factory=list)
    """Answers to give to the next letters instead of taking them, such as "451 busy"; "drop" takes it and hangs up."""
    refuse_recipient: list[str] = field(default_factory=list)
    port: int = 0


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        post, to = self.server.post, []
        self.say("220 fake ESMTP")
        while line := self.rfile.readline():
            verb = line.decode("utf-8", "replace").strip().upper()
            if verb.startswith(("EHLO", "HELO")):
                self.say("250-fake")
                self.say("250 8BITMIME")
            elif verb.startswith("MAIL"):
                to = []
                self.say("250 ok")
            elif verb.startswith("RCPT"):
                answer = post.refuse_recipient.pop(0) if post.refuse_recipient else "250 ok"
                to.append(line.decode().split("<")[1].split(">")[0])
                self.say(answer)
            elif verb == "DATA":
                self.say("354 go on")
                if not self._take(post, to):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def _take(self, post: Post, to: list[str]) -> bool:
        body = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            body += line[1:] if line.startswith(b"..") else line
        answer = post.refuse.pop(0) if post.refuse else "250 taken"
        if answer == "drop" or answer.startswith("2"):
            post.letters.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
            post.recipients.append(to)
        if answer == "drop":
            return False
        self.say(answer)
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    post: Post


@contextmanager
def mail_server() -> Iterator[Post]:
    """A running mail server on 127.0.0.1."""
    post = Post()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.post = post
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()
