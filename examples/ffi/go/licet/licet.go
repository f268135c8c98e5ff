// Package licet is licet.h for Go.
//
//	engine, err := licet.Open(map[string]any{"store": "sqlite", "path": "fabrikam.db"})
//	defer engine.Close()
//	var answer struct{ Offer map[string]any }
//	err = engine.Call("offers.get", map[string]any{"as": ana, "publisher": "fabrikam", "id": "f365"}, &answer)
//
// What fails gives an *Error. An Engine and a Store may be used by any number of goroutines at
// once; they are closed when none uses them any more, or by the garbage collector.
package licet

/*
#cgo LDFLAGS: -llicet
#include <licet.h>

// Texts go in where Go keeps them, and what a call gives comes back by value: nothing is
// allocated for a call.
typedef struct { licet_engine* engine; licet_text* text; int32_t decision; licet_error* error; } result;

#define TEXT(s) _GoStringPtr(s), _GoStringLen(s)

static inline result open_engine(_GoString_ config) {
	result r = {0};
	licet_engine_open(TEXT(config), &r.engine, &r.error);
	return r;
}
static inline result open_with_store(_GoString_ config, licet_store* store) {
	result r = {0};
	licet_engine_open_with_store(TEXT(config), store, &r.engine, &r.error);
	return r;
}
static inline result call(licet_engine* engine, _GoString_ operation, _GoString_ arguments) {
	result r = {0};
	licet_call(engine, TEXT(operation), TEXT(arguments), &r.text, &r.error);
	return r;
}
static inline result operations(void) {
	result r = {0};
	licet_operations(&r.text, &r.error);
	return r;
}
static inline result check(licet_engine* engine, _GoString_ tenant, _GoString_ service_id, _GoString_ user) {
	result r = {0};
	licet_check(engine, TEXT(tenant), TEXT(service_id), TEXT(user), &r.decision, &r.error);
	return r;
}
static inline result check_app(licet_engine* engine, _GoString_ tenant, _GoString_ app, _GoString_ user) {
	result r = {0};
	licet_check_app(engine, TEXT(tenant), TEXT(app), TEXT(user), &r.decision, &r.error);
	return r;
}
*/
import "C"

import (
	"encoding/json"
	"runtime"
	"unsafe"
)

// Status is the outcome of a call that failed.
type Status int32

const (
	InvalidArgument Status = iota + 1
	NotFound
	Conflict
	PermissionDenied
	FailedPrecondition
	Exhausted
	Unsupported
	Storage
	Contention
	OutOfMemory
	Internal
)

var statusNames = [...]string{
	"INVALID_ARGUMENT", "NOT_FOUND", "CONFLICT", "PERMISSION_DENIED", "FAILED_PRECONDITION",
	"EXHAUSTED", "UNSUPPORTED", "STORAGE", "CONTENTION", "OUT_OF_MEMORY", "INTERNAL",
}

// String gives the status' name; one that a later library has added is INTERNAL.
func (s Status) String() string {
	if s < InvalidArgument || s > Internal {
		s = Internal
	}
	return statusNames[s-1]
}

// Finding is one thing that is wrong with a document.
type Finding struct{ Rule, Severity, Pointer, Message, Hint string }

// Error says why a call failed.
type Error struct {
	Status   Status
	Rule     string
	Message  string
	Findings []Finding
}

func (e *Error) Error() string { return e.Message }

// Decision is the answer of a check.
type Decision int32

const (
	NoSeat Decision = iota
	Licensed
	InGrace
	Suspended
	NoPool
	AppNotMapped
)

// Licensed says whether it lets in.
func (d Decision) Licensed() bool { return d == Licensed || d == InGrace }

// takeError frees it.
func takeError(from *C.licet_error) error {
	if from == nil {
		return nil
	}
	defer C.licet_error_free(from)
	made := &Error{
		Status:  Status(C.licet_error_status(from)),
		Rule:    C.GoString(C.licet_error_rule(from)),
		Message: C.GoString(C.licet_error_message(from)),
	}
	if err := json.Unmarshal([]byte(C.GoString(C.licet_error_findings(from))), &made.Findings); err != nil {
		return err
	}
	return made
}

// takeText frees what it takes.
func takeText(text *C.licet_text, failure *C.licet_error) (string, error) {
	defer C.licet_text_free(text)
	if err := takeError(failure); err != nil {
		return "", err
	}
	data := (*byte)(unsafe.Pointer(C.licet_text_data(text)))
	return string(unsafe.Slice(data, int(C.licet_text_size(text)))), nil
}

// Operations gives what there is to call, with the JSON Schemas of arguments and answers.
func Operations() (map[string]any, error) {
	made := C.operations()
	text, err := takeText(made.text, made.error)
	var all map[string]any
	if err == nil {
		err = json.Unmarshal([]byte(text), &all)
	}
	return all, err
}

// Engine is the rules over a store.
type Engine struct{ handle *C.licet_engine }

func newEngine(made C.result) (*Engine, error) {
	if err := takeError(made.error); err != nil {
		return nil, err
	}
	engine := &Engine{made.engine}
	runtime.SetFinalizer(engine, (*Engine).Close)
	return engine, nil
}

// Open opens an engine on the store that config names.
func Open(config any) (*Engine, error) {
	text, err := json.Marshal(config)
	if err != nil {
		return nil, err
	}
	return newEngine(C.open_engine(string(text)))
}

// OpenWithStore opens one on a store of the host's own; config names none.
func OpenWithStore(config any, store *Store) (*Engine, error) {
	text, err := json.Marshal(config)
	if err != nil {
		return nil, err
	}
	defer runtime.KeepAlive(store)
	return newEngine(C.open_with_store(string(text), store.handle))
}

// Close waits for calls that run. A second one does nothing.
func (e *Engine) Close() {
	C.licet_engine_close(e.handle)
	e.handle = nil
	runtime.SetFinalizer(e, nil)
}

// Call runs one operation and decodes its answer into answer, as json.Unmarshal does; nil for
// none wanted.
func (e *Engine) Call(operation string, arguments, answer any) error {
	text, err := json.Marshal(arguments)
	if err != nil {
		return err
	}
	answered, err := e.CallText(operation, string(text))
	if err != nil || answer == nil {
		return err
	}
	return json.Unmarshal([]byte(answered), answer)
}

// CallText is Call in JSON.
func (e *Engine) CallText(operation, arguments string) (string, error) {
	defer runtime.KeepAlive(e)
	made := C.call(e.handle, operation, arguments)
	return takeText(made.text, made.error)
}

// Check: may this user use what this plan gives?
func (e *Engine) Check(tenant, serviceID, user string) (Decision, error) {
	made := C.check(e.handle, tenant, serviceID, user)
	runtime.KeepAlive(e)
	return Decision(made.decision), takeError(made.error)
}

// CheckApp: may this user open this app, by any plan that maps to it?
func (e *Engine) CheckApp(tenant, app, user string) (Decision, error) {
	made := C.check_app(e.handle, tenant, app, user)
	runtime.KeepAlive(e)
	return Decision(made.decision), takeError(made.error)
}
