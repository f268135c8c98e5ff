/**
 * licet from Node.
 *
 *     using engine = new Engine({ store: "sqlite", path: "fabrikam.db" });
 *     const { pool } = engine.call("seats.assign", { as: liv, tenant, service_id, users });
 *
 * What licet refuses is thrown as a LicetError. Documents are plain objects. An Engine and a
 * HostStore close with `using`, with `close()`, or some time after they are collected.
 */
import koffi, { type TypeObject } from "koffi";

/** A JSON object, as licet's operations take and give it. */
export type Document = Record<string, any>;

/** What is wrong at one place of a document. */
export interface Finding {
    rule: string;
    severity: "error" | "warning";
    /** A JSON Pointer into what was given. */
    pointer: string;
    message: string;
    hint: string;
}

const statuses = [
    "OK", "INVALID_ARGUMENT", "NOT_FOUND", "CONFLICT", "PERMISSION_DENIED", "FAILED_PRECONDITION",
    "EXHAUSTED", "UNSUPPORTED", "STORAGE", "CONTENTION", "OUT_OF_MEMORY", "INTERNAL",
] as const;

export type Status = (typeof statuses)[number];

/** The name of a status. One of a later version is INTERNAL. */
export function statusName(status: number): Status {
    return statuses[status] ?? "INTERNAL";
}

/** What licet refused, and why. */
export class LicetError extends Error {
    override readonly name = "LicetError";
    readonly status: Status;

    constructor(
        readonly statusNumber: number,
        /** The rule that was broken, such as "offer_id_length"; never renamed. */
        readonly rule: string,
        message: string,
        /** All that is wrong with a document. */
        readonly findings: readonly Finding[],
    ) {
        super(message);
        this.status = statusName(statusNumber);
    }
}

/** What a check answers. LICENSED and IN_GRACE are, and stay, all that let in. */
export const Decision = {
    NO_SEAT: 0, LICENSED: 1, IN_GRACE: 2, SUSPENDED: 3, NO_POOL: 4, APP_NOT_MAPPED: 5,
} as const;

// ---- The C functions ---------------------------------------------------------------------------

type Pointer = bigint;

const lib = koffi.load(process.env["LICET_LIBRARY"] ?? `liblicet${koffi.extension}`);
const text = ["str", "size_t"];  // koffi passes a string as UTF-8

const libraryVersion = lib.func("licet_version", "uint32_t", []);
const errorRule = lib.func("licet_error_rule", "str", ["void *"]);
const errorMessage = lib.func("licet_error_message", "str", ["void *"]);
const errorFindings = lib.func("licet_error_findings", "str", ["void *"]);
const errorFree = lib.func("licet_error_free", "void", ["void *"]);
const textData = lib.func("licet_text_data", "void *", ["void *"]);
const textSize = lib.func("licet_text_size", "size_t", ["void *"]);
const textFree = lib.func("licet_text_free", "void", ["void *"]);

const engineOpen = lib.func("licet_engine_open", "int32_t", [...text, "void *", "void *"]);
const engineOpenWithStore = lib.func("licet_engine_open_with_store", "int32_t",
    [...text, "void *", "void *", "void *"]);
const engineClose = lib.func("licet_engine_close", "void", ["void *"]);
const engineCall = lib.func("licet_call", "int32_t",
    ["void *", ...text, ...text, "void *", "void *"]);
const describeOperations = lib.func("licet_operations", "int32_t", ["void *", "void *"]);
const checkTypes = ["void *", ...text, ...text, ...text, "void *", "void *"];
const engineCheck = lib.func("licet_check", "int32_t", checkTypes);
const engineCheckApp = lib.func("licet_check_app", "int32_t", checkTypes);

const storeNew = lib.func("licet_store_new", "int32_t", ["void *", "void *", "void *", "void *"]);
const storeCheck = lib.func("licet_store_check", "int32_t", ["void *", "void *", "void *"]);
const storeFree = lib.func("licet_store_free", "void", ["void *"]);
const replyRecord = lib.func("licet_reply_record", "void",
    ["void *", "size_t", ...text, ...text, "uint64_t"]);
const replyStamp = lib.func("licet_reply_stamp", "void", ["void *", "uint64_t"]);
const replyConflict = lib.func("licet_reply_conflict", "void", ["void *", ...text]);
const replyLimit = lib.func("licet_reply_limit", "void", ["void *", ...text, "uint64_t"]);
const replyDetail = lib.func("licet_reply_detail", "void", ["void *", ...text]);

// What C writes to. Each is read right after the call that fills it.
const out = new BigUint64Array(1);
const error = new BigUint64Array(1);
const decision = new Int32Array(1);

const size = (value: string): number => Buffer.byteLength(value);

function requireOk(status: number): void {
    if (status !== 0) {
        throw takeError(status, error[0]!);
    }
}

function takeError(status: number, pointer: Pointer): LicetError {
    try {
        return new LicetError(status, errorRule(pointer), errorMessage(pointer),
            JSON.parse(errorFindings(pointer)));
    } finally {
        errorFree(pointer);
    }
}

function takeDocument(pointer: Pointer): Document {
    try {
        return JSON.parse(koffi.decode.string(textData(pointer), textSize(pointer)));
    } finally {
        textFree(pointer);
    }
}

// ---- Engines -----------------------------------------------------------------------------------

const collected = new FinalizationRegistry<() => void>((free) => free());

class Handle implements Disposable {
    #pointer: Pointer | null;
    readonly #free: (pointer: Pointer) => void;

    protected constructor(pointer: Pointer, free: (pointer: Pointer) => void) {
        this.#pointer = pointer;
        this.#free = free;
        collected.register(this, () => free(pointer), this);
    }

    /** For the functions of this module. */
    get pointer(): Pointer {
        if (this.#pointer === null) {
            throw new Error("it is closed");
        }
        return this.#pointer;
    }

    close(): void {
        if (this.#pointer !== null) {
            collected.unregister(this);
            this.#free(this.#pointer);
            this.#pointer = null;
        }
    }

    [Symbol.dispose](): void {
        this.close();
    }
}

/** The rules over a store. */
export class Engine extends Handle {
    /** Opens an engine as `config` has it; on a store of the host's own where one is given. */
    constructor(config: Document, store?: HostStore) {
        const asked = JSON.stringify(config);
        requireOk(store
            ? engineOpenWithStore(asked, size(asked), store.pointer, out, error)
            : engineOpen(asked, size(asked), out, error));
        super(out[0]!, engineClose);
    }

    /** Runs an operation, such as "seats.assign". */
    call(operation: string, args: Document = {}): Document {
        const given = JSON.stringify(args);
        requireOk(engineCall(this.pointer, operation, size(operation), given, size(given), out,
            error));
        return takeDocument(out[0]!);
    }

    /** May this user use what this plan gives? One of Decision. */
    check(tenant: string, serviceId: string, user: string): number {
        requireOk(engineCheck(this.pointer, tenant, size(tenant), serviceId, size(serviceId),
            user, size(user), decision, error));
        return decision[0]!;
    }

    /** May this user open this app, by any plan that maps to it? One of Decision. */
    checkApp(tenant: string, app: string, user: string): number {
        requireOk(engineCheckApp(this.pointer, tenant, size(tenant), app, size(app), user,
            size(user), decision, error));
        return decision[0]!;
    }
}

/** The version of the library, such as "0.2.0". */
export function version(): string {
    const packed: number = libraryVersion();
    return [packed >> 16, (packed >> 8) & 0xff, packed & 0xff].join(".");
}

/** What there is to call, with JSON Schemas. */
export function operations(): Document {
    requireOk(describeOperations(out, error));
    return takeDocument(out[0]!);
}

// ---- Stores of the host's own ------------------------------------------------------------------

/** What a store holds under a key. The stamp grows with every write of the key. */
export interface Entry {
    key: string;
    value: string;
    stamp: bigint;
}

/** The stamp that a key must have; 0: it must be absent. */
export interface Expectation {
    key: string;
    stamp: bigint;
}

/** A value, or (null) the end of one. */
export interface Write {
    key: string;
    value: string | null;
}

/** A store in JavaScript. What it throws becomes STORAGE, but for the two errors of commit. */
export interface Store {
    /** For each key what is there. */
    read(keys: readonly string[]): readonly (Entry | undefined)[];
    /** The first `limit` with from <= key < to ("" for `to`: no end), in byte order. */
    scan(from: string, to: string, limit: number): Iterable<Entry>;
    /** Where every expectation holds, does all writes, and gives their stamp. Else throws a
     *  Conflict and has done nothing; or OutcomeUnknown, if it cannot tell. */
    commit(expectations: readonly Expectation[], writes: readonly Write[]): bigint;
    limits?(): { key_bytes?: number; value_bytes?: number; writes_per_batch?: number };
    close?(): void;
}

/** Thrown by commit: the first key whose expectation does not hold. */
export class Conflict extends Error {
    constructor(readonly key: string) {
        super(`conflict at ${key}`);
    }
}

/** Thrown by commit: it may or may not be written. */
export class OutcomeUnknown extends Error {}

const CString = koffi.struct({ data: "void *", size: "size_t" });
const CExpectation = koffi.struct({ key: CString, stamp: "uint64_t" });
const CWrite = koffi.struct({ key: CString, value: CString, is_delete: "int32_t" });
type CString = { data: Pointer | null; size: number };

function decodeString(data: Pointer | null, length: number): string {
    return data === null ? "" : koffi.decode.string(data, length);
}

const stringOf = (c: CString): string => decodeString(c.data, c.size);

function decodeArray<T>(pointer: Pointer | null, type: TypeObject, count: number): T[] {
    return count === 0 ? [] : koffi.decode(pointer, type, count);
}

// `self` of the C functions is a number here, so that five callbacks serve all stores.
const stores = new Map<Pointer, Store>();
let lastStore = 0n;

function guarded(self: Pointer, reply: Pointer, run: (store: Store) => void): number {
    try {
        run(stores.get(self)!);
        return 0;
    } catch (thrown) {
        if (thrown instanceof Conflict) {
            replyConflict(reply, thrown.key, size(thrown.key));
            return 1;
        }
        const detail = thrown instanceof Error ? thrown.message : "no Error was thrown";
        replyDetail(reply, detail, size(detail));
        return thrown instanceof OutcomeUnknown ? 3 : 2;
    }
}

function replyEntry(reply: Pointer, index: number, { key, value, stamp }: Entry): void {
    replyRecord(reply, index, key, size(key), value, size(value), stamp);
}

function readCallback(self: Pointer, keys: Pointer | null, count: number, reply: Pointer): number {
    return guarded(self, reply, (store) => {
        const found = store.read(decodeArray<CString>(keys, CString, count).map(stringOf));
        found.forEach((entry, index) => entry && replyEntry(reply, index, entry));
    });
}

function scanCallback(self: Pointer, from: Pointer | null, fromSize: number, to: Pointer | null,
    toSize: number, limit: number, reply: Pointer): number {
    return guarded(self, reply, (store) => {
        let index = 0;
        for (const entry of store.scan(decodeString(from, fromSize), decodeString(to, toSize),
            limit)) {
            replyEntry(reply, index++, entry);
        }
    });
}

function commitCallback(self: Pointer, cExpectations: Pointer | null, expectationCount: number,
    cWrites: Pointer | null, writeCount: number, reply: Pointer): number {
    return guarded(self, reply, (store) => {
        const expectations = decodeArray<{ key: CString; stamp: number | bigint }>(cExpectations,
            CExpectation, expectationCount);
        const writes = decodeArray<{ key: CString; value: CString; is_delete: number }>(cWrites,
            CWrite, writeCount);
        replyStamp(reply, store.commit(
            expectations.map(({ key, stamp }) => ({ key: stringOf(key), stamp: BigInt(stamp) })),
            writes.map(({ key, value, is_delete }) => (
                { key: stringOf(key), value: is_delete ? null : stringOf(value) }))));
    });
}

function limitsCallback(self: Pointer, reply: Pointer): number {
    return guarded(self, reply, (store) => {
        for (const [name, limit] of Object.entries(store.limits?.() ?? {})) {
            replyLimit(reply, name, size(name), limit);
        }
    });
}

function destroyCallback(self: Pointer): void {
    const store = stores.get(self);
    stores.delete(self);
    try {
        store?.close?.();
    } catch {
        // There is nobody left to tell.
    }
}

function callback(run: Function, result: string, parameters: string[]): Pointer {
    return koffi.register(run, koffi.pointer(koffi.proto(result, parameters)));
}

// A licet_store_vtable: its size, and five pointers of 64 bits.
const vtable = BigUint64Array.of(
    6n * 8n,
    callback(readCallback, "int32_t", ["void *", "void *", "size_t", "void *"]),
    callback(scanCallback, "int32_t",
        ["void *", "void *", "size_t", "void *", "size_t", "size_t", "void *"]),
    callback(commitCallback, "int32_t",
        ["void *", "void *", "size_t", "void *", "size_t", "void *"]),
    callback(limitsCallback, "int32_t", ["void *", "void *"]),
    callback(destroyCallback, "void", ["void *"]),
);

/** A Store, made into one that an Engine opens. The engines on it keep it: close it any time. */
export class HostStore extends Handle {
    constructor(store: Store) {
        const self = ++lastStore;
        stores.set(self, store);
        const status: number = storeNew(vtable, self, out, error);
        if (status !== 0) {
            stores.delete(self);
        }
        requireOk(status);
        super(out[0]!, storeFree);
    }

    /** Runs licet's own suite on the store; gives its report. */
    check(): Document {
        requireOk(storeCheck(this.pointer, out, error));
        return takeDocument(out[0]!);
    }
}
