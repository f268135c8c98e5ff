/** A store in TypeScript: a Map, and its keys in order. Nothing outlives the process. */
import { Conflict, type Entry, type Expectation, type Store, type Write } from "./licet.js";

export class MemoryStore implements Store {
    readonly #entries = new Map<string, Entry>();
    readonly #keys: string[] = [];  // the same, in order; they are ASCII
    #stamp = 0n;  // of the whole store, so that no key ever sees one twice

    read(keys: readonly string[]): (Entry | undefined)[] {
        return keys.map((key) => this.#entries.get(key));
    }

    *scan(from: string, to: string, limit: number): Iterable<Entry> {
        const first = this.#lowerBound(from);
        const end = to === "" ? this.#keys.length : this.#lowerBound(to);
        for (const key of this.#keys.slice(first, Math.min(end, first + limit))) {
            yield this.#entries.get(key)!;
        }
    }

    commit(expectations: readonly Expectation[], writes: readonly Write[]): bigint {
        for (const { key, stamp } of expectations) {
            if ((this.#entries.get(key)?.stamp ?? 0n) !== stamp) {
                throw new Conflict(key);
            }
        }
        this.#stamp += 1n;
        for (const { key, value } of writes) {
            if (value === null) {
                this.#delete(key);
            } else {
                this.#put(key, value);
            }
        }
        return this.#stamp;
    }

    #put(key: string, value: string): void {
        if (!this.#entries.has(key)) {
            this.#keys.splice(this.#lowerBound(key), 0, key);
        }
        this.#entries.set(key, { key, value, stamp: this.#stamp });
    }

    #delete(key: string): void {
        if (this.#entries.delete(key)) {
            this.#keys.splice(this.#lowerBound(key), 1);
        }
    }

    /** The index of the first key that is not before `key`. */
    #lowerBound(key: string): number {
        let first = 0;
        let last = this.#keys.length;
        while (first < last) {
            const middle = (first + last) >> 1;
            if (this.#keys[middle]! < key) {
                first = middle + 1;
            } else {
                last = middle;
            }
        }
        return first;
    }
}
