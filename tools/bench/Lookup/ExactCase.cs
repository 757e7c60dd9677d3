using System.Runtime.InteropServices;
using LabEdge.Forwarding;

namespace LabEdge.Bench;

/// <summary>Exact match of so many keys, MAC addresses in domains or labels in label spaces: 2^20 random ones of them asked for in bursts.</summary>
public sealed class ExactCase : IDisposable
{
    public const int Burst = 64;
    public const int Keys = 1 << 20;
    private const ulong Prime = 0x100000001B3;
    private const int Domains = 16;

    private readonly bool _labels;
    private readonly int[] _high = new int[Keys];
    private readonly int[] _low = new int[Keys];
    private readonly byte[] _octets;
    private readonly byte[][] _entries;
    private readonly int[] _order = new int[Keys];
    private readonly GCHandle _pin;
    private readonly MacTable _macs;
    private readonly LabelHashTable _hash;

    public ExactCase(bool labels, int entries, ulong seed)
    {
        SeededSequence random = new(seed);
        _labels = labels;
        _entries = new byte[entries][];
        int[] high = new int[entries];
        int[] low = new int[entries];
        if (labels) _hash = new LabelHashTable(entries);
        else _macs = new MacTable(entries, Domains);
        HashSet<(int, int)> seen = [];
        for (int i = 0; i < entries;)
        {
            high[i] = labels ? 0 : (int)random.Next();
            low[i] = labels ? (random.Next(64) << 20) | random.Next(1 << 20) : ((1 + random.Next(Domains)) << 16) | random.Next(1 << 16);
            if (!seen.Add((high[i], low[i]))) continue;
            bool room = labels ? _hash.Set(low[i] >> 20, low[i] & 0xFFFFF, ForwardingHandle.Path | i)
                : _macs.Learn((low[i] >> 16) - 1, high[i], low[i] & 0xFFFF, i, 0) != MacTable.None;
            if (!room) throw new InvalidOperationException($"key {i} of {entries} refused");
            _entries[i] = Octets(high[i], low[i]);
            i++;
        }
        _octets = new byte[Keys * KeyLength];
        for (int i = 0; i < Keys; i++)
        {
            int which = random.Next(entries);
            _order[i] = which;
            _high[i] = high[which];
            _low[i] = low[which];
            _entries[which].CopyTo(_octets, i * KeyLength);
        }
        _pin = GCHandle.Alloc(_octets, GCHandleType.Pinned);
    }

    public int KeyLength => _labels ? 4 : 8;

    private byte[] Octets(int high, int low) => _labels ? BitConverter.GetBytes(low) : [.. BitConverter.GetBytes(high), .. BitConverter.GetBytes(low)];

    public Contestant Ours(string name)
    {
        int[] high = new int[Burst];
        int[] low = new int[Burst];
        int[] results = new int[Burst];
        int position = 0;

        void One(int at)
        {
            _low.AsSpan(at, Burst).CopyTo(low);
            if (_labels)
            {
                NetExactMatch.Lookup(_hash, low, results, Burst);
                return;
            }
            _high.AsSpan(at, Burst).CopyTo(high);
            NetExactMatch.Find(_macs, high, low, results, Burst);
        }

        return new Contestant(name, repeats =>
        {
            for (int i = 0; i < repeats; i++)
            {
                One(position);
                position = (position + Burst) & (Keys - 1);
            }
            return (long)repeats * Burst;
        }, () =>
        {
            ulong sum = 0;
            for (int at = 0; at < Keys; at += Burst)
            {
                One(at);
                foreach (int found in results) sum = (sum ^ (uint)(_labels ? ForwardingHandle.Index(found) : _macs.Record[found + MacTable.Member])) * Prime;
            }
            return sum;
        });
    }

    /// <summary>rte_hash with CRC, key and data.</summary>
    public Contestant Dpdk(string name, DpdkLibrary library, out Action free)
    {
        free = null;
        nint table = library.Code.Function<DpdkLibrary.New>("hash_new")(_entries.Length + _entries.Length / 8, KeyLength);
        if (table == 0) return new Contestant(name, "no memory");
        free = () => library.Code.Function<DpdkLibrary.Free>("hash_free")(table);
        DpdkLibrary.AddKey add = library.Code.Function<DpdkLibrary.AddKey>("hash_add");
        for (int i = 0; i < _entries.Length; i++)
        {
            int error = add(table, _entries[i], (ulong)i);
            if (error < 0) return new Contestant(name, $"key {i} refused ({error})");
        }
        DpdkLibrary.BulkKeys run = library.Code.Function<DpdkLibrary.BulkKeys>("hash_bulk");
        int position = 0;
        return new Contestant(name, repeats =>
        {
            long left = (long)repeats * Burst;
            while (left > 0)
            {
                long now = Math.Min(left, Keys - position);
                run(table, _pin.AddrOfPinnedObject() + (nint)position * KeyLength, KeyLength, now, Burst, 0);
                position = (int)((position + now) & (Keys - 1));
                left -= now;
            }
            return (long)repeats * Burst;
        }, () => run(table, _pin.AddrOfPinnedObject(), KeyLength, Keys, Burst, 1));
    }

    public void Dispose() => _pin.Free();
}
