/** Plays a scenario: examples/journey/scenario.hpp says what one is made of. */
import { readFileSync } from "node:fs";

import { type Document, Engine, type HostStore, LicetError } from "./licet.js";

interface Head {
    config: Document;
    actors: Record<string, Document>;
}

interface Step {
    say: string;
    as?: string;
    call?: string;
    with?: Document;
    key?: string;
    keep?: Record<string, string>;
    expect?: string;
    who?: Who;
}

/** What a table is about. */
export interface Who {
    tenant: string;
    users: Record<string, string>;
    apps: string[];
}

export class Journey {
    readonly engine: Engine;
    /** What licet refused, as it should. */
    readonly refusals: LicetError[] = [];
    /** What the last table was about. */
    who: Who | undefined;
    readonly #head: Head;
    readonly #steps: Step[];
    readonly #kept = new Map<string, string>();

    /** Opens the engine of a scenario, in memory or on a store. */
    constructor(path: string, store?: HostStore) {
        const lines = readFileSync(path, "utf8").split("\n").filter((line) => line !== "");
        [this.#head, ...this.#steps] = lines.map((line) => JSON.parse(line)) as [Head, ...Step[]];
        this.engine = new Engine({ ...this.#head.config, ...(store ? {} : { store: "memory" }) },
            store);
    }

    /** Plays the steps and gives each table. */
    *play(): Iterable<string> {
        for (const step of this.#steps) {
            if (step.call !== undefined) {
                this.#call(step, step.call);
            } else if (step.who !== undefined) {
                this.who = step.who;
                yield `\n${step.say}\n\n${this.#table(step.who)}`;
            }
        }
    }

    #call(step: Step, operation: string): void {
        const args = this.#filledIn(step.with ?? {}) as Document;
        if (step.as !== undefined) {
            args["as"] = this.#head.actors[step.as];
        }
        if (step.key !== undefined) {
            args["idempotency_key"] = step.key;
        }
        let answer: Document;
        try {
            answer = this.engine.call(operation, args);
        } catch (error) {
            if (!(error instanceof LicetError) || error.rule !== step.expect) {
                throw new Error(`${step.say}: refused`, { cause: error });
            }
            this.refusals.push(error);
            return;
        }
        if (step.expect !== undefined) {
            throw new Error(`${step.say}: done, and not refused with ${step.expect}`);
        }
        for (const [name, pointer] of Object.entries(step.keep ?? {})) {
            this.#kept.set(name, String(at(answer, pointer)));
        }
    }

    /** `value` with what earlier steps kept for "$name"; of a link what follows "token=". */
    #filledIn(value: unknown): unknown {
        if (typeof value === "string" && value.startsWith("$")) {
            return this.#kept.get(value.slice(1))?.split("token=").at(-1);
        } else if (Array.isArray(value)) {
            return value.map((element) => this.#filledIn(element));
        } else if (typeof value === "object" && value !== null) {
            return Object.fromEntries(
                Object.entries(value).map(([name, member]) => [name, this.#filledIn(member)]));
        }
        return value;
    }

    #table({ tenant, users, apps }: Who): string {
        const rows = Object.entries(users).map(([name, user]) => [
            name, ...apps.map((app) => cell(this.engine.call("check_app", { tenant, user, app })))]);
        return [["", ...apps], ...rows]
            .map(([name, ...cells]) => name!.padEnd(12) + cells.map((c) => c.padEnd(24)).join(""))
            .map((row) => `${row}\n`).join("");
    }
}

/** "yes, bronze silver", or "no, no_seat". */
function cell(answer: Document): string {
    if (!answer["licensed"]) {
        return `no, ${answer["reason"]}`;
    }
    const plans = answer["by"].map((serviceId: string) => serviceId.split(".").at(-1));
    return [answer["reason"] === "in_grace" ? "in grace," : "yes,", ...plans].join(" ");
}

/** What a JSON Pointer (RFC 6901) points at. */
function at(document: Document, pointer: string): unknown {
    return pointer.split("/").slice(1)
        .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
        .reduce((value, token) => value[token] as Document, document);
}
