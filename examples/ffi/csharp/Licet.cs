// licet from C#.
//
//     using (var engine = new Engine(new Document { ["store"] = "sqlite", ["path"] = "fabrikam.db" }))
//     {
//         var answer = engine.Call("seats.assign", new Document { ["as"] = liv, ["tenant"] = … });
//     }
//
// What licet refuses is thrown as a LicetException. Documents are what Json.cs says. An Engine and
// a HostStore close with `using`, or when they are collected; an Engine is used by any number of
// threads at once, and one that is closed meanwhile waits for them.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Document = System.Collections.Generic.Dictionary<string, object>;

namespace Licet
{
    public enum Status
    {
        Ok, InvalidArgument, NotFound, Conflict, PermissionDenied, FailedPrecondition, Exhausted,
        Unsupported, Storage, Contention, OutOfMemory, Internal,
    }

    /// <summary>What a check answers. Licensed and InGrace are, and stay, all that let in.</summary>
    public enum Decision { NoSeat, Licensed, InGrace, Suspended, NoPool, AppNotMapped }

    /// <summary>What is wrong at one place of a document.</summary>
    public sealed class Finding
    {
        internal Finding(Document finding)
        {
            Rule = (string)finding["rule"];
            Severity = (string)finding["severity"];
            Pointer = (string)finding["pointer"];
            Message = (string)finding["message"];
            Hint = (string)finding["hint"];
        }

        public string Rule { get; }
        public string Severity { get; }
        /// <summary>A JSON Pointer into what was given.</summary>
        public string Pointer { get; }
        public string Message { get; }
        public string Hint { get; }
    }

    /// <summary>What licet refused, and why.</summary>
    public sealed class LicetException : Exception
    {
        public LicetException(int status, string rule, string message, IReadOnlyList<Finding> findings)
            : base(message)
        {
            Status = StatusOf(status);
            Rule = rule;
            Findings = findings;
        }

        public Status Status { get; }
        /// <summary>The rule that was broken, such as "offer_id_length"; never renamed.</summary>
        public string Rule { get; }
        /// <summary>All that is wrong with a document.</summary>
        public IReadOnlyList<Finding> Findings { get; }

        /// <summary>A status of a later version is Internal.</summary>
        public static Status StatusOf(int number) =>
            Enum.IsDefined(typeof(Status), number) ? (Status)number : Status.Internal;
    }

    /// <summary>The rules over a store.</summary>
    public sealed unsafe class Engine : IDisposable
    {
        private readonly EngineHandle handle;

        /// <summary>Opens an engine as `config` has it; on a store of the host's own where one is
        /// given.</summary>
        public Engine(Document config, HostStore store = null)
        {
            var text = Text.Bytes(Json.Write(config));
            IntPtr error;
            fixed (byte* data = text)
            {
                Text.Require(store == null
                    ? Native.licet_engine_open(data, Text.Size(text), out handle, out error)
                    : Native.licet_engine_open_with_store(data, Text.Size(text), store.Handle,
                        out handle, out error), error);
            }
        }

        /// <summary>For those who call C themselves.</summary>
        public EngineHandle Handle => handle;

        /// <summary>Runs an operation, such as "seats.assign".</summary>
        public Document Call(string operation, Document arguments = null)
        {
            var name = Text.Bytes(operation);
            var given = arguments == null ? new byte[0] : Text.Bytes(Json.Write(arguments));
            fixed (byte* n = name, g = given)
            {
                Text.Require(Native.licet_call(handle, n, Text.Size(name), g, Text.Size(given),
                    out var answer, out var error), error);
                return Text.Take(answer);
            }
        }

        /// <summary>May this user use what this plan gives?</summary>
        public Decision Check(string tenant, string serviceId, string user) =>
            Check(Text.Bytes(tenant), Text.Bytes(serviceId), Text.Bytes(user));

        /// <summary>The same in UTF-8, for who asks at every click and has the ids at hand.</summary>
        public Decision Check(byte[] tenant, byte[] serviceId, byte[] user)
        {
            int decision;
            IntPtr error;
            fixed (byte* t = tenant, s = serviceId, u = user)
            {
                Text.Require(Native.licet_check(handle, t, Text.Size(tenant), s,
                    Text.Size(serviceId), u, Text.Size(user), &decision, &error), error);
            }
            return (Decision)decision;
        }

        /// <summary>May this user open this app, by any plan that maps to it?</summary>
        public Decision CheckApp(string tenant, string app, string user) =>
            CheckApp(Text.Bytes(tenant), Text.Bytes(app), Text.Bytes(user));

        public Decision CheckApp(byte[] tenant, byte[] app, byte[] user)
        {
            int decision;
            IntPtr error;
            fixed (byte* t = tenant, a = app, u = user)
            {
                Text.Require(Native.licet_check_app(handle, t, Text.Size(tenant), a,
                    Text.Size(app), u, Text.Size(user), &decision, &error), error);
            }
            return (Decision)decision;
        }

        public void Dispose() => handle.Dispose();

        /// <summary>The version of the library.</summary>
        public static Version LibraryVersion
        {
            get
            {
                var packed = (int)Native.licet_version();
                return new Version(packed >> 16, (packed >> 8) & 0xff, packed & 0xff);
            }
        }

        /// <summary>What there is to call, with JSON Schemas.</summary>
        public static Document Operations()
        {
            Text.Require(Native.licet_operations(out var answer, out var error), error);
            return Text.Take(answer);
        }
    }

    public sealed class EngineHandle : SafeHandle
    {
        public EngineHandle() : base(IntPtr.Zero, true) { }
        public override bool IsInvalid => handle == IntPtr.Zero;

        protected override bool ReleaseHandle()
        {
            Native.licet_engine_close(handle);
            return true;
        }
    }

    internal sealed class StoreHandle : SafeHandle
    {
        public StoreHandle() : base(IntPtr.Zero, true) { }
        public override bool IsInvalid => handle == IntPtr.Zero;

        protected override bool ReleaseHandle()
        {
            Native.licet_store_free(handle);
            return true;
        }
    }

    // Texts and errors as they come and go.
    internal static unsafe class Text
    {
        public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static UIntPtr Size(byte[] bytes) => (UIntPtr)(uint)bytes.Length;

        public static string Of(byte* data, UIntPtr size) =>
            data == null ? "" : Encoding.UTF8.GetString(data, checked((int)size));

        public static Document Take(IntPtr text)
        {
            try
            {
                return (Document)Json.Read(Of(Native.licet_text_data(text), Native.licet_text_size(text)));
            }
            finally
            {
                Native.licet_text_free(text);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Require(int status, IntPtr error)
        {
            if (status != 0)
            {
                throw TakeError(status, error);
            }
        }

        private static LicetException TakeError(int status, IntPtr error)
        {
            try
            {
                var findings = (List<object>)Json.Read(Of(Native.licet_error_findings(error)));
                return new LicetException(status, Of(Native.licet_error_rule(error)),
                    Of(Native.licet_error_message(error)),
                    findings.Select(finding => new Finding((Document)finding)).ToList());
            }
            finally
            {
                Native.licet_error_free(error);
            }
        }

        private static string Of(byte* terminated)
        {
            var end = terminated;
            while (*end != 0)
            {
                ++end;
            }
            return Encoding.UTF8.GetString(terminated, (int)(end - terminated));
        }
    }

    // licet.h. Texts go in as pinned bytes: nothing is copied or converted on the way.
    internal static unsafe class Native
    {
        private const string Library = "licet";
        private const CallingConvention C = CallingConvention.Cdecl;

        [DllImport(Library, CallingConvention = C)]
        public static extern uint licet_version();
        [DllImport(Library, CallingConvention = C)]
        public static extern byte* licet_error_rule(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern byte* licet_error_message(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern byte* licet_error_findings(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_error_free(IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern byte* licet_text_data(IntPtr text);
        [DllImport(Library, CallingConvention = C)]
        public static extern UIntPtr licet_text_size(IntPtr text);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_text_free(IntPtr text);

        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_engine_open(byte* config, UIntPtr configSize,
            out EngineHandle engine, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_engine_open_with_store(byte* config, UIntPtr configSize,
            StoreHandle store, out EngineHandle engine, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_engine_close(IntPtr engine);
        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_call(EngineHandle engine, byte* operation,
            UIntPtr operationSize, byte* arguments, UIntPtr argumentsSize, out IntPtr answer,
            out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_operations(out IntPtr answer, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_check(EngineHandle engine, byte* tenant, UIntPtr tenantSize,
            byte* serviceId, UIntPtr serviceIdSize, byte* user, UIntPtr userSize, int* decision,
            IntPtr* error);
        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_check_app(EngineHandle engine, byte* tenant,
            UIntPtr tenantSize, byte* app, UIntPtr appSize, byte* user, UIntPtr userSize,
            int* decision, IntPtr* error);

        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_store_new(ref StoreVtable vtable, IntPtr self,
            out StoreHandle store, out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern int licet_store_check(StoreHandle store, out IntPtr report,
            out IntPtr error);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_store_free(IntPtr store);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_reply_record(IntPtr reply, UIntPtr index, byte* key,
            UIntPtr keySize, byte* value, UIntPtr valueSize, ulong stamp);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_reply_stamp(IntPtr reply, ulong stamp);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_reply_conflict(IntPtr reply, byte* key, UIntPtr keySize);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_reply_limit(IntPtr reply, byte* name, UIntPtr nameSize,
            ulong value);
        [DllImport(Library, CallingConvention = C)]
        public static extern void licet_reply_detail(IntPtr reply, byte* text, UIntPtr textSize);
    }
}
