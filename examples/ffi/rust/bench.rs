//! What a check costs, beside an empty function that is called the same way.

use std::io::sink;
use std::os::raw::{c_char, c_void};
use std::ptr::null_mut;
use std::time::Instant;

use crate::journey::{Journey, Outcome};

type Bytes = *const c_char;

#[link(name = "empty")]
extern "C" {
    fn licet_ffi_empty(
        engine: *mut c_void,
        tenant: Bytes,
        tenant_size: usize,
        service_id: Bytes,
        service_id_size: usize,
        user: Bytes,
        user_size: usize,
        decision: *mut i32,
        error: *mut *mut c_void,
    ) -> i32;
}

pub fn run(scenario: &str) -> Outcome<()> {
    let played = Journey::play(scenario, None, &mut sink())?;
    let tenant = played.who.text_of("tenant");
    let service_id = "fabrikam.f365.gold";
    let user = played.who.at("/users/Adele").ok_or("no Adele")?.text();
    if !played.engine.check(tenant, service_id, user)?.licensed() {
        return Err("Adele has no seat".into());
    }
    let (mut check, mut empty) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..5 {
        check = check.min(ns_per_call(|| played.engine.check(tenant, service_id, user).is_ok()));
        empty = empty.min(ns_per_call(|| call_empty(tenant, service_id, user)));
    }
    println!("a check costs {:.2} of an empty call", check / empty);
    println!("{{\"language\":\"rust\",\"check_ns\":{check:.1},\"empty_ns\":{empty:.1}}}");
    Ok(())
}

fn call_empty(tenant: &str, service_id: &str, user: &str) -> bool {
    let (mut decision, mut error) = (0, null_mut());
    let data = |text: &str| text.as_ptr().cast();
    let status = unsafe {
        licet_ffi_empty(
            null_mut(),
            data(tenant),
            tenant.len(),
            data(service_id),
            service_id.len(),
            data(user),
            user.len(),
            &mut decision,
            &mut error,
        )
    };
    status == 0 && error.is_null()
}

/// Of a million calls the best 10,000: the others share the processor with who knows what.
fn ns_per_call(call: impl Fn() -> bool) -> f64 {
    const CALLS: u32 = 10_000;
    let part = |_| {
        let start = Instant::now();
        let done = (0..CALLS).filter(|_| call()).count();
        let taken = start.elapsed();
        assert_eq!(done, CALLS as usize);
        taken.as_nanos() as f64 / f64::from(CALLS)
    };
    (0..100).map(part).fold(f64::INFINITY, f64::min)
}
