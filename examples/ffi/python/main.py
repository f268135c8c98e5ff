"""licet from Python: journey, store, errors or bench, and a scenario."""

import ctypes
import json
import resource
import sys
import time

import licet
from journey import Journey
from memory_store import MemoryStore


def journey(scenario):
    sys.stdout.writelines(Journey(scenario).play())


def store(scenario):
    with licet.Store(MemoryStore()) as own:
        report = own.check()
        failed = [case for case in report["cases"] if not case["ok"]]
        for case in failed:
            print(f"failed: {case['name']}: {case['detail']}", file=sys.stderr)
        passed = len(report["cases"]) - len(failed)
        print(f"{passed} cases passed; left out: {', '.join(report['left_out'])}", file=sys.stderr)
        if not report["ok"]:
            sys.exit(1)
        sys.stdout.writelines(Journey(scenario, own).play())


class Failing(MemoryStore):
    def commit(self, expectations, writes):
        raise OSError("the disk is gone")


class Overtaken(MemoryStore):
    def commit(self, expectations, writes):
        if any(key.startswith("offer/") for key, _ in writes):
            raise licet.Conflict(expectations[0][0])
        return super().commit(expectations, writes)


ANA = {"id": "ana", "publisher": "fabrikam", "roles": ["account_admin"]}
OFFER = {
    "publisher": "fabrikam",
    "id": "crm",
    "alias": "CRM",
    "type": "dynamics365_dataverse_powerapps",
}


def errors(scenario):
    played = Journey(scenario)
    for _ in played.play():
        pass
    first = {error.status: error for error in reversed(played.refusals)}
    for status in sorted(first):
        show(first[status])
    show(refusal_of(lambda: played.engine.call("offers.sell")))
    for host in (Failing(), Overtaken()):
        show(refusal_of(lambda: create_offer_on(host)))
    show(refusal_of(lambda: check_without_memory(played.engine)))
    print(
        f"11 {licet.Error(99).status.name} is a defect in licet, and there is none to provoke:",
        "status 99 of a later library becomes it",
    )


def refusal_of(work):
    try:
        work()
    except licet.Error as error:
        return error
    raise AssertionError("nothing was refused")


def create_offer_on(host):
    with licet.Store(host) as own, licet.Engine(store=own) as engine:
        engine.call("offers.create", **{"as": ANA, "offer": OFFER})


def check_without_memory(engine):
    """A long text where there is room for one copy and a half, the first of which is ctypes'."""
    size = 64 << 20
    arguments = json.dumps({"offer": {**OFFER, "alias": "a" * size}})
    with open("/proc/self/statm", encoding="ascii") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + size * 3 // 2, before[1]))
    try:
        engine.call_text("offers.check", arguments)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def show(error):
    print(f"{error.status:d} {error.status.name} {error.rule}: {error}")
    for finding in error.findings:
        print("    {severity} {rule} {pointer}: {message}".format(**finding))


def bench(scenario):
    played = Journey(scenario)
    list(played.play())
    tenant, user = played.who["tenant"], next(iter(played.who["users"].values()))
    empty = licet.checker(ctypes.CDLL("libempty.so").licet_ffi_empty)
    best = {"check_ns": float("inf"), "empty_ns": float("inf")}
    for _ in range(5):
        for name, function in (("check_ns", licet.Engine.check), ("empty_ns", empty)):
            best[name] = min(best[name], ns_per_call(function, played.engine, tenant, user))
    print(f"a check costs {best['check_ns'] / best['empty_ns']:.2f} of an empty call")
    print(json.dumps({"language": "python", **{name: round(ns, 1) for name, ns in best.items()}}))


def ns_per_call(function, engine, tenant, user, parts=100, calls=10_000):
    """Of a million calls the best 10,000: the others share the processor with who knows what."""

    def part():
        start = time.perf_counter_ns()
        for _ in range(calls):
            function(engine, tenant, "fabrikam.f365.gold", user)
        return (time.perf_counter_ns() - start) / calls

    return min(part() for _ in range(parts))


if __name__ == "__main__":
    parts = {part.__name__: part for part in (journey, store, errors, bench)}
    if len(sys.argv) != 3 or sys.argv[1] not in parts:
        sys.exit(f"usage: main.py {'|'.join(parts)} SCENARIO")
    parts[sys.argv[1]](sys.argv[2])
