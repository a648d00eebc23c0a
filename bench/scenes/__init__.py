"""The scenes that are measured. A part of the program that wants to be measured adds a module here with its scenes.

    @scene("worklist", statements=8, p95={1: 60, 8: 150})
    def worklist(ground: Ground) -> list[Request]: ...

A scene is a function from the ground (the province, its people, their keys and sessions) to the requests that the clients
send round and round. Its docstring is printed with the figures; its targets are judged by `bench.report`.
"""

from bench.scenes import figures, indices, reading, tasks, writing
from bench.scenes.ground import Ground
from bench.scenes.scene import Request, Scene, Turn

MODULES = (reading, figures, tasks, indices, writing)
"""In the order in which they are measured; those that only read come first, whatever stands here."""

ALL: list[Scene] = sorted((one for module in MODULES for one in module.SCENES), key=lambda one: one.writes)

__all__ = ["ALL", "Ground", "Request", "Scene", "Turn"]
