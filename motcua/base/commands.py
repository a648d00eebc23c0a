"""The parser of the console: what is wrong with a command is said in one sentence of Vietnamese, with exit code 2."""

import argparse
import sys
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """For the verbs of an app: no list of all that could be written, only where to read it."""

    def error(self, message: str) -> NoReturn:
        """What is wrong, and where the help stands."""
        print(f"Dòng lệnh chưa đúng ({message}). Xem: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)
