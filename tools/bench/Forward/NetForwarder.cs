using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Bench;

/// <summary>One of the router's kernels over a pool of frames that arrive as <see cref="ForwardCase"/> says.</summary>
public sealed class NetForwarder
{
    public const int BurstSize = 32;
    public const int Headroom = 112;
    public const int LongestFrame = 1514;

    private readonly ForwardCase _case;
    private readonly BurstKernel _kernel;
    private readonly Frame[] _frames;
    private int _next;

    public NetForwarder(ForwardCase what, BurstKernel kernel, int pool)
    {
        _case = what;
        _kernel = kernel;
        _frames = new Frame[pool];
        for (int i = 0; i < pool; i++) _frames[i] = new Frame(Headroom, LongestFrame);
    }

    /// <summary>Receives and forwards the whole pool so many times.</summary>
    /// <returns>Frames forwarded.</returns>
    public long Run(int repeats)
    {
        long good = 0;
        for (int k = 0; k < repeats; k++)
        {
            for (int at = 0; at < _frames.Length; at += BurstSize)
            {
                Arrive(at);
                good += _kernel.Burst(_case.Tables, _frames, at, BurstSize, _case.Port);
            }
        }
        return good;
    }

    /// <summary>Receives only: what <see cref="Run"/> does beside the kernel.</summary>
    public long RunArrivals(int repeats)
    {
        for (int k = 0; k < repeats; k++)
        {
            for (int at = 0; at < _frames.Length; at += BurstSize) Arrive(at);
        }
        return (long)repeats * _frames.Length;
    }

    /// <summary>Hash over all frames sent for the whole sequence of keys, and over the counters of transports and pseudowires.</summary>
    public ulong Hash()
    {
        Tables tables = _case.Tables;
        IFramePort[] counting = [.. tables.Ports.Device];
        FrameHash hash = new();
        for (int port = 0; port < counting.Length; port++) tables.Ports.Device[port] = new HashingPort(port, hash);
        tables.ClearCounters();
        _next = 0;
        long good = Run(ForwardCase.Keys / _frames.Length);
        counting.CopyTo(tables.Ports.Device, 0);
        if (good != ForwardCase.Keys || hash.Frames != good) throw new InvalidOperationException($"{_case.Title}: {good} of {ForwardCase.Keys} frames forwarded, {hash.Frames} sent");
        return WithCounters(hash.Value, tables.Transports.Record, tables.Pseudowires.Record, tables.Ledger.Received, tables.Ledger.Forwarded);
    }

    public static ulong WithCounters(ulong hash, params int[][] records)
    {
        foreach (int[] record in records)
        {
            foreach (int number in record) hash = (hash ^ (uint)number) * 0x100000001B3;
        }
        return hash;
    }

    // As a port does: octets at the headroom, start and length. Its twin is arrive() of native/forward.c.
    private void Arrive(int at)
    {
        ref byte template = ref MemoryMarshal.GetArrayDataReference(_case.Template);
        Vector256<byte> head = Vector256.LoadUnsafe(ref template);
        Vector256<byte> tail = Vector256.LoadUnsafe(ref template, 32);
        ref uint word = ref MemoryMarshal.GetArrayDataReference(_case.Word);
        ref ushort sum = ref MemoryMarshal.GetArrayDataReference(_case.Sum);
        int wordOffset = _case.WordOffset;
        int sumOffset = _case.SumOffset;
        int next = _next;
        Frame[] frames = _frames;
        for (int i = at; i < at + BurstSize; i++)
        {
            Frame f = frames[i];
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(f.Octets), f.Headroom);
            head.StoreUnsafe(ref to);
            tail.StoreUnsafe(ref to, 32);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, wordOffset), Unsafe.Add(ref word, next));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, sumOffset), Unsafe.Add(ref sum, next));
            f.Start = f.Headroom;
            f.Length = ForwardCase.FrameLength;
            next = (next + 1) & (ForwardCase.Keys - 1);
        }
        _next = next;
    }
}
