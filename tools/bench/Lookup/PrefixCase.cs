using System.Runtime.InteropServices;
using LabEdge.Forwarding;

namespace LabEdge.Bench;

/// <summary>Which layout of <see cref="PrefixTable"/>.</summary>
public enum PrefixLayout
{
    Small,
    Medium,
    Large,
}

/// <summary>Routes and keys of one table size: 2^20 addresses, each random within a random route, asked for in order in bursts.</summary>
public sealed class PrefixCase : IDisposable
{
    public const int Burst = 64;
    public const int Keys = 1 << 20;
    private const int Vrf = 1;
    private const ulong Prime = 0x100000001B3;

    private readonly uint[] _prefix;
    private readonly int[] _bits;
    private readonly uint[] _keys;
    private readonly GCHandle _pin;
    private int _position;

    /// <param name="internet">Routes as the Internet's; otherwise spread evenly, with some longer than /24.</param>
    public PrefixCase(int routes, bool internet, ulong seed)
    {
        SeededSequence random = new(seed);
        if (internet)
        {
            InternetRoutes made = new(random, routes);
            (_prefix, _bits) = (made.Prefix, made.Bits);
        }
        else
        {
            RandomRoutes made = new(random, routes);
            (_prefix, _bits) = (made.Prefix, made.Bits);
        }
        _keys = new uint[Keys];
        for (int i = 0; i < Keys; i++)
        {
            int r = random.Next(routes);
            _keys[i] = _prefix[r] | (uint)(random.Next() & ((1UL << (32 - _bits[r])) - 1));
        }
        _pin = GCHandle.Alloc(_keys, GCHandleType.Pinned);
    }

    public int Routes => _prefix.Length;

    /// <summary>The table with all routes, in this layout.</summary>
    public PrefixTable Make(PrefixLayout layout)
    {
        Capacity capacity = Capacity.Pc();
        capacity.Vrfs = 2;
        capacity.Prefixes = layout == PrefixLayout.Small ? Routes + 16 : Math.Min(Routes + 16, 4096);
        capacity.PrefixNodes = layout == PrefixLayout.Small ? 0 : 16384 + Routes * 16;
        capacity.PrefixSlots = layout != PrefixLayout.Large ? 0 : Routes < PrefixTable.GreatFrom ? 1 << 18 : (1 << 20) + (1 << 16) + Math.Min(Routes * 32, 11 << 20);
        capacity.MediumFrom = Math.Min(Routes, 256);
        capacity.LargeFrom = Math.Min(Routes, 512);
        PrefixTable table = new(capacity);
        for (int i = 0; i < Routes; i++)
        {
            if (!table.Set(Vrf, _prefix[i], _bits[i], ForwardingHandle.Path | i)) throw new InvalidOperationException($"route {i} of {Routes} refused in layout {layout}");
        }
        while (table.Step(100_000)) { }
        for (int i = 0; i < 8; i++) while (table.Step(100_000)) { }
        bool large = table.Slots != null && table.Slots.Directory[Vrf] != PrefixSlots.None;
        if (table.IsWide(Vrf) != (layout != PrefixLayout.Small) || large != (layout == PrefixLayout.Large)) throw new InvalidOperationException($"layout {layout} was not reached");
        return table;
    }

    /// <summary>Octets of the pools that the table's routes take.</summary>
    public static long Octets(PrefixTable table)
    {
        long octets = table.Used * 14L;
        if (table.Tree != null) octets += (table.Tree.Node.Length - table.Tree.FreeInts) * 4L;
        if (table.Slots != null) octets += (table.Slots.Slot.Length - table.Slots.Free) * 5L;
        return octets;
    }

    public Contestant Ours(PrefixTable table, string name)
    {
        int[] handles = new int[Burst];
        return new Contestant(name, repeats =>
        {
            for (int i = 0; i < repeats; i++)
            {
                NetPrefixMatch.OneVrf(table, Vrf, _keys, _position, handles, 0, Burst);
                _position = (_position + Burst) & (Keys - 1);
            }
            return (long)repeats * Burst;
        }, () =>
        {
            ulong sum = 0;
            for (int at = 0; at < Keys; at += Burst)
            {
                NetPrefixMatch.OneVrf(table, Vrf, _keys, at, handles, 0, Burst);
                foreach (int handle in handles) sum = (sum ^ (handle == ForwardingHandle.None ? 0xFFFFFF : (uint)ForwardingHandle.Index(handle))) * Prime;
            }
            return sum;
        });
    }

    /// <summary>A contestant of DPDK: makes the table, adds all routes.</summary>
    public Contestant Dpdk(string name, DpdkLibrary library, nint table, string add, string bulk, Action<DpdkLibrary> before = null)
    {
        if (table == 0) return new Contestant(name, "no memory or no such instructions");
        if (add != null)
        {
            DpdkLibrary.Add insert = library.Code.Function<DpdkLibrary.Add>(add);
            for (int i = 0; i < Routes; i++)
            {
                int error = insert(table, _prefix[i], _bits[i], (uint)i);
                if (error != 0) return new Contestant(name, $"route {i} refused ({error})");
            }
        }
        DpdkLibrary.Bulk run = library.Code.Function<DpdkLibrary.Bulk>(bulk);
        int position = 0;
        return new Contestant(name, repeats =>
        {
            before?.Invoke(library);
            long left = (long)repeats * Burst;
            while (left > 0)
            {
                long now = Math.Min(left, Keys - position);
                run(table, _pin.AddrOfPinnedObject() + (nint)position * 4, now, Burst, 0);
                position = (int)((position + now) & (Keys - 1));
                left -= now;
            }
            return (long)repeats * Burst;
        }, () =>
        {
            before?.Invoke(library);
            return run(table, _pin.AddrOfPinnedObject(), Keys, Burst, 1);
        });
    }

    public void Dispose() => _pin.Free();
}
