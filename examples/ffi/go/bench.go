package main

/*
#cgo LDFLAGS: -lempty
#include <licet.h>

licet_status licet_ffi_empty(licet_engine*, const char*, size_t, const char*, size_t, const char*,
	size_t, int32_t*, licet_error**);

typedef struct { int32_t decision; licet_error* error; } empty_result;

static inline empty_result empty(_GoString_ tenant, _GoString_ service_id, _GoString_ user) {
	empty_result r = {0};
	licet_ffi_empty(NULL, _GoStringPtr(tenant), _GoStringLen(tenant), _GoStringPtr(service_id),
		_GoStringLen(service_id), _GoStringPtr(user), _GoStringLen(user), &r.decision, &r.error);
	return r;
}
*/
import "C"

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"
)

func runBench(scenario string) error {
	played, err := play(scenario, nil, io.Discard)
	if err != nil {
		return err
	}
	defer played.engine.Close()
	const serviceID = "fabrikam.f365.gold"
	tenant, user := played.who.Tenant, played.who.Users[0].id
	if _, err := played.engine.Check(tenant, serviceID, user); err != nil {
		return err
	}
	check, empty := math.Inf(1), math.Inf(1)
	for round := 0; round < 5; round++ {
		check = math.Min(check, nsPerCall(func() { _, _ = played.engine.Check(tenant, serviceID, user) }))
		empty = math.Min(empty, nsPerCall(func() { C.empty(tenant, serviceID, user) }))
	}
	fmt.Printf("a check costs %.2f of an empty call\n", check/empty)
	line, err := json.Marshal(struct {
		Language string  `json:"language"`
		CheckNs  float64 `json:"check_ns"`
		EmptyNs  float64 `json:"empty_ns"`
	}{"go", math.Round(check*10) / 10, math.Round(empty*10) / 10})
	fmt.Println(string(line))
	return err
}

// Of a million calls the best 10,000: the others share the processor with who knows what.
func nsPerCall(call func()) float64 {
	const parts, calls = 100, 10_000
	best := math.Inf(1)
	for part := 0; part < parts; part++ {
		start := time.Now()
		for i := 0; i < calls; i++ {
			call()
		}
		best = math.Min(best, float64(time.Since(start).Nanoseconds())/calls)
	}
	return best
}
