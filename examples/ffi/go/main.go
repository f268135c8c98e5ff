// licet from Go: journey, store, errors or bench, and a scenario.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"licet.example/licet"
)

func main() {
	parts := map[string]func(string) error{
		"journey": runJourney, "store": runStore, "errors": runErrors, "bench": runBench,
	}
	if len(os.Args) != 3 || parts[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: main journey|store|errors|bench SCENARIO")
		os.Exit(2)
	}
	if err := parts[os.Args[1]](os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func runJourney(scenario string) error {
	played, err := play(scenario, nil, os.Stdout)
	if err == nil {
		played.engine.Close()
	}
	return err
}

func runStore(scenario string) error {
	store, err := licet.NewStore(newMemoryStore())
	if err != nil {
		return err
	}
	defer store.Close()
	report, err := store.Check()
	if err != nil {
		return err
	}
	for _, one := range report.Cases {
		if !one.OK {
			fmt.Fprintf(os.Stderr, "failed: %s: %s\n", one.Name, one.Detail)
		}
	}
	if !report.OK {
		return errors.New("not a store")
	}
	fmt.Fprintf(os.Stderr, "%d cases passed; left out: %s\n", len(report.Cases), strings.Join(report.LeftOut, ", "))
	played, err := play(scenario, store, os.Stdout)
	if err == nil {
		played.engine.Close()
	}
	return err
}
