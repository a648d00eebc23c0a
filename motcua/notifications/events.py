"""What the postman announces: what a person decided about messages. What became of each one stands in its row."""

from dataclasses import dataclass

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class MessagesReplayed(Event):
    """Messages that could not be sent were put back into the line."""

    messages: tuple[str, ...]
