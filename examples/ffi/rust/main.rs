//! licet from Rust: journey, store, errors or bench, and a scenario.

mod bench;
mod errors;
mod journey;
mod memory;

use std::io::stdout;
use std::process::exit;

use journey::{Journey, Outcome};
use licet::json::Json;
use licet::Store;
use memory::MemoryStore;

fn run_journey(scenario: &str) -> Outcome<()> {
    Journey::play(scenario, None, &mut stdout()).map(drop)
}

fn run_store(scenario: &str) -> Outcome<()> {
    let store = Store::new(MemoryStore::default())?;
    let report = store.check()?;
    let cases = report.get("cases").map_or(&[][..], Json::elements);
    for one in cases.iter().filter(|one| !one.is_true("ok")) {
        eprintln!("failed: {}: {}", one.text_of("name"), one.text_of("detail"));
    }
    if !report.is_true("ok") {
        return Err("not a store".into());
    }
    let left_out = report.get("left_out").map_or(&[][..], Json::elements);
    let left_out: Vec<&str> = left_out.iter().map(Json::text).collect();
    eprintln!("{} cases passed; left out: {}", cases.len(), left_out.join(", "));
    Journey::play(scenario, Some(&store), &mut stdout()).map(drop)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words[..] {
        [_, "journey", scenario] => run_journey(scenario),
        [_, "store", scenario] => run_store(scenario),
        [_, "errors", scenario] => errors::run(scenario),
        [_, "bench", scenario] => bench::run(scenario),
        _ => {
            eprintln!("usage: main journey|store|errors|bench SCENARIO");
            exit(2);
        }
    };
    if let Err(error) = outcome {
        eprintln!("{error}");
        exit(1);
    }
}
