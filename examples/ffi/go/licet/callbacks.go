package licet

// The functions of licet_store_vtable. A file of their own: what cgo exports from may not define
// functions in C.

/*
#include <licet.h>

typedef const char const_char;
typedef const licet_string const_string;
typedef const licet_expectation const_expectation;
typedef const licet_write const_write;
*/
import "C"

import (
	"io"
	"runtime/cgo"
	"unsafe"
)

func hostOf(self unsafe.Pointer) HostStore { return cgo.Handle(self).Value().(HostStore) }

func goString(text C.licet_string) string { return goText((*C.const_char)(text.data), text.size) }

func goText(data *C.const_char, size C.size_t) string {
	return string(unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size)))
}

//export licetGoRead
func licetGoRead(self unsafe.Pointer, keys *C.const_string, count C.size_t, reply *C.licet_reply) C.int32_t {
	return outcome(reply, func() error {
		wanted := make([]string, 0, count)
		for _, key := range unsafe.Slice(keys, int(count)) {
			wanted = append(wanted, goString(C.licet_string(key)))
		}
		found, err := hostOf(self).Read(wanted)
		for index, key := range wanted {
			if record, ok := found[key]; ok && err == nil {
				replyRecord(reply, index, record)
			}
		}
		return err
	})
}

//export licetGoScan
func licetGoScan(self unsafe.Pointer, from *C.const_char, fromSize C.size_t, to *C.const_char, toSize C.size_t,
	limit C.size_t, reply *C.licet_reply) C.int32_t {
	return outcome(reply, func() error {
		records, err := hostOf(self).Scan(goText(from, fromSize), goText(to, toSize), int(limit))
		for index, record := range records {
			replyRecord(reply, index, record)
		}
		return err
	})
}

//export licetGoCommit
func licetGoCommit(self unsafe.Pointer, expectations *C.const_expectation, expectationCount C.size_t,
	writes *C.const_write, writeCount C.size_t, reply *C.licet_reply) C.int32_t {
	return outcome(reply, func() error {
		expected := make([]Expectation, 0, expectationCount)
		for _, one := range unsafe.Slice(expectations, int(expectationCount)) {
			expected = append(expected, Expectation{goString(one.key), uint64(one.stamp)})
		}
		written := make([]Write, 0, writeCount)
		for _, one := range unsafe.Slice(writes, int(writeCount)) {
			written = append(written, Write{goString(one.key), goString(one.value), one.is_delete != 0})
		}
		stamp, err := hostOf(self).Commit(expected, written)
		if err == nil {
			C.licet_reply_stamp(reply, C.uint64_t(stamp))
		}
		return err
	})
}

//export licetGoLimits
func licetGoLimits(self unsafe.Pointer, reply *C.licet_reply) C.int32_t {
	return outcome(reply, func() error {
		if limiter, ok := hostOf(self).(Limiter); ok {
			for name, value := range limiter.Limits() {
				replyLimit(reply, name, value)
			}
		}
		return nil
	})
}

//export licetGoDestroy
func licetGoDestroy(self unsafe.Pointer) {
	defer cgo.Handle(self).Delete()
	defer func() { _ = recover() }() // nobody is left to tell
	if closer, ok := hostOf(self).(io.Closer); ok {
		_ = closer.Close()
	}
}
