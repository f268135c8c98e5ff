package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"licet.example/licet"
)

func runErrors(scenario string) error {
	played, err := play(scenario, nil, io.Discard)
	if err != nil {
		return err
	}
	defer played.engine.Close()
	for status := licet.InvalidArgument; status <= licet.Internal; status++ {
		for _, refusal := range played.refusals {
			if refusal.Status == status {
				show(refusal)
				break
			}
		}
	}
	show(played.engine.Call("offers.sell", document{}, nil))
	show(createOfferOn(failing{newMemoryStore()}))
	show(createOfferOn(overtaken{newMemoryStore()}))
	show(checkWithoutMemory(played.engine))
	fmt.Println("11", licet.Status(99), "is a defect in licet, and there is none to provoke:",
		"status 99 of a later library becomes it")
	return nil
}

func show(err error) {
	var refusal *licet.Error
	if !errors.As(err, &refusal) {
		fmt.Println("not refused:", err)
		return
	}
	fmt.Printf("%d %v %s: %s\n", refusal.Status, refusal.Status, refusal.Rule, refusal.Message)
	for _, finding := range refusal.Findings {
		fmt.Printf("    %s %s %s: %s\n", finding.Severity, finding.Rule, finding.Pointer, finding.Message)
	}
}

type failing struct{ *memoryStore }

func (failing) Commit([]licet.Expectation, []licet.Write) (uint64, error) {
	panic("the disk is gone")
}

// overtaken is a store where others always write an offer first.
type overtaken struct{ *memoryStore }

func (s overtaken) Commit(expectations []licet.Expectation, writes []licet.Write) (uint64, error) {
	for _, write := range writes {
		if strings.HasPrefix(write.Key, "offer/") {
			return 0, licet.ConflictError{Key: expectations[0].Key}
		}
	}
	return s.memoryStore.Commit(expectations, writes)
}

func createOfferOn(host licet.HostStore) error {
	store, err := licet.NewStore(host)
	if err != nil {
		return err
	}
	defer store.Close()
	engine, err := licet.OpenWithStore(document{}, store)
	if err != nil {
		return err
	}
	defer engine.Close()
	ana := document{"id": "ana", "publisher": "fabrikam", "roles": []string{"account_admin"}}
	offer := document{"publisher": "fabrikam", "id": "crm", "alias": "CRM", "type": "dynamics365_dataverse_powerapps"}
	return engine.Call("offers.create", document{"as": ana, "offer": offer}, nil)
}

// checkWithoutMemory gives a long text where there is no room for a copy.
func checkWithoutMemory(engine *licet.Engine) error {
	const size = 64 << 20
	arguments := `{"offer":{"publisher":"fabrikam","id":"crm","type":"dynamics365_dataverse_powerapps","alias":"` +
		strings.Repeat("a", size) + `"}}`
	usage, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	var pages uint64
	if _, err := fmt.Sscan(string(usage), &pages); err != nil {
		return err
	}
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &before); err != nil {
		return err
	}
	tight := before
	tight.Cur = pages*uint64(os.Getpagesize()) + size/2
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &tight); err != nil {
		return err
	}
	_, refused := engine.CallText("offers.check", arguments)
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &before); err != nil {
		return err
	}
	return refused
}
