"""Plays a scenario: examples/journey/scenario.hpp says what one is made of."""

import json

import licet


class Wrong(Exception):
    """A step did not do what the scenario says."""


class Journey:
    def __init__(self, path, store=None):
        with open(path, encoding="utf-8") as file:
            self._head, *self._steps = [json.loads(line) for line in file if line.strip()]
        config = {**self._head["config"], **({} if store else {"store": "memory"})}
        self.engine = licet.Engine(config, store)
        self.who = {}  # of the last table
        self.refusals = []
        self._kept = {}

    def play(self):
        """Yields each table."""
        for step in self._steps:
            if "call" in step:
                self._call(step)
            elif "who" in step:
                self.who = step["who"]
                yield f"\n{step['say']}\n\n{self._table()}"

    def _call(self, step):
        arguments = self._filled_in(step.get("with", {}))
        if "as" in step:
            arguments["as"] = self._head["actors"][step["as"]]
        if "key" in step:
            arguments["idempotency_key"] = step["key"]
        try:
            answer = self.engine.call(step["call"], **arguments)
        except licet.Error as error:
            if error.rule != step.get("expect"):
                raise Wrong(f"{step['say']}: refused with {error.rule}") from error
            self.refusals.append(error)
            return
        if "expect" in step:
            raise Wrong(f"{step['say']}: done, and not refused with {step['expect']}")
        for name, pointer in step.get("keep", {}).items():
            self._kept[name] = at(answer, pointer)

    def _filled_in(self, value):
        """`value` with what earlier steps kept for "$name"; of a link what follows "token="."""
        if isinstance(value, dict):
            return {name: self._filled_in(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self._filled_in(element) for element in value]
        if isinstance(value, str) and value.startswith("$"):
            return self._kept[value[1:]].rpartition("token=")[2]
        return value

    def _table(self):
        apps = self.who["apps"]
        rows = [["", *apps]]
        for name, user in self.who["users"].items():
            asked = {"tenant": self.who["tenant"], "user": user}
            answers = [self.engine.call("check_app", app=app, **asked) for app in apps]
            rows.append([name, *map(cell, answers)])
        return "".join(f"{row[0]:12}" + "".join(f"{c:24}" for c in row[1:]) + "\n" for row in rows)


def cell(answer):
    """"yes, bronze silver", or "no, no_seat"."""
    if not answer["licensed"]:
        return "no, " + answer["reason"]
    plans = [service_id.rpartition(".")[2] for service_id in answer["by"]]
    return " ".join(["in grace," if answer["reason"] == "in_grace" else "yes,", *plans])


def at(document, pointer):
    """What a JSON Pointer (RFC 6901) points at."""
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        document = document[int(token) if isinstance(document, list) else token]
    return document
