//! licet for Rust: what licet.h offers.
//!
//! An `Engine` and a `Store` may be shared by threads, and close when they are dropped.

mod ffi;
pub mod json;
mod store;

use std::ffi::CStr;
use std::os::raw::c_char;
use std::ptr::null_mut;

use ffi as c;
use json::Json;
pub use store::{Expectation, Failure, HostStore, Record, Store, Write};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    InvalidArgument = 1,
    NotFound,
    Conflict,
    PermissionDenied,
    FailedPrecondition,
    Exhausted,
    Unsupported,
    Storage,
    Contention,
    OutOfMemory,
    Internal,
}

impl Status {
    pub const ALL: [(Status, &'static str); 11] = [
        (Status::InvalidArgument, "INVALID_ARGUMENT"),
        (Status::NotFound, "NOT_FOUND"),
        (Status::Conflict, "CONFLICT"),
        (Status::PermissionDenied, "PERMISSION_DENIED"),
        (Status::FailedPrecondition, "FAILED_PRECONDITION"),
        (Status::Exhausted, "EXHAUSTED"),
        (Status::Unsupported, "UNSUPPORTED"),
        (Status::Storage, "STORAGE"),
        (Status::Contention, "CONTENTION"),
        (Status::OutOfMemory, "OUT_OF_MEMORY"),
        (Status::Internal, "INTERNAL"),
    ];

    pub fn name(self) -> &'static str {
        Status::ALL[self as usize - 1].1
    }
}

/// One that a later library has added is `Internal`.
impl From<i32> for Status {
    fn from(number: i32) -> Status {
        let found = Status::ALL.iter().find(|(status, _)| *status as i32 == number);
        found.map_or(Status::Internal, |(status, _)| *status)
    }
}

/// Why a call failed. `findings` is an array of objects: all that is wrong with a document.
#[derive(Clone, Debug)]
pub struct Error {
    pub status: Status,
    pub rule: String,
    pub message: String,
    pub findings: Json,
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    NoSeat,
    Licensed,
    InGrace,
    Suspended,
    NoPool,
    AppNotMapped,
}

impl Decision {
    pub fn licensed(self) -> bool {
        matches!(self, Decision::Licensed | Decision::InGrace)
    }

    /// One that a later library has added does not let in.
    #[inline]
    fn of(number: i32) -> Decision {
        match number {
            1 => Decision::Licensed,
            2 => Decision::InGrace,
            3 => Decision::Suspended,
            4 => Decision::NoPool,
            5 => Decision::AppNotMapped,
            _ => Decision::NoSeat,
        }
    }
}

fn data(text: &str) -> *const c_char {
    text.as_ptr().cast()
}

/// What a call made, or its error, which this frees.
#[inline]
fn made<T>(made: T, error: c::Handle) -> Result<T> {
    if error.is_null() {
        Ok(made)
    } else {
        Err(taken(error))
    }
}

#[cold]
fn taken(error: c::Handle) -> Error {
    let text = |get: unsafe extern "C" fn(c::Handle) -> *const c_char| unsafe {
        CStr::from_ptr(get(error)).to_string_lossy().into_owned()
    };
    let taken = Error {
        status: unsafe { c::licet_error_status(error) }.into(),
        rule: text(c::licet_error_rule),
        message: text(c::licet_error_message),
        findings: Json::parse(&text(c::licet_error_findings)).unwrap_or(Json::Null),
    };
    unsafe { c::licet_error_free(error) };
    taken
}

/// Calls a function that ends in (out, error).
fn make(function: impl FnOnce(*mut c::Handle, *mut c::Handle) -> i32) -> Result<c::Handle> {
    let (mut out, mut error) = (null_mut(), null_mut());
    function(&mut out, &mut error);
    made(out, error)
}

/// The same for a text.
fn answer(function: impl FnOnce(*mut c::Handle, *mut c::Handle) -> i32) -> Result<String> {
    let text = make(function)?;
    unsafe {
        let data = c::licet_text_data(text);
        let bytes = std::slice::from_raw_parts(data.cast::<u8>(), c::licet_text_size(text));
        let answer = String::from_utf8_lossy(bytes).into_owned();
        c::licet_text_free(text);
        Ok(answer)
    }
}

fn document(text: String) -> Json {
    Json::parse(&text).expect("licet answers in JSON")
}

/// What there is to call, with the JSON Schemas of arguments and answers.
pub fn operations() -> Result<Json> {
    answer(|out, error| unsafe { c::licet_operations(out, error) }).map(document)
}

/// The rules over a store.
pub struct Engine(c::Handle);

unsafe impl Send for Engine {}
unsafe impl Sync for Engine {}

impl Drop for Engine {
    fn drop(&mut self) {
        unsafe { c::licet_engine_close(self.0) }
    }
}

impl Engine {
    /// Opens an engine on the store that `config` names.
    pub fn open(config: &Json) -> Result<Engine> {
        let text = config.to_string();
        make(|out, error| unsafe { c::licet_engine_open(data(&text), text.len(), out, error) })
            .map(Engine)
    }

    /// Opens one on a store of the host's own; `config` names none.
    pub fn open_with_store(config: &Json, store: &Store) -> Result<Engine> {
        let text = config.to_string();
        make(|out, error| unsafe {
            c::licet_engine_open_with_store(data(&text), text.len(), store.0, out, error)
        })
        .map(Engine)
    }

    /// Runs one operation and gives its answer.
    pub fn call(&self, operation: &str, arguments: &Json) -> Result<Json> {
        self.call_text(operation, &arguments.to_string()).map(document)
    }

    /// The same, in JSON.
    pub fn call_text(&self, operation: &str, arguments: &str) -> Result<String> {
        answer(|out, error| unsafe {
            c::licet_call(
                self.0,
                data(operation),
                operation.len(),
                data(arguments),
                arguments.len(),
                out,
                error,
            )
        })
    }

    /// May this user use what this plan gives?
    #[inline]
    pub fn check(&self, tenant: &str, service_id: &str, user: &str) -> Result<Decision> {
        self.decide(c::licet_check, tenant, service_id, user)
    }

    /// May this user open this app, by any plan that maps to it?
    #[inline]
    pub fn check_app(&self, tenant: &str, app: &str, user: &str) -> Result<Decision> {
        self.decide(c::licet_check_app, tenant, app, user)
    }

    #[inline]
    fn decide(&self, check: c::Check, tenant: &str, what: &str, user: &str) -> Result<Decision> {
        let (mut decision, mut error) = (0, null_mut());
        unsafe {
            check(
                self.0,
                data(tenant),
                tenant.len(),
                data(what),
                what.len(),
                data(user),
                user.len(),
                &mut decision,
                &mut error,
            )
        };
        made(Decision::of(decision), error)
    }
}
