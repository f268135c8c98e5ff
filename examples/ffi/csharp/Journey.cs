// Plays a scenario: examples/journey/scenario.hpp says what one is made of.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Licet;
using Document = System.Collections.Generic.Dictionary<string, object>;

internal sealed class Journey : IDisposable
{
    private readonly Document actors;
    private readonly List<Document> steps;
    private readonly Dictionary<string, string> kept = new Dictionary<string, string>();

    /// <summary>Opens the engine of a scenario, in memory or on a store.</summary>
    public Journey(string path, HostStore store = null)
    {
        steps = File.ReadLines(path).Where(line => line != "")
            .Select(line => (Document)Json.Read(line)).ToList();
        var config = (Document)steps[0]["config"];
        actors = (Document)steps[0]["actors"];
        steps.RemoveAt(0);
        if (store == null)
        {
            config["store"] = "memory";
        }
        Engine = new Engine(config, store);
    }

    public Engine Engine { get; }

    /// <summary>What licet refused, as it should.</summary>
    public List<LicetException> Refusals { get; } = new List<LicetException>();

    /// <summary>What the last table was about.</summary>
    public Document Who { get; private set; }

    /// <summary>Plays the steps and gives each table.</summary>
    public IEnumerable<string> Play()
    {
        foreach (var step in steps)
        {
            if (step.ContainsKey("call"))
            {
                Call(step);
            }
            else if (step.ContainsKey("who"))
            {
                Who = (Document)step["who"];
                yield return "\n" + step["say"] + "\n\n" + Table();
            }
        }
    }

    public void Dispose() => Engine.Dispose();

    private static object Member(Document document, string name) =>
        document.TryGetValue(name, out var value) ? value : null;

    private void Call(Document step)
    {
        var arguments = (Document)FilledIn(Member(step, "with") ?? new Document());
        if (step.ContainsKey("as"))
        {
            arguments["as"] = actors[(string)step["as"]];
        }
        if (step.ContainsKey("key"))
        {
            arguments["idempotency_key"] = step["key"];
        }
        var expected = (string)Member(step, "expect");
        Document answer;
        try
        {
            answer = Engine.Call((string)step["call"], arguments);
        }
        catch (LicetException refusal) when (refusal.Rule == expected)
        {
            Refusals.Add(refusal);
            return;
        }
        catch (LicetException refusal)
        {
            throw new InvalidOperationException(step["say"] + ": refused with " + refusal.Rule, refusal);
        }
        if (expected != null)
        {
            throw new InvalidOperationException(step["say"] + ": done, and not refused with " + expected);
        }
        foreach (var wanted in (Document)Member(step, "keep") ?? new Document())
        {
            kept[wanted.Key] = (string)At(answer, (string)wanted.Value);
        }
    }

    // `value` with what earlier steps kept for "$name"; of a link what follows "token=".
    private object FilledIn(object value)
    {
        if (value is Document members)
        {
            return members.ToDictionary(member => member.Key, member => FilledIn(member.Value));
        }
        if (value is List<object> elements)
        {
            return elements.Select(FilledIn).ToList();
        }
        if (value is string text && text.StartsWith("$", StringComparison.Ordinal))
        {
            var found = kept[text.Substring(1)];
            var token = found.IndexOf("token=", StringComparison.Ordinal);
            return token < 0 ? found : found.Substring(token + 6);
        }
        return value;
    }

    // What a JSON Pointer (RFC 6901) points at.
    private static object At(object document, string pointer)
    {
        foreach (var escaped in pointer.Split('/').Skip(1))
        {
            var token = escaped.Replace("~1", "/").Replace("~0", "~");
            document = document is List<object> elements
                ? elements[int.Parse(token)]
                : ((Document)document)[token];
        }
        return document;
    }

    private string Table()
    {
        var apps = (List<object>)Who["apps"];
        var rows = Row("", apps);
        foreach (var user in (Document)Who["users"])
        {
            rows += Row(user.Key, apps.Select(app => Cell(Engine.Call("check_app", new Document
            {
                ["tenant"] = Who["tenant"], ["user"] = user.Value, ["app"] = app,
            }))));
        }
        return rows;
    }

    private static string Row(string name, IEnumerable<object> cells) =>
        name.PadRight(12) + string.Concat(cells.Select(cell => ((string)cell).PadRight(24))) + "\n";

    // "yes, bronze silver", or "no, no_seat".
    private static string Cell(Document answer)
    {
        var reason = (string)answer["reason"];
        if (!(bool)answer["licensed"])
        {
            return "no, " + reason;
        }
        var plans = ((List<object>)answer["by"]).Select(id => ((string)id).Split('.').Last());
        return (reason == "in_grace" ? "in grace, " : "yes, ") + string.Join(" ", plans);
    }
}
