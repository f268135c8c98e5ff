package main

import (
	"sort"
	"sync"

	"licet.example/licet"
)

// memoryStore is a store in Go: a map, its keys in order, a lock. Nothing outlives the process.
type memoryStore struct {
	lock    sync.RWMutex
	records map[string]licet.Record
	keys    []string
	stamp   uint64 // of the whole store, so that no key ever sees one twice
}

func newMemoryStore() *memoryStore { return &memoryStore{records: map[string]licet.Record{}} }

func (s *memoryStore) Read(keys []string) (map[string]licet.Record, error) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	found := map[string]licet.Record{}
	for _, key := range keys {
		if record, ok := s.records[key]; ok {
			found[key] = record
		}
	}
	return found, nil
}

func (s *memoryStore) Scan(from, to string, limit int) ([]licet.Record, error) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	var page []licet.Record
	for _, key := range s.keys[sort.SearchStrings(s.keys, from):] {
		if len(page) == limit || to != "" && key >= to {
			break
		}
		page = append(page, s.records[key])
	}
	return page, nil
}

func (s *memoryStore) Commit(expectations []licet.Expectation, writes []licet.Write) (uint64, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, expected := range expectations {
		if s.records[expected.Key].Stamp != expected.Stamp {
			return 0, licet.ConflictError{Key: expected.Key}
		}
	}
	s.stamp++
	for _, write := range writes {
		s.apply(write)
	}
	return s.stamp, nil
}

func (s *memoryStore) apply(write licet.Write) {
	_, there := s.records[write.Key]
	place := sort.SearchStrings(s.keys, write.Key)
	if write.Delete {
		delete(s.records, write.Key)
		if there {
			s.keys = append(s.keys[:place], s.keys[place+1:]...)
		}
		return
	}
	s.records[write.Key] = licet.Record{Key: write.Key, Value: write.Value, Stamp: s.stamp}
	if !there {
		s.keys = append(s.keys, "")
		copy(s.keys[place+1:], s.keys[place:])
		s.keys[place] = write.Key
	}
}
