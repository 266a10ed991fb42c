"""`lianshang serve`, `worker`, `manage`: the running program."""

import socket

import typer

from lianshang.cli import setup


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(worker)
    app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})(manage)


def serve(
    host: str = typer.Option("127.0.0.1", help="Address to listen on."),
    port: int = typer.Option(8000, help="Port to listen on."),
    processes: int = typer.Option(1, help="Server processes."),
) -> None:
    """Serve the site. Example: lianshang serve --port 8000"""
    ensure_free(host, port)
    setup.django()
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "lianshang.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,  # Django has no lifespan
        workers=processes,
    ).serve()


def worker(
    once: bool = typer.Option(False, help="Stop when the queue is empty."),
    concurrency: int = typer.Option(1, help="Jobs run at the same time."),
) -> None:
    """Run background jobs. Example: lianshang worker"""
    setup.django()
    from lianshang.core.jobs import worker as jobs

    jobs.run(once=once, concurrency=concurrency)


def manage(context: typer.Context) -> None:
    """Django's own commands, for developers. Example: lianshang manage makemigrations"""
    setup.django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lianshang manage", *context.args])


def ensure_free(host: str, port: int) -> None:
    """Refuse a port on which another program listens: the two would share the visitors."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            setup.refuse(f"Port {port} is in use: choose another one with --port.")
