using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Tcp;

namespace LabEdge.Tests.Tcp;

/// <summary>A wire between two stacks in virtual time: it delays, loses, doubles and reorders by its seed.</summary>
public sealed class TcpWire
{
    private readonly Random _random;
    private readonly PriorityQueue<(int To, uint From, uint Destination, byte[] Segment), (uint At, int Order)> _flying = new();
    private readonly TcpStack[] _stacks = new TcpStack[2];
    private readonly Func<int, TcpStack> _make;
    private int _order;

    public TcpWire(int seed, double loss, double twice, int jitterMs, int ring)
    {
        _random = new Random(seed);
        _make = i =>
        {
            Capacity capacity = Capacity.Tiny();
            capacity.TcpRing = ring;
            byte[] entropy = new byte[32];
            _random.NextBytes(entropy);
            return new TcpStack(capacity, entropy, new End(this, i, loss, twice, jitterMs));
        };
        for (int i = 0; i < 2; i++) _stacks[i] = _make(i);
    }

    /// <summary>One end starts anew and knows nothing of its connections.</summary>
    public TcpStack Restart(int end) => _stacks[end] = _make(end);

    public TcpStack Left => _stacks[0];
    public TcpStack Right => _stacks[1];
    public uint Now { get; private set; } = 0xFFFFF000;
    public int Lost { get; private set; }
    public const uint LeftAddress = 0x0A000001;
    public const uint RightAddress = 0x0A000002;

    /// <summary>Octets of every segment are changed by it, when it is set.</summary>
    public Action<byte[], Random> Damage { get; set; }
    public int Ttl { get; set; } = 255;

    public void Run(uint ms, Action each)
    {
        uint end = Now + ms;
        while ((int)(end - Now) > 0)
        {
            while (_flying.Count > 0 && _flying.TryPeek(out _, out (uint At, int Order) key) && key.At <= Now + 0x1000u - 0xFFFFF000u)
            {
                (int to, uint from, uint destination, byte[] segment) = _flying.Dequeue();
                Damage?.Invoke(segment, _random);
                _stacks[to].Receive(VrfStore.Global, from, destination, Ttl, segment, 0, segment.Length, Now);
            }
            each();
            Left.Poll(Now, 100);
            Right.Poll(Now, 100);
            Now++;
        }
    }

    private sealed class End(TcpWire wire, int own, double loss, double twice, int jitterMs) : ITcpOutput
    {
        public byte[] Octets { get; } = new byte[2000];
        public int Start => 20;

        public void Send(int vrf, uint source, uint destination, int length)
        {
            for (int copies = wire._random.NextDouble() < twice ? 2 : 1; copies > 0; copies--)
            {
                if (wire._random.NextDouble() < loss)
                {
                    wire.Lost++;
                    continue;
                }
                uint at = wire.Now + 0x1000u - 0xFFFFF000u + 5 + (uint)wire._random.Next(jitterMs + 1);
                wire._flying.Enqueue((1 - own, source, destination, Octets.AsSpan(Start, length).ToArray()), (at, wire._order++));
            }
        }
    }
}

/// <summary>Takes every connection.</summary>
public sealed class Taker : ITcpListener
{
    public TcpConnection Connection { get; private set; }
    public byte[] Key { get; init; }
    public int LeastTtl { get; init; }

    public byte[] KeyOf(uint remote) => Key;

    public bool Offer(TcpConnection connection)
    {
        connection.Key = Key;
        connection.LeastTtl = LeastTtl;
        Connection = connection;
        return true;
    }
}
