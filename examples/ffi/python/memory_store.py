"""A store in Python: a dict, its keys in order, a lock. Nothing outlives the process."""

import bisect
import threading

import licet


class MemoryStore:
    def __init__(self):
        self._lock = threading.Lock()
        self._records = {}  # key: (value, stamp)
        self._keys = []  # the same, in order
        self._stamp = 0  # of the whole store, so that no key ever sees one twice

    def read(self, keys):
        with self._lock:
            return {key: self._records[key] for key in keys if key in self._records}

    def scan(self, start, end, limit):
        with self._lock:
            first = bisect.bisect_left(self._keys, start)
            last = bisect.bisect_left(self._keys, end) if end else len(self._keys)
            page = self._keys[first : min(last, first + limit)]
            return [(key, *self._records[key]) for key in page]

    def commit(self, expectations, writes):
        with self._lock:
            for key, stamp in expectations:
                if self._records.get(key, ("", 0))[1] != stamp:
                    raise licet.Conflict(key)
            self._stamp += 1
            for key, value in writes:
                if value is None:
                    self._delete(key)
                else:
                    self._write(key, value)
            return self._stamp

    def _write(self, key, value):
        if key not in self._records:
            bisect.insort(self._keys, key)
        self._records[key] = (value, self._stamp)

    def _delete(self, key):
        if self._records.pop(key, None):
            del self._keys[bisect.bisect_left(self._keys, key)]
