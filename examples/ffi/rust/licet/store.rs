//! A store of the host's own: a trait, turned into the callbacks of licet_store_vtable.

use std::os::raw::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::result::Result as StdResult;

use crate::json::Json;
use crate::{answer, data, document, ffi as c, make, Result};

/// What a store holds under a key.
#[derive(Clone)]
pub struct Record {
    pub key: String,
    pub value: String,
    pub stamp: u64,
}

/// The stamp that a key must have; 0: it must be absent.
pub struct Expectation<'a> {
    pub key: &'a str,
    pub stamp: u64,
}

/// A new value, or (`None`) the end of the key.
pub struct Write<'a> {
    pub key: &'a str,
    pub value: Option<&'a str>,
}

/// Why a store did not do what it was asked.
pub enum Failure {
    /// Of commit: the first key that is not as expected. Nothing is written.
    Conflict(String),
    /// Of commit: it may or may not be written.
    Unknown,
    /// Nothing is written. A panic is this too.
    Failed(String),
}

/// A store of the host's own. licet.h has the whole contract.
pub trait HostStore: Send + Sync {
    /// For each key what is there.
    fn read(&self, keys: &[&str]) -> StdResult<Vec<Option<Record>>, Failure>;
    /// The first `limit` records with from <= key < to ("": no end), in byte order.
    fn scan(&self, from: &str, to: &str, limit: usize) -> StdResult<Vec<Record>, Failure>;
    /// Does all writes and gives their stamp, or nothing.
    fn commit(&self, expectations: &[Expectation], writes: &[Write]) -> StdResult<u64, Failure>;
    /// "key_bytes", "value_bytes", "writes_per_batch".
    fn limits(&self) -> Vec<(&'static str, u64)> {
        Vec::new()
    }
}

/// A `HostStore` as licet sees it. Engines on it keep the host's until they are dropped too.
pub struct Store(pub(crate) c::Handle);

unsafe impl Send for Store {}
unsafe impl Sync for Store {}

impl Drop for Store {
    fn drop(&mut self) {
        unsafe { c::licet_store_free(self.0) }
    }
}

impl Store {
    pub fn new<H: HostStore + 'static>(host: H) -> Result<Store> {
        let vtable = c::Vtable {
            size: std::mem::size_of::<c::Vtable>(),
            read: read::<H>,
            scan: scan::<H>,
            commit: commit::<H>,
            limits: limits::<H>,
            destroy: destroy::<H>,
        };
        let host = Box::into_raw(Box::new(host)).cast::<c_void>();
        make(|out, error| unsafe { c::licet_store_new(&vtable, host, out, error) })
            .map(Store)
            .map_err(|error| {
                destroy::<H>(host);
                error
            })
    }

    /// Runs the suite that every store must pass; its report.
    pub fn check(&self) -> Result<Json> {
        answer(|out, error| unsafe { c::licet_store_check(self.0, out, error) }).map(document)
    }
}

/// Runs a callback's work on the host's store. No panic goes past it.
fn work<H: HostStore>(
    host: *mut c_void,
    reply: c::Handle,
    work: impl FnOnce(&H) -> StdResult<(), Failure>,
) -> i32 {
    let host = unsafe { &*host.cast::<H>() };
    let failure = match catch_unwind(AssertUnwindSafe(|| work(host))) {
        Ok(Ok(())) => return 0,
        Ok(Err(failure)) => failure,
        Err(panic) => Failure::Failed(match panic.downcast_ref::<&str>() {
            Some(text) => format!("panic: {text}"),
            None => "panic".to_owned(),
        }),
    };
    match failure {
        Failure::Conflict(key) => unsafe {
            c::licet_reply_conflict(reply, data(&key), key.len());
            1
        },
        Failure::Failed(text) => unsafe {
            c::licet_reply_detail(reply, data(&text), text.len());
            2
        },
        Failure::Unknown => 3,
    }
}

/// `data` may be null where there are none.
unsafe fn slice<'a, T>(data: *const T, size: usize) -> &'a [T] {
    if size == 0 {
        &[]
    } else {
        std::slice::from_raw_parts(data, size)
    }
}

unsafe fn text<'a>(data: *const c_char, size: usize) -> &'a str {
    std::str::from_utf8(slice(data.cast(), size)).expect("licet gives a store UTF-8")
}

fn reply_record(reply: c::Handle, index: usize, record: &Record) {
    let (key, value) = (&record.key, &record.value);
    unsafe {
        c::licet_reply_record(
            reply,
            index,
            data(key),
            key.len(),
            data(value),
            value.len(),
            record.stamp,
        )
    }
}

extern "C" fn read<H: HostStore>(
    host: *mut c_void,
    keys: *const c::Text,
    count: usize,
    reply: c::Handle,
) -> i32 {
    work(host, reply, |host: &H| {
        let keys = unsafe { slice(keys, count) };
        let keys: Vec<&str> = keys.iter().map(|k| unsafe { text(k.data, k.size) }).collect();
        for (index, found) in host.read(&keys)?.iter().enumerate() {
            if let Some(record) = found {
                reply_record(reply, index, record);
            }
        }
        Ok(())
    })
}

extern "C" fn scan<H: HostStore>(
    host: *mut c_void,
    from: *const c_char,
    from_size: usize,
    to: *const c_char,
    to_size: usize,
    limit: usize,
    reply: c::Handle,
) -> i32 {
    work(host, reply, |host: &H| {
        let (from, to) = unsafe { (text(from, from_size), text(to, to_size)) };
        for (index, record) in host.scan(from, to, limit)?.iter().enumerate() {
            reply_record(reply, index, record);
        }
        Ok(())
    })
}

extern "C" fn commit<H: HostStore>(
    host: *mut c_void,
    expectations: *const c::Expectation,
    expectation_count: usize,
    writes: *const c::Write,
    write_count: usize,
    reply: c::Handle,
) -> i32 {
    work(host, reply, |host: &H| {
        let (expected, written): (Vec<_>, Vec<_>) = unsafe {
            let expected = slice(expectations, expectation_count)
                .iter()
                .map(|one| Expectation { key: text(one.key.data, one.key.size), stamp: one.stamp });
            let written = slice(writes, write_count).iter().map(|one| Write {
                key: text(one.key.data, one.key.size),
                value: (one.is_delete == 0).then(|| text(one.value.data, one.value.size)),
            });
            (expected.collect(), written.collect())
        };
        let stamp = host.commit(&expected, &written)?;
        unsafe { c::licet_reply_stamp(reply, stamp) };
        Ok(())
    })
}

extern "C" fn limits<H: HostStore>(host: *mut c_void, reply: c::Handle) -> i32 {
    work(host, reply, |host: &H| {
        for (name, value) in host.limits() {
            unsafe { c::licet_reply_limit(reply, data(name), name.len(), value) };
        }
        Ok(())
    })
}

extern "C" fn destroy<H: HostStore>(host: *mut c_void) {
    // A panic has nobody left to be told to.
    let _ = catch_unwind(AssertUnwindSafe(|| unsafe { drop(Box::from_raw(host.cast::<H>())) }));
}
