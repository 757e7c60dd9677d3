using LabEdge.Forwarding.Wire;
using LabEdge.Ospf;

namespace LabEdge.Tests.Ospf;

/// <summary>
/// OSPF packets as somebody on the link might send them: of every type, with the numbers that the receiver waits for or others, advertisements that it has, has otherwise or has not,
/// lengths and counts that lie now and then; the checksums are right more often than not.
/// </summary>
internal sealed class OspfForge(Random random)
{
    private readonly List<byte> _body = [];

    private bool Often => random.Next(10) != 0;

    private bool Rarely => random.Next(10) == 0;

    /// <summary>A frame for a port of a node, from its neighbour there or from a stranger.</summary>
    public byte[] Frame(OspfNetwork.Node to, int port)
    {
        OspfInterface i = to.Ospf.Interfaces[port];
        OspfNeighbor[] known = [.. to.Ospf.Neighbors.Where(n => n.Interface == port)];
        OspfNeighbor from = known.Length == 0 || Rarely ? null : known[random.Next(known.Length)];
        uint source = from?.Address ?? (i.Address & 0xFFFFFF00) + (uint)random.Next(20, 40);
        uint id = Rarely ? (uint)random.Next() : from?.RouterId ?? source;
        _body.Clear();
        int type = random.Next(100) switch { < 15 => 1, < 35 => 2, < 50 => 3, < 85 => 4, _ => 5 };
        switch (type)
        {
            case OspfHeader.Hello: Hello(to, i); break;
            case OspfHeader.DatabaseDescription: Description(to, i, from); break;
            case OspfHeader.LinkStateRequest: Request(to, i); break;
            case OspfHeader.LinkStateUpdate: Update(to, i); break;
            default: for (int k = random.Next(4); k > 0; k--) _body.AddRange(Header(to, i)); break;
        }

        if (Rarely && _body.Count > 4) _body.RemoveRange(_body.Count - random.Next(1, 5), random.Next(1, 2));
        if (Rarely) _body.AddRange(new byte[random.Next(1, 8)]);
        return Wrap(to, i, source, id, type);
    }

    private byte[] Wrap(OspfNetwork.Node to, OspfInterface i, uint source, uint id, int type)
    {
        byte[] packet = new byte[OspfHeader.Length + Math.Min(_body.Count, 1400)];
        uint area = i.Area < 0 ? 0 : to.Ospf.Areas[i.Area].Id;
        OspfHeader.Write(packet, 0, random.Next(200) == 0 ? random.Next(256) : type, packet.Length, id, random.Next(100) == 0 ? 77 : area);
        _body.Take(packet.Length - OspfHeader.Length).ToArray().CopyTo(packet, OspfHeader.Length);
        if (random.Next(50) == 0) packet[random.Next(packet.Length)] = (byte)random.Next(256);
        if (random.Next(60) == 0) Octets.WriteUInt16(packet, OspfHeader.LengthOffset, random.Next(packet.Length + 20));
        packet[OspfHeader.AuthenticationTypeOffset + 1] = (byte)(random.Next(60) == 0 ? random.Next(4) : i.AuthenticationType);
        byte[] seal = [];
        if (packet[OspfHeader.AuthenticationTypeOffset + 1] == OspfHeader.Cryptographic)
        {
            packet[OspfHeader.KeyIdOffset] = (byte)(random.Next(60) == 0 ? 9 : i.KeyId);
            packet[OspfHeader.DigestLengthOffset] = (byte)(random.Next(60) == 0 ? 15 : OspfHeader.DigestLength);

            // Not past what the neighbour itself counts to, or it would not be heard for long.
            Octets.WriteUInt32(packet, OspfHeader.SequenceOffset, to.Ospf.Neighbors.Where(n => n.Interface == i.Index).Select(n => n.CryptographicSequence).DefaultIfEmpty(1u).Max() - (uint)(Rarely ? 3 : 0));
            byte[] key = new byte[OspfHeader.DigestLength];
            i.Key?.CopyTo(key, 0);
            seal = System.Security.Cryptography.MD5.HashData([.. packet, .. key]);
            if (random.Next(60) == 0) seal = seal[..random.Next(16)];
        }
        else if (random.Next(60) != 0)
        {
            int length = Math.Clamp(OspfHeader.ReadLength(packet, 0), OspfHeader.Length, packet.Length);
            Octets.WriteUInt16(packet, OspfHeader.ChecksumOffset, 0);
            Octets.WriteUInt16(packet, OspfHeader.ChecksumOffset, OspfHeader.Checksum(packet, 0, length));
            if (packet[OspfHeader.AuthenticationTypeOffset + 1] == OspfHeader.SimplePassword && random.Next(60) != 0) i.Key?.CopyTo(packet, OspfHeader.AuthenticationOffset);
        }

        byte[] frame = new byte[EthernetHeader.Length + Ipv4Header.Length + packet.Length + seal.Length];
        uint destination = Rarely ? OspfModule.AllDesignated : OspfModule.AllRouters;
        Hex.Octets("01005E0000" + (destination & 255).ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + "02000000BB01 0800").CopyTo(frame, 0);
        Ipv4Header.Write(frame, EthernetHeader.Length, 48, frame.Length - EthernetHeader.Length, 1, false, 1, OspfHeader.Protocol, source, destination);
        packet.CopyTo(frame, EthernetHeader.Length + Ipv4Header.Length);
        seal.CopyTo(frame, frame.Length - seal.Length);
        return frame;
    }

    private void Word(uint word)
    {
        for (int shift = 24; shift >= 0; shift -= 8) _body.Add((byte)(word >> shift));
    }

    private void Short(int number)
    {
        _body.Add((byte)(number >> 8));
        _body.Add((byte)number);
    }

    private uint Somebody(OspfNetwork.Node to, OspfInterface i) => random.Next(4) switch
    {
        0 => i.Address,
        1 => 0,
        2 => to.Ospf.Neighbors.Where(n => n.Interface == i.Index).Select(n => n.Address).FirstOrDefault(),
        _ => (uint)random.Next(),
    };

    private void Hello(OspfNetwork.Node to, OspfInterface i)
    {
        Word(random.Next(30) == 0 ? 0xFFFF0000 : 0xFFFFFF00);
        Short(random.Next(30) == 0 ? 7 : i.HelloSeconds);
        _body.Add((byte)(random.Next(30) == 0 ? 0 : 2));
        _body.Add((byte)random.Next(3));
        Word((uint)(random.Next(30) == 0 ? 7 : i.DeadSeconds));
        Word(Somebody(to, i));
        Word(Somebody(to, i));
        for (int k = random.Next(3); k > 0; k--) Word((uint)random.Next());
        if (Often) Word(to.Id);
    }

    private void Description(OspfNetwork.Node to, OspfInterface i, OspfNeighbor from)
    {
        Short(random.Next(30) == 0 ? 1501 : 1500);
        _body.Add((byte)(Rarely ? 0 : 2));
        _body.Add((byte)random.Next(8));
        Word((from == null ? 0 : from.Sequence) + (uint)random.Next(-1, 2));
        for (int k = random.Next(4); k > 0; k--) _body.AddRange(Header(to, i));
    }

    private void Request(OspfNetwork.Node to, OspfInterface i)
    {
        for (int k = random.Next(4); k > 0; k--)
        {
            byte[] header = Header(to, i);
            Word(Rarely ? (uint)random.Next() : header[LsaHeader.TypeOffset]);
            _body.AddRange(header[LsaHeader.IdOffset..LsaHeader.SequenceOffset]);
        }
    }

    private void Update(OspfNetwork.Node to, OspfInterface i)
    {
        int count = random.Next(4);
        Word(Rarely ? (uint)random.Next() : (uint)count);
        for (int k = 0; k < count; k++) _body.AddRange(Advertisement(to, i));
    }

    private byte[] Header(OspfNetwork.Node to, OspfInterface i) => Advertisement(to, i)[..LsaHeader.Length];

    // One that the receiver has, as it is or changed; or a new one.
    private byte[] Advertisement(OspfNetwork.Node to, OspfInterface i)
    {
        LsaTable table = to.Ospf.Lsas;
        int row = table.High == 0 ? -1 : random.Next(table.High);
        byte[] lsa = row >= 0 && table.IsUsed(row) && table.At[row] >= 0 && random.Next(3) != 0 ? table.Pool[table.At[row]..(table.At[row] + table.LengthOf(row))] : New(i);
        if (random.Next(3) == 0) return lsa;
        Octets.WriteUInt16(lsa, 0, random.Next(5) switch { 0 => 3600, 1 => random.Next(65536), _ => random.Next(4) });
        Octets.WriteInt32(lsa, LsaHeader.SequenceOffset, random.Next(40) == 0 ? LsaHeader.MaxSequence : LsaHeader.ReadSequence(lsa, 0) + random.Next(-2, 4));
        if (Rarely && lsa.Length > LsaHeader.Length) lsa[random.Next(LsaHeader.Length, lsa.Length)] = (byte)random.Next(256);
        if (Rarely) lsa[LsaHeader.TypeOffset] = (byte)random.Next(12);
        if (Often) LsaHeader.WriteChecksum(lsa, 0);
        if (random.Next(30) == 0) Octets.WriteUInt16(lsa, LsaHeader.LengthOffset, random.Next(100));
        return lsa;
    }

    private byte[] New(OspfInterface i)
    {
        int type = random.Next(1, 7);
        List<byte> lsa = [0, 1, 2, (byte)type, 192, 168, (byte)random.Next(8), 0, 10, 255, 0, (byte)random.Next(12), 0x80, 0, 0, (byte)random.Next(1, 4), 0, 0, 0, 0];
        switch (type)
        {
            case LsaHeader.Router:
                for (int k = 4; k < 8; k++) lsa[k] = lsa[k + 4];
                int links = random.Next(3);
                lsa.AddRange([(byte)random.Next(4), 0, 0, (byte)(links + (Rarely ? 1 : 0))]);
                for (int k = 0; k < links; k++)
                {
                    int services = Rarely ? 1 : 0;
                    lsa.AddRange([10, 255, 0, (byte)random.Next(4), 10, 0, 0, (byte)random.Next(4), (byte)random.Next(1, 5), (byte)services, 0, 10]);
                    lsa.AddRange(new byte[4 * services]);
                }

                break;
            case LsaHeader.Network:
                lsa.AddRange([255, 255, (byte)(Rarely ? 85 : 255), 0, 10, 255, 0, (byte)random.Next(4)]);
                break;
            case LsaHeader.External:
                lsa.AddRange([255, 255, (byte)(Rarely ? 85 : 255), 0, (byte)(random.Next(2) << 7), 0, 0, 20, .. BitConverter.GetBytes(Rarely ? i.Address : 0), 0, 0, 0, 0]);
                break;
            default:
                lsa.AddRange([255, 255, (byte)(Rarely ? 85 : 255), 0, 0, (byte)(Rarely ? 255 : 0), (byte)(Rarely ? 255 : 0), 20]);
                break;
        }

        byte[] octets = [.. lsa];
        Octets.WriteUInt16(octets, LsaHeader.LengthOffset, octets.Length);
        LsaHeader.WriteChecksum(octets, 0);
        return octets;
    }
}
