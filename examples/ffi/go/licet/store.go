package licet

/*
#include <licet.h>

typedef const char const_char;
typedef const licet_string const_string;
typedef const licet_expectation const_expectation;
typedef const licet_write const_write;

int32_t licetGoRead(void*, const_string*, size_t, licet_reply*);
int32_t licetGoScan(void*, const_char*, size_t, const_char*, size_t, size_t, licet_reply*);
int32_t licetGoCommit(void*, const_expectation*, size_t, const_write*, size_t, licet_reply*);
int32_t licetGoLimits(void*, licet_reply*);
void licetGoDestroy(void*);

typedef struct { licet_store* store; licet_text* text; licet_error* error; } store_result;

static inline store_result store_new(uintptr_t handle) {
	licet_store_vtable vtable = {
		sizeof vtable, licetGoRead, licetGoScan, licetGoCommit, licetGoLimits, licetGoDestroy};
	store_result r = {0};
	licet_store_new(&vtable, (void*)handle, &r.store, &r.error);
	return r;
}
static inline store_result store_check(licet_store* store) {
	store_result r = {0};
	licet_store_check(store, &r.text, &r.error);
	return r;
}

#define TEXT(s) _GoStringPtr(s), _GoStringLen(s)

static inline void reply_record(
	licet_reply* reply, size_t index, _GoString_ key, _GoString_ value, uint64_t stamp) {
	licet_reply_record(reply, index, TEXT(key), TEXT(value), stamp);
}
static inline void reply_conflict(licet_reply* reply, _GoString_ key) {
	licet_reply_conflict(reply, TEXT(key));
}
static inline void reply_limit(licet_reply* reply, _GoString_ name, uint64_t value) {
	licet_reply_limit(reply, TEXT(name), value);
}
static inline void reply_detail(licet_reply* reply, _GoString_ text) {
	licet_reply_detail(reply, TEXT(text));
}
*/
import "C"

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/cgo"
)

// Record is what a store holds under a key.
type Record struct {
	Key, Value string
	Stamp      uint64
}

// Expectation is the stamp that a key must have; 0: it must be absent.
type Expectation struct {
	Key   string
	Stamp uint64
}

// Write is a new value, or the end of the key.
type Write struct {
	Key, Value string
	Delete     bool
}

// HostStore is a store of the host's own, called from any thread: it synchronizes itself. An error,
// and a panic, make the call that needed it fail with Storage. licet.h has the whole contract.
type HostStore interface {
	// Read gives those of the keys that are there.
	Read(keys []string) (map[string]Record, error)
	// Scan gives the first limit records with from <= key < to ("": no end), in byte order.
	Scan(from, to string, limit int) ([]Record, error)
	// Commit does all writes and gives their stamp, or nothing. It fails with a ConflictError, with
	// ErrOutcomeUnknown where it may or may not have written, or with any other error.
	Commit(expectations []Expectation, writes []Write) (uint64, error)
}

// Limiter is a HostStore that has limits: "key_bytes", "value_bytes", "writes_per_batch". One that
// is an io.Closer is closed in the end.
type Limiter interface{ Limits() map[string]uint64 }

// ConflictError names the first key that is not as expected.
type ConflictError struct{ Key string }

func (e ConflictError) Error() string { return "conflict on " + e.Key }

// ErrOutcomeUnknown is a commit that may or may not have written.
var ErrOutcomeUnknown = errors.New("outcome unknown")

// Store is a HostStore as licet sees it.
type Store struct{ handle *C.licet_store }

// NewStore makes one. It holds the host's until it is closed, and the engines on it are.
func NewStore(host HostStore) (*Store, error) {
	handle := cgo.NewHandle(host)
	made := C.store_new(C.uintptr_t(handle))
	if err := takeError(made.error); err != nil {
		handle.Delete()
		return nil, err
	}
	store := &Store{made.store}
	runtime.SetFinalizer(store, (*Store).Close)
	return store, nil
}

// Close may be called while engines are open on it. A second one does nothing.
func (s *Store) Close() {
	C.licet_store_free(s.handle)
	s.handle = nil
	runtime.SetFinalizer(s, nil)
}

// StoreReport is what Check finds.
type StoreReport struct {
	OK    bool
	Cases []struct {
		Name, Detail string
		OK           bool
	}
	LeftOut []string `json:"left_out"`
}

// Check runs the suite that every store must pass.
func (s *Store) Check() (report StoreReport, err error) {
	defer runtime.KeepAlive(s)
	made := C.store_check(s.handle)
	text, err := takeText(made.text, made.error)
	if err == nil {
		err = json.Unmarshal([]byte(text), &report)
	}
	return report, err
}

// outcome is what a callback returns, of what the host's store did; no panic goes past it.
func outcome(reply *C.licet_reply, work func() error) (status C.int32_t) {
	defer func() {
		if panicked := recover(); panicked != nil {
			C.reply_detail(reply, fmt.Sprint("panic: ", panicked))
			status = C.LICET_STORE_FAILED
		}
	}()
	err := work()
	var conflict ConflictError
	switch {
	case err == nil:
		return C.LICET_STORE_OK
	case errors.As(err, &conflict):
		C.reply_conflict(reply, conflict.Key)
		return C.LICET_STORE_CONFLICT
	case errors.Is(err, ErrOutcomeUnknown):
		return C.LICET_STORE_UNKNOWN
	default:
		C.reply_detail(reply, err.Error())
		return C.LICET_STORE_FAILED
	}
}

func replyRecord(reply *C.licet_reply, index int, record Record) {
	C.reply_record(reply, C.size_t(index), record.Key, record.Value, C.uint64_t(record.Stamp))
}

func replyLimit(reply *C.licet_reply, name string, value uint64) {
	C.reply_limit(reply, name, C.uint64_t(value))
}
