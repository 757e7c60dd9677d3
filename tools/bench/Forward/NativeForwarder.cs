using System.Runtime.InteropServices;
using LabEdge.Forwarding;

namespace LabEdge.Bench;

/// <summary>native/forward.c over copies of the router's tables, in the same process and rounds.</summary>
public sealed class NativeForwarder : IDisposable
{
    [StructLayout(LayoutKind.Sequential)]
    private struct NativeTables
    {
        public nint Ports, Labels, Paths, Transports, Ready, Vrfs, First, Last, Up, Handles, Pseudowires, Groups, Circuits, Slots, Directory, DirectoryBits, Received, Forwarded, EgressDropped, Devices;
        public int FirstLabel, LabelCount, GroupStride, CircuitMask, Verify, Wide;
        public long Rare;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeArrivals
    {
        public nint Template, Word, Sum;
        public int WordOffset, SumOffset, Mask, Next;
    }

    private delegate long RunFunction(nint tables, nint arrivals, nint frames, int pool, int burst, int port, int repeats);
    private delegate long ArriveFunction(nint arrivals, nint frames, int pool, int burst, int repeats);
    private delegate nint NewFrames(int count, int headroom, int size);
    private delegate void FreeFrames(nint frames, int count);
    private delegate nint NewPort(int index);
    private delegate void SetHashing(nint port, int on);
    private delegate nint CopyArray(nint from, nint octets);

    private readonly ForwardCase _case;
    private readonly int _pool;
    private readonly RunFunction _run;
    private readonly ArriveFunction _arrive;
    private readonly SetHashing _setHashing;
    private readonly FreeFrames _freeFrames;
    private readonly CopyArray _copy;
    private readonly List<nint> _owned = [];
    private readonly nint[] _ports = new nint[ForwardCase.Ports];
    private readonly nint _tables;
    private readonly nint _arrivals;
    private readonly nint _frames;
    private readonly NativeTables _fields;

    public NativeForwarder(ForwardCase what, NativeCode code, int pool)
    {
        _case = what;
        _pool = pool;
        _run = code.Function<RunFunction>("run");
        _arrive = code.Function<ArriveFunction>("run_arrivals");
        _setHashing = code.Function<SetHashing>("set_hashing");
        _freeFrames = code.Function<FreeFrames>("free_frames");
        _copy = code.Function<CopyArray>("copy_array");
        Tables t = what.Tables;
        t.ClearCounters();
        NewPort newPort = code.Function<NewPort>("new_port");
        for (int i = 0; i < _ports.Length; i++)
        {
            _ports[i] = newPort(i);
            _owned.Add(_ports[i]);
        }
        _fields = new NativeTables
        {
            Ports = Copy(t.Ports.Record),
            Labels = Copy(t.Labels.Handle),
            Paths = Copy(t.Paths.Record),
            Transports = Copy(t.Transports.Record),
            Ready = Copy(t.Transports.Ready),
            Vrfs = Copy(t.Prefixes.Vrf),
            First = Copy(t.Prefixes.First),
            Last = Copy(t.Prefixes.Last),
            Up = Copy(t.Prefixes.Up),
            Handles = Copy(t.Prefixes.Handle),
            Pseudowires = Copy(t.Pseudowires.Record),
            Groups = Copy(t.Groups.Record),
            Circuits = Copy([-1, 0]),
            Slots = Copy(t.Prefixes.Slots.Slot),
            Directory = Copy(t.Prefixes.Slots.Directory),
            DirectoryBits = Copy(t.Prefixes.Slots.Bits),
            Received = Copy(t.Ledger.Received),
            Forwarded = Copy(t.Ledger.Forwarded),
            EgressDropped = Copy(t.Ledger.EgressDropped),
            Devices = Copy(_ports),
            FirstLabel = t.Labels.First,
            LabelCount = t.Labels.Handle.Length,
            GroupStride = t.Groups.Stride,
            CircuitMask = 0,
            Verify = t.VerifyHeaderChecksum ? 1 : 0,
            Wide = t.Transports.ReadyStride == 32 ? 1 : 0,
        };
        _tables = Put(_fields);
        _arrivals = Put(new NativeArrivals
        {
            Template = Copy(what.Template),
            Word = Copy(what.Word),
            Sum = Copy(what.Sum),
            WordOffset = what.WordOffset,
            SumOffset = what.SumOffset,
            Mask = ForwardCase.Keys - 1,
        });
        _frames = code.Function<NewFrames>("new_frames")(pool, NetForwarder.Headroom, NetForwarder.Headroom + NetForwarder.LongestFrame + 32);
    }

    public long Run(int repeats) => _run(_tables, _arrivals, _frames, _pool, NetForwarder.BurstSize, _case.Port, repeats);

    public long RunArrivals(int repeats) => _arrive(_arrivals, _frames, _pool, NetForwarder.BurstSize, repeats);

    /// <summary>As <see cref="NetForwarder.Hash"/>.</summary>
    public ulong Hash()
    {
        Tables t = _case.Tables;
        t.ClearCounters();
        Restore(_fields.Transports, t.Transports.Record);
        Restore(_fields.Pseudowires, t.Pseudowires.Record);
        Restore(_fields.Received, t.Ledger.Received);
        Restore(_fields.Forwarded, t.Ledger.Forwarded);
        NativeArrivals arrivals = Marshal.PtrToStructure<NativeArrivals>(_arrivals);
        arrivals.Next = 0;
        Marshal.StructureToPtr(arrivals, _arrivals, false);

        // All frames of a case leave by one port, so that its hash is the hash of all.
        foreach (nint port in _ports) _setHashing(port, 1);
        long good = Run(ForwardCase.Keys / _pool);
        ulong hash = 0;
        foreach (nint port in _ports)
        {
            if (Marshal.ReadInt64(port, 8) != 0) hash = (ulong)Marshal.ReadInt64(port, 24);
            _setHashing(port, 0);
        }
        if (good != ForwardCase.Keys) throw new InvalidOperationException($"{_case.Title}, C: {good} of {ForwardCase.Keys} frames forwarded");
        return NetForwarder.WithCounters(hash, Read(_fields.Transports, t.Transports.Record.Length), Read(_fields.Pseudowires, t.Pseudowires.Record.Length),
            Read(_fields.Received, t.Ledger.Received.Length), Read(_fields.Forwarded, t.Ledger.Forwarded.Length));
    }

    public void Dispose()
    {
        _freeFrames(_frames, _pool);
        foreach (nint one in _owned) Free(one);
        Marshal.FreeHGlobal(_tables);
        Marshal.FreeHGlobal(_arrivals);
    }

    [DllImport("libc", EntryPoint = "free")]
    private static extern void Free(nint memory);

    private nint Copy<T>(T[] array) where T : unmanaged
    {
        GCHandle pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        nint copy = _copy(pin.AddrOfPinnedObject(), array.Length * Marshal.SizeOf<T>());
        pin.Free();
        _owned.Add(copy);
        return copy;
    }

    private static nint Put<T>(T fields) where T : struct
    {
        nint memory = Marshal.AllocHGlobal(Marshal.SizeOf<T>());
        Marshal.StructureToPtr(fields, memory, false);
        return memory;
    }

    private static void Restore(nint to, int[] from) => Marshal.Copy(from, 0, to, from.Length);

    private static int[] Read(nint from, int count)
    {
        int[] numbers = new int[count];
        Marshal.Copy(from, numbers, 0, count);
        return numbers;
    }
}
