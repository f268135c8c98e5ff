package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"licet.example/licet"
)

type document = map[string]any

// step is a line of a scenario: examples/journey/scenario.hpp says what is in it.
type step struct {
	Say, As, Call, Key, Expect string
	With                       map[string]json.RawMessage // raw: findings come in the document's order
	Keep                       map[string]string
	Who                        *who
}

type who struct {
	Tenant string
	Users  users
	Apps   []string
}

// users keeps the order of the scenario.
type users []struct{ name, id string }

func (u *users) UnmarshalJSON(text []byte) error {
	in := json.NewDecoder(bytes.NewReader(text))
	if _, err := in.Token(); err != nil {
		return err
	}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return err
		}
		id, err := in.Token()
		if err != nil {
			return err
		}
		*u = append(*u, struct{ name, id string }{fmt.Sprint(name), fmt.Sprint(id)})
	}
	return nil
}

// journey plays a scenario.
type journey struct {
	engine   *licet.Engine
	actors   map[string]any
	kept     map[string]string
	who      *who // of the last table
	refusals []*licet.Error
}

// play plays a scenario on the store (nil: in memory) and writes its tables to out. The journey is
// to be closed.
func play(path string, store *licet.Store, out io.Writer) (*journey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := json.NewDecoder(bytes.NewReader(text))
	var head struct {
		Config document
		Actors map[string]any
	}
	if err := lines.Decode(&head); err != nil {
		return nil, err
	}
	played := &journey{actors: head.Actors, kept: map[string]string{}}
	if store != nil {
		played.engine, err = licet.OpenWithStore(head.Config, store)
	} else {
		head.Config["store"] = "memory"
		played.engine, err = licet.Open(head.Config)
	}
	for err == nil && lines.More() {
		var next step
		if err = lines.Decode(&next); err == nil {
			err = played.tell(next, out)
		}
	}
	return played, err
}

func (j *journey) tell(step step, out io.Writer) error {
	if step.Who != nil {
		j.who = step.Who
		return j.table(step.Say, out)
	}
	if step.Call == "" {
		return nil
	}
	answer, err := j.carryOut(step)
	var refusal *licet.Error
	switch {
	case errors.As(err, &refusal) && refusal.Rule == step.Expect:
		j.refusals = append(j.refusals, refusal)
		return nil
	case err != nil:
		return fmt.Errorf("%s: %w", step.Say, err)
	case step.Expect != "":
		return fmt.Errorf("%s: done, and not refused with %s", step.Say, step.Expect)
	}
	for name, pointer := range step.Keep {
		text, ok := at(answer, pointer).(string)
		if !ok {
			return fmt.Errorf("%s: no text at %s", step.Say, pointer)
		}
		j.kept[name] = text
	}
	return nil
}

func (j *journey) carryOut(step step) (answer document, err error) {
	arguments := document{}
	for name, value := range step.With {
		arguments[name] = j.filledIn(value)
	}
	if step.As != "" {
		arguments["as"] = j.actors[step.As]
	}
	if step.Key != "" {
		arguments["idempotency_key"] = step.Key
	}
	err = j.engine.Call(step.Call, arguments, &answer)
	return answer, err
}

var reference = regexp.MustCompile(`"\$\w+"`)

// filledIn is value with what steps kept in place of "$name"; of a link what follows "token=".
func (j *journey) filledIn(value json.RawMessage) json.RawMessage {
	return reference.ReplaceAllFunc(value, func(name []byte) []byte {
		kept := j.kept[string(name[2:len(name)-1])]
		if _, token, found := strings.Cut(kept, "token="); found {
			kept = token
		}
		text, _ := json.Marshal(kept) // of a string it cannot fail
		return text
	})
}

func (j *journey) table(say string, out io.Writer) error {
	fmt.Fprintf(out, "\n%s\n\n%-12s", say, "")
	for _, app := range j.who.Apps {
		fmt.Fprintf(out, "%-24s", app)
	}
	fmt.Fprintln(out)
	for _, user := range j.who.Users {
		fmt.Fprintf(out, "%-12s", user.name)
		for _, app := range j.who.Apps {
			var answer access
			asked := document{"tenant": j.who.Tenant, "user": user.id, "app": app}
			if err := j.engine.Call("check_app", asked, &answer); err != nil {
				return err
			}
			fmt.Fprintf(out, "%-24s", answer)
		}
		fmt.Fprintln(out)
	}
	return nil
}

type access struct {
	Licensed bool
	Reason   string
	By       []string
}

// String gives "yes, bronze silver", or "no, no_seat".
func (a access) String() string {
	if !a.Licensed {
		return "no, " + a.Reason
	}
	text := "yes,"
	if a.Reason == "in_grace" {
		text = "in grace,"
	}
	for _, id := range a.By {
		text += " " + id[strings.LastIndex(id, ".")+1:]
	}
	return text
}

// at is what a pointer of names points at.
func at(value any, pointer string) any {
	for _, name := range strings.Split(pointer, "/")[1:] {
		object, _ := value.(document)
		value = object[name]
	}
	return value
}
