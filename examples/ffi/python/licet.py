"""licet for Python: what licet.h offers, through ctypes alone.

    with licet.Engine({"store": "sqlite", "path": "fabrikam.db"}) as engine:
        engine.call("offers.get", publisher="fabrikam", id="f365", **{"as": ana})
        engine.check(tenant, "fabrikam.f365.gold", user).licensed

Documents are dicts. A call that fails raises Error. The shared library is found by the loader, or
named by LICET_LIBRARY. An Engine or a Store may be used by several threads at once; close it when
none uses it any more.
"""

import ctypes
import enum
import json
import os
import weakref
from ctypes import CFUNCTYPE, POINTER, byref
from ctypes import c_char_p, c_int32, c_size_t, c_uint32, c_uint64, c_void_p


class Status(enum.IntEnum):
    INVALID_ARGUMENT = 1
    NOT_FOUND = 2
    CONFLICT = 3
    PERMISSION_DENIED = 4
    FAILED_PRECONDITION = 5
    EXHAUSTED = 6
    UNSUPPORTED = 7
    STORAGE = 8
    CONTENTION = 9
    OUT_OF_MEMORY = 10
    INTERNAL = 11

    @classmethod
    def _missing_(cls, value):
        return cls.INTERNAL  # one that a later library has added


class Decision(enum.IntEnum):
    NO_SEAT = 0
    LICENSED = 1
    IN_GRACE = 2
    SUSPENDED = 3
    NO_POOL = 4
    APP_NOT_MAPPED = 5

    @property
    def licensed(self):
        return self in (Decision.LICENSED, Decision.IN_GRACE)


_DECISIONS = {decision.value: decision for decision in Decision}


class Error(Exception):
    """Why a call failed; `findings` is a list of dicts, all that is wrong with a document."""

    def __init__(self, status, rule="", message="", findings=()):
        super().__init__(message)
        self.status = Status(status)
        self.rule = rule
        self.findings = list(findings)


class Conflict(Exception):
    """Raised by a store's commit, with the first key that is not as expected."""


class OutcomeUnknown(Exception):
    """Raised by a store's commit that may or may not have written."""


class _String(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("size", c_size_t)]

    def __str__(self):
        return _text(self.data, self.size)


class _Expectation(ctypes.Structure):
    _fields_ = [("key", _String), ("stamp", c_uint64)]


class _Write(ctypes.Structure):
    _fields_ = [("key", _String), ("value", _String), ("is_delete", c_int32)]


def _callback(*parameters):
    return CFUNCTYPE(c_int32, c_void_p, *parameters)


class _Vtable(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("read", _callback(POINTER(_String), c_size_t, c_void_p)),
        ("scan", _callback(*[c_void_p, c_size_t] * 2, c_size_t, c_void_p)),
        ("commit", _callback(POINTER(_Expectation), c_size_t, POINTER(_Write), c_size_t, c_void_p)),
        ("limits", _callback(c_void_p)),
        ("destroy", CFUNCTYPE(None, c_void_p)),
    ]


_TEXT = (c_char_p, c_size_t)
_OUT = (POINTER(c_void_p), POINTER(c_void_p))
_library = ctypes.CDLL(os.environ.get("LICET_LIBRARY", "liblicet.so.0"))


def _function(name, result, *parameters):
    function = getattr(_library, name)
    function.restype, function.argtypes = result, parameters
    return function


_error_status = _function("licet_error_status", c_int32, c_void_p)
_error_rule = _function("licet_error_rule", c_char_p, c_void_p)
_error_message = _function("licet_error_message", c_char_p, c_void_p)
_error_findings = _function("licet_error_findings", c_char_p, c_void_p)
_error_free = _function("licet_error_free", None, c_void_p)
_text_data = _function("licet_text_data", c_void_p, c_void_p)
_text_size = _function("licet_text_size", c_size_t, c_void_p)
_text_free = _function("licet_text_free", None, c_void_p)
_engine_open = _function("licet_engine_open", c_int32, *_TEXT, *_OUT)
_engine_open_with_store = _function(
    "licet_engine_open_with_store", c_int32, *_TEXT, c_void_p, *_OUT
)
_engine_close = _function("licet_engine_close", None, c_void_p)
_call = _function("licet_call", c_int32, c_void_p, *_TEXT, *_TEXT, *_OUT)
_operations = _function("licet_operations", c_int32, *_OUT)
_store_new = _function("licet_store_new", c_int32, POINTER(_Vtable), c_void_p, *_OUT)
_store_check = _function("licet_store_check", c_int32, c_void_p, *_OUT)
_store_free = _function("licet_store_free", None, c_void_p)
_reply_record = _function(
    "licet_reply_record", None, c_void_p, c_size_t, *_TEXT, *_TEXT, c_uint64
)
_reply_stamp = _function("licet_reply_stamp", None, c_void_p, c_uint64)
_reply_conflict = _function("licet_reply_conflict", None, c_void_p, *_TEXT)
_reply_limit = _function("licet_reply_limit", None, c_void_p, *_TEXT, c_uint64)
_reply_detail = _function("licet_reply_detail", None, c_void_p, *_TEXT)
version = _function("licet_version", c_uint32)


def _text(data, size):
    return ctypes.string_at(data, size).decode() if size else ""


def _sized(text):
    data = text.encode()
    return data, len(data)


def _raise(error):
    try:
        raise Error(
            _error_status(error),
            _error_rule(error).decode(),
            _error_message(error).decode(),
            json.loads(_error_findings(error)),
        )
    finally:
        _error_free(error)


def _made(function, *arguments):
    """Calls a function that ends in (out, error) and gives what it made."""
    out, error = c_void_p(), c_void_p()
    if function(*arguments, byref(out), byref(error)):
        _raise(error)
    return out


def _answer(function, *arguments):
    text = _made(function, *arguments)
    try:
        return _text(_text_data(text), _text_size(text))
    finally:
        _text_free(text)


def checker(function):
    """A method of Engine out of a C function with the parameters of licet_check."""
    function.restype = c_int32
    function.argtypes = (c_void_p, *_TEXT, *_TEXT, *_TEXT, POINTER(c_int32), POINTER(c_void_p))

    def check(self, tenant, what, user):
        tenant, what, user = tenant.encode(), what.encode(), user.encode()
        decision, error = c_int32(), c_void_p()
        if function(
            self._handle, tenant, len(tenant), what, len(what), user, len(user),
            byref(decision), byref(error),
        ):  # fmt: skip
            _raise(error)
        return _DECISIONS.get(decision.value, Decision.NO_SEAT)  # a later library's: not let in

    return check


def operations():
    """What there is to call, with the JSON Schemas of arguments and answers."""
    return json.loads(_answer(_operations))


class _Owner:
    """Holds a handle until it is closed, left by `with`, or collected."""

    def _own(self, handle, close, *kept):
        self._handle = handle
        # Holds what the library still uses, a store's callbacks, until `close` has returned.
        self._finalizer = weakref.finalize(self, lambda *_: close(handle), *kept)

    def close(self):
        self._handle = None
        self._finalizer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Engine(_Owner):
    """The rules over a store: that of `config`, or one of the host's own."""

    def __init__(self, config=None, store=None):
        text = _sized(json.dumps(config or {}))
        if store is None:
            self._own(_made(_engine_open, *text), _engine_close)
        else:
            engine = _made(_engine_open_with_store, *text, store._handle)
            self._own(engine, _engine_close, store._adapter)

    def call(self, operation, **arguments):
        """Runs one operation and gives its answer."""
        return json.loads(self.call_text(operation, json.dumps(arguments)))

    def call_text(self, operation, arguments):
        """The same, in JSON."""
        return _answer(_call, self._handle, *_sized(operation), *_sized(arguments))

    #: check(tenant, service_id, user): may this user use what this plan gives?
    check = checker(_library.licet_check)
    #: check_app(tenant, app, user): may this user open this app, by any plan that maps to it?
    check_app = checker(_library.licet_check_app)


class Store(_Owner):
    """A store of the host's own: an object with

    read(keys)                    {key: (value, stamp)} of those that are there
    scan(start, end, limit)       [(key, value, stamp)] in order, start <= key < end ("": no end)
    commit(expectations, writes)  the stamp, of [(key, stamp)] (0: absent) and [(key, value)]
                                  (None: delete); or raises Conflict or OutcomeUnknown
    limits()                      {"writes_per_batch": 100}; may be left out
    close()                       may be left out

    Any other exception makes the call that needed it fail with Status.STORAGE, its text as detail.
    """

    def __init__(self, host):
        self._adapter = _Adapter(host)
        self._own(_made(_store_new, byref(self._adapter.vtable), None), _store_free, self._adapter)

    def check(self):
        """Runs the suite that every store must pass; its report."""
        return json.loads(_answer(_store_check, self._handle))


class _Adapter:
    """A host's store as callbacks. None of them lets an exception out."""

    def __init__(self, host):
        self.host = host
        types = dict(_Vtable._fields_)
        callbacks = [types[name](getattr(self, name)) for name in ("read", "scan", "commit")]
        limits = types["limits"](self.limits if hasattr(host, "limits") else 0)
        destroy = types["destroy"](self.destroy if hasattr(host, "close") else 0)
        self.vtable = _Vtable(ctypes.sizeof(_Vtable), *callbacks, limits, destroy)

    @staticmethod
    def answers(work, reply):
        try:
            work()
            return 0
        except Conflict as conflict:
            _reply_conflict(reply, *_sized(str(conflict)))
            return 1
        except OutcomeUnknown:
            return 3
        except BaseException as failure:
            _reply_detail(reply, *_sized(f"{type(failure).__name__}: {failure}"))
            return 2

    def read(self, _, keys, count, reply):
        def work():
            wanted = [str(keys[i]) for i in range(count)]
            found = self.host.read(wanted)
            for index, key in enumerate(wanted):
                if key in found:
                    value, stamp = found[key]
                    _reply_record(reply, index, *_sized(key), *_sized(value), stamp)

        return self.answers(work, reply)

    def scan(self, _, start, start_size, end, end_size, limit, reply):
        def work():
            records = self.host.scan(_text(start, start_size), _text(end, end_size), limit)
            for index, (key, value, stamp) in enumerate(records):
                _reply_record(reply, index, *_sized(key), *_sized(value), stamp)

        return self.answers(work, reply)

    def commit(self, _, expectations, expectation_count, writes, write_count, reply):
        def work():
            expected = [(str(e.key), e.stamp) for e in expectations[:expectation_count]]
            written = [
                (str(w.key), None if w.is_delete else str(w.value)) for w in writes[:write_count]
            ]
            _reply_stamp(reply, self.host.commit(expected, written))

        return self.answers(work, reply)

    def limits(self, _, reply):
        def work():
            for name, value in self.host.limits().items():
                _reply_limit(reply, *_sized(name), value)

        return self.answers(work, reply)

    def destroy(self, _):
        try:
            self.host.close()
        except BaseException:
            pass  # nobody is left to tell
