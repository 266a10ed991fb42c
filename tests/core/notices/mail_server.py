"""A mail server of our own: as much of RFC 5321 as a client needs."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """What it took, and what it says to a recipient or after the text."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    to_recipient: str = "250 ok"
    after_text: str = "250 queued"  # "": it breaks off without a word


@contextmanager
def mail_server() -> Iterator[MailServer]:
    box = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 mail.example.cn")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "DATA":
                    if not self.take_text():
                        return
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say(box.to_recipient if verb == "RCPT" else "250 ok")

        def take_text(self) -> bool:
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line)
            if box.after_text.startswith("250"):
                box.mails.append(b"".join(lines))
            if box.after_text:
                self.say(box.after_text)
            return bool(box.after_text)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield box
        server.shutdown()
        thread.join()
