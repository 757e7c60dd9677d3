using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Kernels;

/// <summary>Frames made by a seed: of every kind that a router meets, most of them right, some of them not.</summary>
public sealed class FrameShapes
{
    private static readonly string[] Destinations =
    [
        "10.200.1.2", "10.1.2.3", "10.2.9.9", "10.3.0.7", "10.3.1.8", "10.4.1.1", "10.5.1.1", "192.0.2.1", "192.0.2.77", "172.16.5.5",
        "172.16.0.1", "172.17.3.3", "172.18.1.1", "10.9.1.1", "203.0.113.5", "224.0.0.5", "255.255.255.255",
    ];

    private readonly Random _random;
    private readonly byte[] _frame = new byte[1600];
    private int _length;

    public readonly byte[][] Octets;
    public readonly int[] Port;

    public FrameShapes(int seed, int count)
    {
        _random = new Random(seed);
        Octets = new byte[count][];
        Port = new int[count];
        for (int i = 0; i < count; i++)
        {
            Port[i] = Make();
            Octets[i] = _frame.AsSpan(0, _length).ToArray();
        }
    }

    private int Make()
    {
        _length = 0;
        int port = _random.Next(12) switch { < 3 => KernelUnderTest.Core, < 5 => KernelUnderTest.OtherCore, < 7 => KernelUnderTest.Blue, < 9 => KernelUnderTest.Circuit, < 11 => KernelUnderTest.Tagged, _ => KernelUnderTest.Bare };
        if (port == KernelUnderTest.Circuit)
        {
            Link(port, 0x0800);
            Fill(_random.Next(4) switch { 0 => 0, 1 => 46, 2 => 200, _ => _random.Next(1470, 1500) });
            if (_random.Next(10) == 0) _length = _random.Next(14);
            return port;
        }

        int tag = port == KernelUnderTest.Tagged && _random.Next(5) != 0 ? new[] { 10, 20, 30, 30, 99 }[_random.Next(5)] : -1;
        int kind = _random.Next(20);
        Link(port, kind == 0 ? 0x86DD : kind == 1 ? 0x0806 : 0, tag);
        if (kind <= 1)
        {
            Fill(46);
        }
        else if (kind <= 12 && port != KernelUnderTest.Blue)
        {
            Type(0x8847);
            Labelled();
        }
        else
        {
            Type(kind == 13 ? 0x8847 : 0x0800);
            Packet(Destinations[_random.Next(Destinations.Length)]);
        }

        if (_random.Next(20) == 0) _length = _random.Next(_length + 1);
        else if (_length < 60) Fill(60 - _length);
        return port;
    }

    private void Link(int port, int type, int tag = -1)
    {
        int whose = _random.Next(30);
        Put(whose == 0 ? "0200000000FE" : whose == 1 ? "FFFFFFFFFFFF" : $"02000000000{port + 1}");
        Put("020000000C0D");
        if (tag >= 0) Put($"{(_random.Next(20) == 0 ? 0x88A8 : 0x8100):X4}{(_random.Next(8) << 13) | tag:X4}");
        if (type != 0) Type(type);
    }

    private void Type(int type)
    {
        Put(type.ToString("X4"));
    }

    private void Labelled()
    {
        int label = _random.Next(25) switch { 0 => 0, 1 => 3, 2 => 50000, 3 => 150, _ => 100 + _random.Next(19) };
        for (int own = 0; label == KernelUnderTest.OwnLabel && own < 3 && _random.Next(5) != 0; own++)
        {
            Entry(label, false);
            label = 100 + _random.Next(19);
        }

        int depth = label is 103 or 104 or 107 or 110 or 114 or 115 ? (_random.Next(8) == 0 ? 1 : 0) : _random.Next(4);
        Entry(label, depth == 0);
        for (int i = 1; i <= depth; i++) Entry(_random.Next(16, 100000), i == depth);
        if (label is 104 or 107 or 114)
        {
            if (label != 114) Put(_random.Next(6) == 0 ? "10000021" : "00000000");
            Fill(_random.Next(10) == 0 ? _random.Next(14) : _random.Next(14, 120));
            return;
        }

        if (_random.Next(12) == 0) Fill(40);
        else Packet(Destinations[_random.Next(Destinations.Length)]);
    }

    private void Entry(int label, bool bottom)
    {
        int ttl = _random.Next(40) switch { 0 => 0, 1 => 1, 2 => 2, 3 => 3, _ => _random.Next(4, 256) };
        LabelStackEntry.Write(_frame, _length, label, _random.Next(8), bottom, ttl);
        _length += 4;
    }

    private void Packet(string destination)
    {
        int at = _length;
        int payload = _random.Next(5) switch { 0 => 0, 1 => _random.Next(60, 90), 2 => _random.Next(1440, 1481), _ => _random.Next(60) };
        int options = _random.Next(10) == 0 ? 4 * _random.Next(1, 11) : 0;
        int ttl = _random.Next(24) switch { 0 => 0, 1 => 1, 2 => 2, _ => _random.Next(3, 256) };
        Ipv4Header.Write(_frame, at, _random.Next(64), 20 + options + payload, _random.Next(65536), _random.Next(2) == 0, ttl,
            Ipv4Header.Icmp, KernelUnderTest.Address("198.51.100.9") + (uint)_random.Next(200), KernelUnderTest.Address(destination));
        _length += 20;
        Fill(options + payload);
        if (options > 0)
        {
            _frame[at] = (byte)(0x45 + options / 4);
            Forwarding.Wire.Octets.WriteUInt16(_frame, at + 10, 0);
            Forwarding.Wire.Octets.WriteUInt16(_frame, at + 10, InternetChecksum.Of(_frame, at, 20 + options));
        }

        if (_random.Next(15) == 0) _frame[at + _random.Next(20)] ^= (byte)(1 << _random.Next(8));
    }

    private void Fill(int count)
    {
        _random.NextBytes(_frame.AsSpan(_length, count));
        _length += count;
    }

    private void Put(string hex)
    {
        byte[] octets = Convert.FromHexString(hex);
        octets.CopyTo(_frame, _length);
        _length += octets.Length;
    }
}
