// licet from C#: journey, store, errors or bench, and a scenario.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Licet;
using Document = System.Collections.Generic.Dictionary<string, object>;

internal static unsafe class Program
{
    private static int Main(string[] arguments)
    {
        var parts = new Dictionary<string, Action<string>>
        {
            ["journey"] = PlayJourney, ["store"] = PlayStore, ["errors"] = ShowErrors, ["bench"] = Bench,
        };
        if (arguments.Length != 2 || !parts.TryGetValue(arguments[0], out var part))
        {
            Console.Error.WriteLine("usage: Main.exe " + string.Join("|", parts.Keys) + " SCENARIO");
            return 2;
        }
        part(arguments[1]);
        return 0;
    }

    private static void PlayJourney(string scenario)
    {
        using (var journey = new Journey(scenario))
        {
            foreach (var table in journey.Play())
            {
                Console.Write(table);
            }
        }
    }

    private static void PlayStore(string scenario)
    {
        using (var store = new HostStore(new MemoryStore()))
        {
            var report = store.Check();
            var cases = ((List<object>)report["cases"]).Cast<Document>().ToList();
            foreach (var failed in cases.Where(one => !(bool)one["ok"]))
            {
                Console.Error.WriteLine("failed: " + failed["name"] + ": " + failed["detail"]);
            }
            Console.Error.WriteLine(cases.Count(one => (bool)one["ok"]) + " of " + cases.Count
                + " cases passed; left out: " + string.Join(", ", (List<object>)report["left_out"]));
            if (!(bool)report["ok"])
            {
                throw new InvalidOperationException("the store does not pass");
            }
            using (var journey = new Journey(scenario, store))
            {
                foreach (var table in journey.Play())
                {
                    Console.Write(table);
                }
            }
        }
    }

    // ---- Errors --------------------------------------------------------------------------------

    private static Document Actor(string id, string publisher) => new Document
    {
        ["id"] = id, ["publisher"] = publisher, ["roles"] = new List<object> { "account_admin" },
    };

    private static readonly Document Ana = Actor("ana", "fabrikam");

    private static Document Offer(string id, string alias) => new Document
    {
        ["publisher"] = "fabrikam", ["id"] = id, ["alias"] = alias, ["type"] = "dynamics365_dataverse_powerapps",
    };

    private sealed class BreakableStore : MemoryStore
    {
        public Func<IReadOnlyList<Expectation>, ulong> Broken;

        public override ulong Commit(IReadOnlyList<Expectation> expectations, IReadOnlyList<Write> writes) =>
            Broken == null ? base.Commit(expectations, writes) : Broken(expectations);
    }

    private static LicetException Provoked(Engine engine, string operation, Document arguments)
    {
        try
        {
            engine.Call(operation, arguments);
        }
        catch (LicetException refusal)
        {
            return refusal;
        }
        throw new InvalidOperationException(operation + " was not refused");
    }

    // What a call fails with on a store whose commit is this one.
    private static LicetException ProvokedBy(Func<IReadOnlyList<Expectation>, ulong> commit)
    {
        var breakable = new BreakableStore();
        using (var store = new HostStore(breakable))
        using (var engine = new Engine(new Document(), store))
        {
            breakable.Broken = commit;
            return Provoked(engine, "offers.create", new Document
            {
                ["as"] = Ana, ["offer"] = Offer("f365", "Fabrikam 365"),
            });
        }
    }

    private static string NameOf(int status) =>
        Regex.Replace(LicetException.StatusOf(status).ToString(), "(?<!^)[A-Z]", "_$0").ToUpperInvariant();

    private static void Show(LicetException refusal)
    {
        Console.WriteLine((int)refusal.Status + " " + NameOf((int)refusal.Status) + " " + refusal.Rule
            + ": " + refusal.Message);
        foreach (var finding in refusal.Findings)
        {
            Console.WriteLine("    " + finding.Severity + " " + finding.Rule + " " + finding.Pointer + ": "
                + finding.Message);
        }
    }

    private static void ShowErrors(string scenario)
    {
        using (var journey = new Journey(scenario))
        {
            journey.Play().Count();
            var refusals = Provoke(journey.Engine).Concat(journey.Refusals).ToList();
            for (var status = Status.InvalidArgument; status <= Status.Contention; ++status)
            {
                Show(refusals.First(refusal => refusal.Status == status));
            }
        }
        Console.WriteLine("10 " + NameOf(10) + " cannot be made to happen from a script");
        Console.WriteLine("11 " + NameOf(11) + " is a defect in licet: none to provoke; a status unknown here"
            + " (99) is " + NameOf(99));
    }

    private static IEnumerable<LicetException> Provoke(Engine engine)
    {
        var bad = Offer("F365", "");
        bad["colour"] = "blue";
        yield return Provoked(engine, "offers.create", new Document { ["as"] = Ana, ["offer"] = bad });
        yield return Provoked(engine, "offers.get", new Document
        {
            ["as"] = Ana, ["publisher"] = "fabrikam", ["id"] = "nothing",
        });
        yield return Provoked(engine, "offers.create", new Document
        {
            ["as"] = Ana, ["offer"] = Offer("f365", "Fabrikam 365"),
        });
        yield return Provoked(engine, "offers.get", new Document
        {
            ["as"] = Actor("eve", "contoso"), ["publisher"] = "fabrikam", ["id"] = "f365",
        });
        yield return Provoked(engine, "offers.update", new Document
        {
            ["as"] = Ana, ["publisher"] = "fabrikam", ["id"] = "f365",
            ["changes"] = new Document { ["alias"] = "Another" },
        });
        yield return Provoked(engine, "offers.sell", null);
        yield return ProvokedBy(_ => { throw new InvalidOperationException("the disk is gone"); });
        yield return ProvokedBy(expectations => { throw new ConflictException(expectations[0].Key); });
    }

    // ---- Bench ---------------------------------------------------------------------------------

    [DllImport("empty", CallingConvention = CallingConvention.Cdecl)]
    private static extern int licet_ffi_empty(EngineHandle engine, byte* tenant, UIntPtr tenantSize,
        byte* serviceId, UIntPtr serviceIdSize, byte* user, UIntPtr userSize, int* decision, IntPtr* error);

    // Of a million calls the best 10,000: the others share the processor with who knows what.
    private static double NsPerCall(Action<int> ask)
    {
        const int parts = 100, calls = 10000;
        var best = double.MaxValue;
        for (var part = 0; part < parts; ++part)
        {
            var watch = Stopwatch.StartNew();
            ask(calls);
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds * 1e6 / calls);
        }
        return best;
    }

    private static void Bench(string scenario)
    {
        using (var journey = new Journey(scenario))
        {
            journey.Play().Count();
            var engine = journey.Engine;
            var tenantText = (string)journey.Who["tenant"];
            var userText = (string)((Document)journey.Who["users"]).Values.First();
            const string serviceIdText = "fabrikam.f365.gold";
            if (engine.Check(tenantText, serviceIdText, userText) != Decision.Licensed)
            {
                throw new InvalidOperationException("the first user has no seat");
            }
            byte[] tenant = Encoding.UTF8.GetBytes(tenantText), serviceId = Encoding.UTF8.GetBytes(serviceIdText),
                user = Encoding.UTF8.GetBytes(userText);

            double check = double.MaxValue, empty = double.MaxValue, texts = double.MaxValue;
            for (var round = 0; round < 5; ++round)
            {
                check = Math.Min(check, NsPerCall(calls =>
                {
                    for (var i = 0; i < calls; ++i)
                    {
                        engine.Check(tenant, serviceId, user);
                    }
                }));
                empty = Math.Min(empty, NsPerCall(calls =>
                {
                    for (var i = 0; i < calls; ++i)
                    {
                        AskNothing(engine.Handle, tenant, serviceId, user);
                    }
                }));
                texts = Math.Min(texts, NsPerCall(calls =>
                {
                    for (var i = 0; i < calls; ++i)
                    {
                        engine.Check(tenantText, serviceIdText, userText);
                    }
                }));
            }
            Console.WriteLine("with strings in place of UTF-8 a check costs " + Number(texts) + " ns");
            Console.WriteLine("{\"language\":\"csharp\",\"check_ns\":" + Number(check) + ",\"empty_ns\":"
                + Number(empty) + "}");
        }
    }

    private static string Number(double ns) => ns.ToString("F1", CultureInfo.InvariantCulture);

    private static int AskNothing(EngineHandle engine, byte[] tenant, byte[] serviceId, byte[] user)
    {
        int decision;
        IntPtr error;
        fixed (byte* t = tenant, s = serviceId, u = user)
        {
            return licet_ffi_empty(engine, t, (UIntPtr)(uint)tenant.Length, s, (UIntPtr)(uint)serviceId.Length, u,
                (UIntPtr)(uint)user.Length, &decision, &error);
        }
    }
}
