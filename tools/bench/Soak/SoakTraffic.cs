using System.Buffers.Binary;
using LabEdge.Hal;

namespace LabEdge.Bench.Soak;

/// <summary>
/// Frames from a seed, as the neighbours of the soak's router would send them: good ones of every service, and ones that try
/// what they may not. Each payload carries its origin from end to end. Allocates nothing.
/// </summary>
public sealed class SoakTraffic
{
    private const int LongestPayload = 1480;

    private readonly SoakNumbers _numbers;
    private readonly byte[][] _payload = new byte[SoakPolicy.Customers][];
    private byte[] _b;
    private int _at;
    private bool _mayCut;

    public SoakTraffic(SoakNumbers numbers)
    {
        _numbers = numbers;
        for (int c = 0; c < SoakPolicy.Customers; c++)
        {
            _payload[c] = new byte[LongestPayload];
            SoakPolicy.Mark(_payload[c], c);
        }
    }

    /// <summary>Fills a frame as if it came in by this port.</summary>
    public void Fill(Frame frame, int port)
    {
        _b = frame.Octets;
        _at = frame.Headroom;
        _mayCut = false;
        frame.Start = _at;
        frame.Port = port;
        switch (port)
        {
            case SoakPolicy.Core0:
            case SoakPolicy.Core1: FromCore(port); break;
            case SoakPolicy.WirePortA:
            case SoakPolicy.WirePortB: FromWire(port); break;
            case SoakPolicy.BridgePort:
            case SoakPolicy.BridgeTrunk: FromBridge(port); break;
            default: FromCustomer(port); break;
        }

        frame.Length = _at - frame.Start;

        // A frame that was cut on the way: a packet's length gives it away. (What a P router or a pseudowire carries has none, and would pass without a marker.)
        if (_mayCut && _numbers.OneIn(64)) frame.Length = Math.Min(frame.Length - 1, 1 + _numbers.Below(60));
    }

    private void FromCore(int port)
    {
        int customer = _numbers.Below(SoakPolicy.Customers);
        if (customer == SoakPolicy.Global)
        {
            Packet(port, customer);
            return;
        }

        int outer = _numbers.OneIn(8) ? Overlay(port) : -1;
        if (outer < 0) Ethernet(port, 0x8847);
        Labelled(customer);
        if (outer >= 0) FinishOverlay(outer);
    }

    private void Labelled(int customer)
    {
        if (_numbers.OneIn(16)) Label(16, false);
        if (_numbers.OneIn(16)) Label(_numbers.OneIn(2) ? 0 : 2, false);
        if (_numbers.OneIn(16)) Entropy();
        if (customer == SoakPolicy.Transit)
        {
            int depth = 1 + _numbers.Below(5);
            Label(200 + _numbers.Below(24), depth == 1);
            if (depth > 1 && _numbers.OneIn(4)) Entropy();
            for (int i = 1; i < depth; i++) Label(2100 + _numbers.Below(800), i == depth - 1);
            Ipv4(customer, 10, 9);
            return;
        }

        // Now and then a label of nobody, or a service label that is not the bottom.
        int which = _numbers.Below(2);
        Label(_numbers.OneIn(32) ? 1990 : SoakPolicy.ServiceLabel(customer, which), !_numbers.OneIn(64));
        switch (customer)
        {
            case SoakPolicy.WireA:
                Word(0);
                Layer2(customer);
                break;
            case SoakPolicy.WireB:
                Layer2(customer);
                break;
            case SoakPolicy.BridgeX:
                FromMesh(which);
                break;
            case SoakPolicy.BridgeY:
                // Numbered, now and then one late.
                _sequence = _sequence % 65535 + 1;
                Word(_numbers.OneIn(16) ? _numbers.Below(65536) : _sequence);
                Layer2(customer, 0x81000000);
                break;
            default:
                if (_numbers.OneIn(4)) Ipv6(customer, customer);
                else Ipv4(customer, 10, _numbers.OneIn(8) ? _numbers.Below(9) : customer);
                break;
        }
    }

    // The two pseudowires of bridge domain X: one with flow labels, one with fragments.
    private void FromMesh(int which)
    {
        if (which == 0)
        {
            if (_numbers.OneIn(2))
            {
                _b[_at - 2] &= 0xFE;
                Label(_numbers.Below(1 << 20), true);
            }

            Word(0);
            Layer2(SoakPolicy.BridgeX);
            return;
        }

        if (!_numbers.OneIn(2))
        {
            Word(0);
            Layer2(SoakPolicy.BridgeX);
            return;
        }

        // First and last in turn; a frame in between, or a lost one, spoils them.
        _fragment = _numbers.OneIn(8) ? _fragment + 5 : _fragment + 1;
        _last = !_last;
        Word((_last ? 0x800000 : 0x400000) | (_fragment % 65535 + 1));
        if (_last) Payload(SoakPolicy.BridgeX);
        else Layer2(SoakPolicy.BridgeX);
    }

    private int _sequence;
    private int _fragment;
    private bool _last = true;

    // An IPv4 header and UDP for labels: from the other end of the soak's tunnel, now and then from somebody else.
    private int Overlay(int port)
    {
        Ethernet(port, 0x0800);
        int outer = _at;
        Four(0x45000000);
        Four(0x00004000);
        Four(0x40110000);
        Four(_numbers.OneIn(16) ? 0xC0000209u : 0xC0000202u);
        Four(0xC0000201);
        Two(50000);
        Two(6635);
        Four(0);
        return outer;
    }

    private void FinishOverlay(int outer)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_b.AsSpan(outer + 2), (ushort)(_at - outer));
        BinaryPrimitives.WriteUInt16BigEndian(_b.AsSpan(outer + 24), (ushort)(_at - outer - 20));
        Checksum(outer, false);
    }

    private void Entropy()
    {
        Label(7, false);
        Four(((uint)(16 + _numbers.Below(1 << 19))) << 12);
    }

    private void Packet(int port, int customer)
    {
        bool six = _numbers.OneIn(4);
        Ethernet(port, six ? 0x86DD : 0x0800);
        if (six) Ipv6(customer, customer);
        else Ipv4(customer, 10, customer);
    }

    private void FromCustomer(int port)
    {
        int vlan = port == SoakPolicy.TaggedPort ? (_numbers.OneIn(2) ? SoakPolicy.RedVlan : SoakPolicy.GreenVlan) : 0;
        int customer = SoakPolicy.OwnerOf(port, vlan);
        Ethernet(port, vlan != 0 ? 0x8100 : _numbers.OneIn(16) ? 0x8847 : 0x0800);
        if (vlan != 0)
        {
            Two(vlan | (_numbers.Below(8) << 13));
            Two(_numbers.OneIn(16) ? 0x8847 : 0x0800);
        }

        // An intruder: labels of all customers under the EtherType for labels.
        if (_b[_at - 1] == 0x47) Label(_numbers.OneIn(2) ? 200 + _numbers.Below(24) : SoakPolicy.ServiceLabel(_numbers.Below(SoakPolicy.Customers), 0), true);
        int site = _numbers.OneIn(4) ? _numbers.Below(9) : customer;
        if (_b[_at - 1] == 0 && _numbers.OneIn(4))
        {
            _b[_at - 2] = 0x86;
            _b[_at - 1] = 0xDD;
            Ipv6(customer, site);
        }
        else
        {
            Ipv4(customer, 10, site);
        }
    }

    private void FromWire(int port)
    {
        Layer2(port == SoakPolicy.WirePortA ? SoakPolicy.WireA : SoakPolicy.WireB);
    }

    private void FromBridge(int port)
    {
        int vlan = port == SoakPolicy.BridgePort ? 0 : _numbers.OneIn(2) ? SoakPolicy.XVlan : SoakPolicy.YVlan;
        Stations();
        if (vlan != 0)
        {
            Two(0x8100);
            Two(vlan);
        }

        Two(0x88B5);
        Payload(SoakPolicy.OwnerOf(port, vlan));
    }

    // A customer's frame, whole. Stations of all domains are the same ones, on purpose.
    private void Layer2(int customer, uint tag = 0)
    {
        Stations();
        if (tag != 0)
        {
            Four(tag | (uint)_numbers.Below(4000));
        }
        else if (_numbers.OneIn(4))
        {
            Two(0x8100);
            Two(1 + _numbers.Below(4000));
        }

        Two(0x88B5);
        Payload(customer);
    }

    private void Stations()
    {
        int to = _numbers.Below(80);
        Two(to == 0 ? 0xFFFF : to == 1 ? 0x0100 : 0x02BB);
        Four(to == 0 ? 0xFFFFFFFF : to == 1 ? 0x5E000005 : (uint)to);
        Two(0x02BB);
        Four((uint)(2 + _numbers.Below(64)));
    }

    private void Ethernet(int port, int type)
    {
        // One in 64 is another station's.
        Two(0x0200);
        Two(0);
        Two(_numbers.OneIn(64) ? 0x77 : port + 1);
        Two(0x0200);
        Four(0xC0D);
        Two(type);
    }

    private void Label(int label, bool bottom)
    {
        int ttl = _numbers.OneIn(64) ? _numbers.Below(3) : 3 + _numbers.Below(250);
        Four(((uint)label << 12) | ((uint)_numbers.Below(8) << 9) | (bottom ? 0x100u : 0) | (uint)ttl);
    }

    private void Word(int sequence) => Four((uint)sequence);

    // Destinations NET.SITE.x.y: the site is the customer whose plan has the network; another one's may be there by policy or not at all.
    private void Ipv4(int customer, int net, int site)
    {
        int length = 8 * (1 + _numbers.Below(_numbers.OneIn(32) ? LongestPayload / 8 : 12));
        int at = _at;
        _mayCut = customer != SoakPolicy.Transit;
        bool dontFragment = !_numbers.OneIn(4);
        Two(0x4500 | (_numbers.Below(64) << 2));
        Two(20 + length);
        Two((int)(_numbers.Next() & 0xFFFF));
        Two(dontFragment ? 0x4000 : 0);
        int ttl = _numbers.OneIn(64) ? _numbers.Below(3) : 2 + _numbers.Below(250);
        Two((ttl << 8) | 253);
        Two(0);
        Four(0xC6336400 | (uint)_numbers.Below(256));
        Four(((uint)net << 24) | ((uint)site << 16) | (uint)_numbers.Below(65536));
        Checksum(at, _numbers.OneIn(128));
        Block(customer, length);
    }

    // Destinations 2001:db8:SITE::.
    private void Ipv6(int customer, int site)
    {
        int length = 8 * (1 + _numbers.Below(_numbers.OneIn(32) ? LongestPayload / 8 : 12));
        _mayCut = customer != SoakPolicy.Transit;
        Four(0x60000000 | ((uint)_numbers.Below(256) << 20) | (uint)_numbers.Below(1 << 20));
        Two(length);
        Two((59 << 8) | (_numbers.OneIn(64) ? _numbers.Below(3) : 2 + _numbers.Below(250)));
        Address(0x5000 + _numbers.Below(256), 1);
        Address(site, _numbers.Below(65536));
        Block(customer, length);
    }

    private void Address(int site, int host)
    {
        Four(0x20010DB8);
        Four((uint)site << 16);
        Four(0);
        Four((uint)host);
    }

    private void Checksum(int at, bool wrong)
    {
        uint sum = 0;
        for (int i = 0; i < 20; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(_b.AsSpan(at + i));
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(_b.AsSpan(at + 10), (ushort)(wrong ? sum : ~sum));
    }

    private void Payload(int customer) => Block(customer, 8 * (4 + _numbers.Below(_numbers.OneIn(32) ? 180 : 12)));

    private void Block(int customer, int length)
    {
        _payload[customer].AsSpan(LongestPayload - length).CopyTo(_b.AsSpan(_at));
        _at += length;
    }

    private void Two(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_b.AsSpan(_at), (ushort)value);
        _at += 2;
    }

    private void Four(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_b.AsSpan(_at), value);
        _at += 4;
    }
}
