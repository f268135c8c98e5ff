//! The declarations of licet.h.

use std::os::raw::{c_char, c_void};

#[repr(C)]
pub struct Opaque([u8; 0]);
#[repr(C)]
pub struct Text {
    pub data: *const c_char,
    pub size: usize,
}
#[repr(C)]
pub struct Expectation {
    pub key: Text,
    pub stamp: u64,
}
#[repr(C)]
pub struct Write {
    pub key: Text,
    pub value: Text,
    pub is_delete: i32,
}

pub type Handle = *mut Opaque;
type Bytes = *const c_char;
pub type Read = extern "C" fn(*mut c_void, *const Text, usize, Handle) -> i32;
pub type Scan = extern "C" fn(*mut c_void, Bytes, usize, Bytes, usize, usize, Handle) -> i32;
pub type Commit =
    extern "C" fn(*mut c_void, *const Expectation, usize, *const Write, usize, Handle) -> i32;

#[repr(C)]
pub struct Vtable {
    pub size: usize,
    pub read: Read,
    pub scan: Scan,
    pub commit: Commit,
    pub limits: extern "C" fn(*mut c_void, Handle) -> i32,
    pub destroy: extern "C" fn(*mut c_void),
}

pub type Check = unsafe extern "C" fn(
    Handle,
    Bytes,
    usize,
    Bytes,
    usize,
    Bytes,
    usize,
    *mut i32,
    *mut Handle,
) -> i32;

#[link(name = "licet")]
extern "C" {
    pub fn licet_error_status(error: Handle) -> i32;
    pub fn licet_error_rule(error: Handle) -> Bytes;
    pub fn licet_error_message(error: Handle) -> Bytes;
    pub fn licet_error_findings(error: Handle) -> Bytes;
    pub fn licet_error_free(error: Handle);
    pub fn licet_text_data(text: Handle) -> Bytes;
    pub fn licet_text_size(text: Handle) -> usize;
    pub fn licet_text_free(text: Handle);
    pub fn licet_engine_open(_: Bytes, _: usize, out: *mut Handle, error: *mut Handle) -> i32;
    pub fn licet_engine_open_with_store(
        _: Bytes,
        _: usize,
        store: Handle,
        out: *mut Handle,
        error: *mut Handle,
    ) -> i32;
    pub fn licet_engine_close(engine: Handle);
    pub fn licet_call(
        engine: Handle,
        _: Bytes,
        _: usize,
        _: Bytes,
        _: usize,
        answer: *mut Handle,
        error: *mut Handle,
    ) -> i32;
    pub fn licet_operations(out: *mut Handle, error: *mut Handle) -> i32;
    pub fn licet_check(
        engine: Handle,
        _: Bytes,
        _: usize,
        _: Bytes,
        _: usize,
        _: Bytes,
        _: usize,
        decision: *mut i32,
        error: *mut Handle,
    ) -> i32;
    pub fn licet_check_app(
        engine: Handle,
        _: Bytes,
        _: usize,
        _: Bytes,
        _: usize,
        _: Bytes,
        _: usize,
        decision: *mut i32,
        error: *mut Handle,
    ) -> i32;
    pub fn licet_store_new(
        vtable: *const Vtable,
        host: *mut c_void,
        out: *mut Handle,
        error: *mut Handle,
    ) -> i32;
    pub fn licet_store_check(store: Handle, report: *mut Handle, error: *mut Handle) -> i32;
    pub fn licet_store_free(store: Handle);
    pub fn licet_reply_record(
        reply: Handle,
        index: usize,
        _: Bytes,
        _: usize,
        _: Bytes,
        _: usize,
        stamp: u64,
    );
    pub fn licet_reply_stamp(reply: Handle, stamp: u64);
    pub fn licet_reply_conflict(reply: Handle, _: Bytes, _: usize);
    pub fn licet_reply_limit(reply: Handle, _: Bytes, _: usize, value: u64);
    pub fn licet_reply_detail(reply: Handle, _: Bytes, _: usize);
}
