// A store in C#: a dictionary, and its keys in order. Nothing outlives the process.

using System;
using System.Collections.Generic;
using System.Linq;
using Licet;

internal class MemoryStore : IStore
{
    private readonly object mutex = new object();
    private readonly Dictionary<string, Record> records = new Dictionary<string, Record>();
    private readonly List<string> keys = new List<string>(); // the same, in order
    private ulong stamp; // of the whole store, so that no key ever sees one twice

    public IReadOnlyDictionary<string, ulong> Limits { get; } = new Dictionary<string, ulong>();

    public IReadOnlyList<Record> Read(IReadOnlyList<string> wanted)
    {
        lock (mutex)
        {
            return wanted.Select(Find).ToList();
        }
    }

    public IReadOnlyList<Record> Scan(string from, string to, ulong limit)
    {
        lock (mutex)
        {
            var first = LowerBound(from);
            var end = to == "" ? keys.Count : LowerBound(to);
            var count = Math.Min((ulong)Math.Max(end - first, 0), limit);
            return keys.GetRange(first, (int)count).Select(Find).ToList();
        }
    }

    public virtual ulong Commit(IReadOnlyList<Expectation> expectations, IReadOnlyList<Write> writes)
    {
        lock (mutex)
        {
            foreach (var expected in expectations)
            {
                if ((Find(expected.Key)?.Stamp ?? 0) != expected.Stamp)
                {
                    throw new ConflictException(expected.Key);
                }
            }
            ++stamp;
            foreach (var write in writes)
            {
                Put(write.Key, write.Value);
            }
            return stamp;
        }
    }

    private Record Find(string key) => records.TryGetValue(key, out var record) ? record : null;

    private void Put(string key, string value)
    {
        var isThere = records.Remove(key);
        if (value != null)
        {
            records[key] = new Record(key, value, stamp);
        }
        if (value != null && !isThere)
        {
            keys.Insert(LowerBound(key), key);
        }
        else if (value == null && isThere)
        {
            keys.RemoveAt(LowerBound(key));
        }
    }

    // The index of the first key that is not before this one; keys are ASCII.
    private int LowerBound(string key)
    {
        var found = keys.BinarySearch(key, StringComparer.Ordinal);
        return found < 0 ? ~found : found;
    }
}
