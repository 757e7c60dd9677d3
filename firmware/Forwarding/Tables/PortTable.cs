using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>What the frame path needs to know of each port, in one record of ints.</summary>
    public sealed class PortTable
    {
        public const int Stride = 8;

        /// <summary>First four and last two octets of the station address.</summary>
        public const int AddressHigh = 0;
        public const int AddressLow = 1;

        /// <summary>Label scope, shifted to its place in a handle (<see cref="ForwardingHandle.ScopeMask"/>).</summary>
        public const int Scope = 2;

        /// <summary>Handle of the circuit for untagged frames; 0 = none.</summary>
        public const int Untagged = 3;

        /// <summary>Handle of the circuit that takes every frame, tagged or not (port mode); asked first; 0 = none.</summary>
        public const int Any = 4;

        /// <summary>1 while administratively up.</summary>
        public const int Enabled = 5;

        /// <summary>Octets after the Ethernet header.</summary>
        public const int Mtu = 6;

        /// <summary>Groups of the link that Host has joined on the port: bit n is 224.0.0.n, 0 to 31 (RFC 5771 section 4).</summary>
        public const int Groups = 7;

        public readonly int[] Record;
        public readonly IFramePort[] Device;
        public readonly int Count;

        public PortTable(Capacity capacity)
        {
            Count = capacity.Ports;
            Record = new int[Count * Stride];
            Device = new IFramePort[Count];
            for (int i = 0; i < Count; i++)
            {
                SetScope(i, ForwardingHandle.ScopeNone);
            }
        }

        /// <summary>Joins a MAC to a port index; its address and largest frame are read once.</summary>
        public void Attach(int port, IEthernetPort device)
        {
            byte[] address = new byte[6];
            device.GetAddress(address, 0);
            int r = port * Stride;
            Record[r + AddressHigh] = (address[0] << 24) | (address[1] << 16) | (address[2] << 8) | address[3];
            Record[r + AddressLow] = (address[4] << 8) | address[5];
            Record[r + Mtu] = device.MaxFrameLength - Wire.EthernetHeader.Length;
            Record[r + Enabled] = 1;
            Device[port] = device;
        }

        public void SetScope(int port, int scope)
        {
            Record[port * Stride + Scope] = scope << ForwardingHandle.ScopeShift;
        }

        public int ScopeOf(int port)
        {
            return (Record[port * Stride + Scope] & ForwardingHandle.ScopeMask) >> ForwardingHandle.ScopeShift;
        }

        public int MtuOf(int port)
        {
            return Record[port * Stride + Mtu];
        }

        /// <summary>Joins or leaves 224.0.0.<paramref name="group"/> (0 to 31): packets to it are for Host, or not for this station.</summary>
        public void SetGroup(int port, int group, bool joined)
        {
            int bit = 1 << group;
            int groups = Record[port * Stride + Groups];
            Record[port * Stride + Groups] = joined ? groups | bit : groups & ~bit;
        }

        /// <summary>Writes the 6 octets of the port's station address.</summary>
        public void CopyAddress(int port, byte[] to, int offset)
        {
            Wire.Octets.WriteInt32(to, offset, Record[port * Stride + AddressHigh]);
            Wire.Octets.WriteUInt16(to, offset + 4, Record[port * Stride + AddressLow]);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("ports");
            bill.Object(3);
            bill.Array(Record.Length * 4);
            bill.References(Device.Length);
        }
    }
}
