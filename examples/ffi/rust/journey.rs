//! Plays a scenario: examples/journey/scenario.hpp says what one is made of.

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;

use licet::json::{object, Json};
use licet::{Engine, Store};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

pub struct Journey {
    pub engine: Engine,
    /// Of the last table.
    pub who: Json,
    pub refusals: Vec<licet::Error>,
    head: Json,
    kept: HashMap<String, String>,
}

impl Journey {
    /// Plays a scenario on the store (or in memory) and writes its tables to `out`.
    pub fn play(path: &str, store: Option<&Store>, out: &mut dyn Write) -> Outcome<Journey> {
        let text = std::fs::read_to_string(path)?;
        let mut lines = text
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| Json::parse(line).ok_or_else(|| format!("{path}: not JSON: {line}")));
        let head = lines.next().ok_or("no scenario")??;
        let mut config = head.get("config").ok_or("no config")?.clone();
        let engine = match store {
            Some(store) => Engine::open_with_store(&config, store)?,
            None => {
                config.set("store", "memory".into());
                Engine::open(&config)?
            }
        };
        let (who, refusals, kept) = (Json::Null, Vec::new(), HashMap::new());
        let mut journey = Journey { engine, who, refusals, head, kept };
        for step in lines {
            let step = step?;
            journey.tell(&step, out).map_err(|e| format!("{}: {e}", step.text_of("say")))?;
        }
        Ok(journey)
    }

    fn tell(&mut self, step: &Json, out: &mut dyn Write) -> Outcome<()> {
        if let Some(who) = step.get("who") {
            self.who = who.clone();
            self.table(step.text_of("say"), out)
        } else if step.get("call").is_some() {
            self.call(step)
        } else {
            Ok(())
        }
    }

    fn call(&mut self, step: &Json) -> Outcome<()> {
        let mut arguments =
            step.get("with").map_or(Json::Object(Vec::new()), |with| self.filled_in(with));
        if let Some(actor) = step.get("as") {
            let actors = self.head.get("actors").ok_or("no actors")?;
            arguments.set("as", actors.get(actor.text()).ok_or("no such actor")?.clone());
        }
        if let Some(key) = step.get("key") {
            arguments.set("idempotency_key", key.clone());
        }
        let expected = step.text_of("expect");
        let answer = match self.engine.call(step.text_of("call"), &arguments) {
            Err(error) if error.rule == expected => {
                self.refusals.push(error);
                return Ok(());
            }
            answer => answer?,
        };
        if !expected.is_empty() {
            return Err(format!("done, and not refused with {expected}").into());
        }
        for (name, pointer) in step.get("keep").map_or(&[][..], Json::members) {
            let found = answer.at(pointer.text()).ok_or("nothing to keep")?;
            self.kept.insert(name.clone(), found.text().to_owned());
        }
        Ok(())
    }

    /// The value with what steps kept for "$name"; of a link what follows "token=".
    fn filled_in(&self, value: &Json) -> Json {
        match value {
            Json::Object(members) => Json::Object(
                members.iter().map(|(name, v)| (name.clone(), self.filled_in(v))).collect(),
            ),
            Json::Array(elements) => {
                Json::Array(elements.iter().map(|v| self.filled_in(v)).collect())
            }
            Json::Text(text) if text.starts_with('$') => {
                let kept = self.kept.get(&text[1..]).map_or("", String::as_str);
                kept.split_once("token=").map_or(kept, |(_, token)| token).into()
            }
            _ => value.clone(),
        }
    }

    fn table(&self, say: &str, out: &mut dyn Write) -> Outcome<()> {
        let apps = self.who.get("apps").map_or(&[][..], Json::elements);
        write!(out, "\n{say}\n\n{:12}", "")?;
        for app in apps {
            write!(out, "{:24}", app.text())?;
        }
        writeln!(out)?;
        for (name, user) in self.who.get("users").map_or(&[][..], Json::members) {
            write!(out, "{name:12}")?;
            for app in apps {
                let asked = object([
                    ("tenant", self.who.text_of("tenant").into()),
                    ("user", user.clone()),
                    ("app", app.clone()),
                ]);
                write!(out, "{:24}", cell(&self.engine.call("check_app", &asked)?))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// "yes, bronze silver", or "no, no_seat".
fn cell(answer: &Json) -> String {
    let reason = answer.text_of("reason");
    if !answer.is_true("licensed") {
        return format!("no, {reason}");
    }
    let mut text = String::from(if reason == "in_grace" { "in grace," } else { "yes," });
    for id in answer.get("by").map_or(&[][..], Json::elements) {
        text.push(' ');
        text.push_str(id.text().rsplit('.').next().unwrap_or_default());
    }
    text
}
