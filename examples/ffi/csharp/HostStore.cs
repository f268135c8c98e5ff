// A store of the host's own: an IStore, given to licet as a table of C functions.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Document = System.Collections.Generic.Dictionary<string, object>;

namespace Licet
{
    /// <summary>What a store holds under a key. The stamp grows with every write of the key.
    /// </summary>
    public sealed class Record
    {
        public Record(string key, string value, ulong stamp)
        {
            Key = key;
            Value = value;
            Stamp = stamp;
        }

        public string Key { get; }
        public string Value { get; }
        public ulong Stamp { get; }
    }

    /// <summary>The stamp that a key must have; 0: it must be absent.</summary>
    public struct Expectation
    {
        public string Key;
        public ulong Stamp;
    }

    /// <summary>A value, or (null) the end of one.</summary>
    public struct Write
    {
        public string Key;
        public string Value;
    }

    /// <summary>A store. Called from any thread that uses an engine on it, several at once. What
    /// it throws becomes Status.Storage, but for the two exceptions of Commit. One that is
    /// IDisposable is disposed when the last engine on it is closed.</summary>
    public interface IStore
    {
        /// <summary>For each key what is there, or null.</summary>
        IReadOnlyList<Record> Read(IReadOnlyList<string> keys);

        /// <summary>The first `limit` with from &lt;= key &lt; to ("" for `to`: no end), in byte
        /// order.</summary>
        IReadOnlyList<Record> Scan(string from, string to, ulong limit);

        /// <summary>Where every expectation holds, does all writes, and gives their stamp. Else
        /// throws a ConflictException and has done nothing; or an OutcomeUnknownException, if it
        /// cannot tell.</summary>
        ulong Commit(IReadOnlyList<Expectation> expectations, IReadOnlyList<Write> writes);

        /// <summary>"key_bytes", "value_bytes", "writes_per_batch": those there are.</summary>
        IReadOnlyDictionary<string, ulong> Limits { get; }
    }

    /// <summary>Thrown by Commit: the first key whose expectation does not hold.</summary>
    public sealed class ConflictException : Exception
    {
        public ConflictException(string key) : base("conflict at " + key) => Key = key;

        public string Key { get; }
    }

    /// <summary>Thrown by Commit: it may or may not be written.</summary>
    public sealed class OutcomeUnknownException : Exception
    {
        public OutcomeUnknownException(string message) : base(message) { }
    }

    /// <summary>An IStore, made into one that an Engine opens. The engines on it keep it: dispose
    /// of it any time.</summary>
    public sealed class HostStore : IDisposable
    {
        private readonly StoreHandle handle;

        public HostStore(IStore store)
        {
            var self = GCHandle.Alloc(store);
            var status = Native.licet_store_new(ref StoreVtable.Instance, GCHandle.ToIntPtr(self),
                out handle, out var error);
            if (status != 0)
            {
                self.Free();
            }
            Text.Require(status, error);
        }

        internal StoreHandle Handle => handle;

        /// <summary>Runs licet's own suite on the store; gives its report.</summary>
        public Document Check()
        {
            Text.Require(Native.licet_store_check(handle, out var report, out var error), error);
            return Text.Take(report);
        }

        public void Dispose() => handle.Dispose();
    }

    // licet_store_vtable. Its functions are static and never collected; `self` is the IStore.
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct StoreVtable
    {
        public static StoreVtable Instance = new StoreVtable
        {
            size = (UIntPtr)(uint)Marshal.SizeOf(typeof(StoreVtable)),
            read = Read,
            scan = Scan,
            commit = Commit,
            limits = Limits,
            destroy = Destroy,
        };

        private UIntPtr size;
        private ReadFunction read;
        private ScanFunction scan;
        private CommitFunction commit;
        private LimitsFunction limits;
        private DestroyFunction destroy;

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        private delegate int ReadFunction(IntPtr self, CString* keys, UIntPtr count, IntPtr reply);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        private delegate int ScanFunction(IntPtr self, byte* from, UIntPtr fromSize, byte* to,
            UIntPtr toSize, UIntPtr limit, IntPtr reply);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        private delegate int CommitFunction(IntPtr self, CExpectation* expectations,
            UIntPtr expectationCount, CWrite* writes, UIntPtr writeCount, IntPtr reply);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        private delegate int LimitsFunction(IntPtr self, IntPtr reply);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        private delegate void DestroyFunction(IntPtr self);

        private struct CString
        {
            public byte* Data;
            public UIntPtr Size;

            public override string ToString() => Text.Of(Data, Size);
        }

        private struct CExpectation
        {
            public CString Key;
            public ulong Stamp;
        }

        private struct CWrite
        {
            public CString Key;
            public CString Value;
            public int IsDelete;
        }

        private static int Read(IntPtr self, CString* keys, UIntPtr count, IntPtr reply) =>
            Guard(self, reply, store =>
            {
                var wanted = new string[(int)count];
                for (var i = 0; i < wanted.Length; ++i)
                {
                    wanted[i] = keys[i].ToString();
                }
                Reply(reply, store.Read(wanted));
            });

        private static int Scan(IntPtr self, byte* from, UIntPtr fromSize, byte* to,
            UIntPtr toSize, UIntPtr limit, IntPtr reply) =>
            Guard(self, reply, store => Reply(reply,
                store.Scan(Text.Of(from, fromSize), Text.Of(to, toSize), (ulong)limit)));

        private static int Commit(IntPtr self, CExpectation* expectations,
            UIntPtr expectationCount, CWrite* writes, UIntPtr writeCount, IntPtr reply) =>
            Guard(self, reply, store =>
            {
                var expected = new Expectation[(int)expectationCount];
                for (var i = 0; i < expected.Length; ++i)
                {
                    expected[i].Key = expectations[i].Key.ToString();
                    expected[i].Stamp = expectations[i].Stamp;
                }
                var written = new Write[(int)writeCount];
                for (var i = 0; i < written.Length; ++i)
                {
                    written[i].Key = writes[i].Key.ToString();
                    written[i].Value = writes[i].IsDelete != 0 ? null : writes[i].Value.ToString();
                }
                Native.licet_reply_stamp(reply, store.Commit(expected, written));
            });

        private static int Limits(IntPtr self, IntPtr reply) =>
            Guard(self, reply, store =>
            {
                foreach (var limit in store.Limits)
                {
                    var name = Text.Bytes(limit.Key);
                    fixed (byte* n = name)
                    {
                        Native.licet_reply_limit(reply, n, Text.Size(name), limit.Value);
                    }
                }
            });

        private static void Destroy(IntPtr self)
        {
            var store = GCHandle.FromIntPtr(self);
            try
            {
                (store.Target as IDisposable)?.Dispose();
            }
            catch (Exception)
            {
                // There is nobody left to tell.
            }
            store.Free();
        }

        private static int Guard(IntPtr self, IntPtr reply, Action<IStore> run)
        {
            try
            {
                run((IStore)GCHandle.FromIntPtr(self).Target);
                return 0;
            }
            catch (ConflictException conflict)
            {
                var key = Text.Bytes(conflict.Key);
                fixed (byte* k = key)
                {
                    Native.licet_reply_conflict(reply, k, Text.Size(key));
                }
                return 1;
            }
            catch (Exception failure)
            {
                var detail = Text.Bytes(failure.Message);
                fixed (byte* d = detail)
                {
                    Native.licet_reply_detail(reply, d, Text.Size(detail));
                }
                return failure is OutcomeUnknownException ? 3 : 2;
            }
        }

        private static void Reply(IntPtr reply, IReadOnlyList<Record> records)
        {
            for (var i = 0; i < records.Count; ++i)
            {
                if (records[i] == null)
                {
                    continue;
                }
                var key = Text.Bytes(records[i].Key);
                var value = Text.Bytes(records[i].Value);
                fixed (byte* k = key, v = value)
                {
                    Native.licet_reply_record(reply, (UIntPtr)(uint)i, k, Text.Size(key), v,
                        Text.Size(value), records[i].Stamp);
                }
            }
        }
    }
}
