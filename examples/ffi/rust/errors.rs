//! One error of every status.

use std::io::sink;

use crate::journey::{Journey, Outcome};
use crate::memory::MemoryStore;
use licet::json::{object, Json};
use licet::{Engine, Expectation, Failure, HostStore, Record, Status, Store, Write};

pub fn run(scenario: &str) -> Outcome<()> {
    let played = Journey::play(scenario, None, &mut sink())?;
    for (status, _) in Status::ALL {
        if let Some(first) = played.refusals.iter().find(|error| error.status == status) {
            show(first);
        }
    }
    show(&refusal(played.engine.call("offers.sell", &object([])))?);
    std::panic::set_hook(Box::new(|_| {})); // Failing panics, which its error tells
    show(&refusal(create_offer_on(Failing::default()))?);
    show(&refusal(create_offer_on(Overtaken::default()))?);
    show(&check_without_memory(&played.engine)?);
    println!(
        "11 {} is a defect in licet, and there is none to provoke: status 99 of a later library \
         becomes it",
        Status::from(99).name()
    );
    Ok(())
}

fn refusal<T>(result: licet::Result<T>) -> Outcome<licet::Error> {
    match result {
        Err(error) => Ok(error),
        Ok(_) => Err("nothing was refused".into()),
    }
}

fn show(error: &licet::Error) {
    println!("{} {} {}: {error}", error.status as i32, error.status.name(), error.rule);
    for finding in error.findings.elements() {
        let [severity, rule, pointer, message] =
            ["severity", "rule", "pointer", "message"].map(|name| finding.text_of(name));
        println!("    {severity} {rule} {pointer}: {message}");
    }
}

fn create_offer_on(host: impl HostStore + 'static) -> licet::Result<Json> {
    let store = Store::new(host)?;
    let engine = Engine::open_with_store(&object([]), &store)?;
    let ana = object([
        ("id", "ana".into()),
        ("publisher", "fabrikam".into()),
        ("roles", Json::Array(vec!["account_admin".into()])),
    ]);
    engine.call("offers.create", &object([("as", ana), ("offer", offer("CRM"))]))
}

fn offer(alias: &str) -> Json {
    object([
        ("publisher", "fabrikam".into()),
        ("id", "crm".into()),
        ("alias", alias.into()),
        ("type", "dynamics365_dataverse_powerapps".into()),
    ])
}

#[derive(Default)]
struct Failing(MemoryStore);

impl HostStore for Failing {
    fn read(&self, keys: &[&str]) -> Result<Vec<Option<Record>>, Failure> {
        self.0.read(keys)
    }
    fn scan(&self, from: &str, to: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        self.0.scan(from, to, limit)
    }
    fn commit(&self, _: &[Expectation], _: &[Write]) -> Result<u64, Failure> {
        panic!("the disk is gone")
    }
}

/// A store where others always write an offer first.
#[derive(Default)]
struct Overtaken(MemoryStore);

impl HostStore for Overtaken {
    fn read(&self, keys: &[&str]) -> Result<Vec<Option<Record>>, Failure> {
        self.0.read(keys)
    }
    fn scan(&self, from: &str, to: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        self.0.scan(from, to, limit)
    }
    fn commit(&self, expectations: &[Expectation], writes: &[Write]) -> Result<u64, Failure> {
        if writes.iter().any(|write| write.key.starts_with("offer/")) {
            return Err(Failure::Conflict(expectations[0].key.to_owned()));
        }
        self.0.commit(expectations, writes)
    }
}

#[repr(C)]
struct Limit {
    current: u64,
    max: u64,
}

const RLIMIT_AS: i32 = 9; // on Linux

extern "C" {
    fn getrlimit(resource: i32, limit: *mut Limit) -> i32;
    fn setrlimit(resource: i32, limit: *const Limit) -> i32;
    fn getpagesize() -> i32;
}

/// A long text where there is no room for a copy.
fn check_without_memory(engine: &Engine) -> Outcome<licet::Error> {
    let size = 64 << 20;
    let arguments = object([("offer", offer(&"a".repeat(size)))]).to_string();
    let usage = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = usage.split(' ').next().unwrap_or_default().parse()?;
    let mut before = Limit { current: 0, max: 0 };
    let refused = unsafe {
        getrlimit(RLIMIT_AS, &mut before);
        let current = pages * getpagesize() as u64 + size as u64 / 2;
        setrlimit(RLIMIT_AS, &Limit { current, max: before.max });
        let refused = engine.call_text("offers.check", &arguments);
        setrlimit(RLIMIT_AS, &before);
        refused
    };
    refusal(refused)
}
