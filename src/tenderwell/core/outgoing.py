"""A file on its way out: written by whoever wants a file, handed on piece by piece, held by nobody. Pure."""


class Outgoing:
    """A file that is written once from its start to its end; what was written is taken out piece by piece."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        return

    def close(self) -> None:
        return

    def take(self) -> bytes:
        found = bytes(self.waiting)
        self.waiting.clear()
        return found
