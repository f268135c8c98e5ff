//! A store in Rust: an ordered map and a lock. Nothing outlives the process.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Included, Unbounded};
use std::sync::RwLock;

use licet::{Expectation, Failure, HostStore, Record, Write};

#[derive(Default)]
struct State {
    records: BTreeMap<String, Record>,
    stamp: u64, // of the whole store, so that no key ever sees one twice
}

#[derive(Default)]
pub struct MemoryStore(RwLock<State>);

fn poisoned<T>(_: T) -> Failure {
    Failure::Failed("a commit panicked".to_owned())
}

impl HostStore for MemoryStore {
    fn read(&self, keys: &[&str]) -> Result<Vec<Option<Record>>, Failure> {
        let state = self.0.read().map_err(poisoned)?;
        Ok(keys.iter().map(|key| state.records.get(*key).cloned()).collect())
    }

    fn scan(&self, from: &str, to: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        if !to.is_empty() && to <= from {
            return Ok(Vec::new());
        }
        let state = self.0.read().map_err(poisoned)?;
        let end = if to.is_empty() { Unbounded } else { Excluded(to) };
        let found = state.records.range::<str, _>((Included(from), end));
        Ok(found.take(limit).map(|(_, record)| record.clone()).collect())
    }

    fn commit(&self, expectations: &[Expectation], writes: &[Write]) -> Result<u64, Failure> {
        let mut state = self.0.write().map_err(poisoned)?;
        for expected in expectations {
            let stamp = state.records.get(expected.key).map_or(0, |record| record.stamp);
            if stamp != expected.stamp {
                return Err(Failure::Conflict(expected.key.to_owned()));
            }
        }
        state.stamp += 1;
        let stamp = state.stamp;
        for write in writes {
            let key = write.key.to_owned();
            match write.value {
                Some(value) => {
                    let record = Record { key: key.clone(), value: value.to_owned(), stamp };
                    state.records.insert(key, record);
                }
                None => {
                    state.records.remove(write.key);
                }
            }
        }
        Ok(stamp)
    }
}
