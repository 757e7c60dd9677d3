using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>What the configuration says to BFD, for the room that speaks it: <see cref="ControlModule.Bfd"/> is null where that room is not. BFD looks at <see cref="Version"/>: whoever changes a field adds one.</summary>
    public sealed class BfdSettings
    {
        public int Version;

        /// <summary>Per port, in milliseconds; 0 = the port does not speak BFD.</summary>
        public readonly ushort[] TxMs;
        public readonly ushort[] RxMs;

        /// <summary>Packets in a row that may be lost, less one.</summary>
        public readonly byte[] Multiplier;

        /// <summary>Neighbours whose static routes follow BFD: interface, -1 = the row is free, and address.</summary>
        public readonly short[] StaticPort;
        public readonly uint[] StaticNeighbor;

        public BfdSettings(Capacity capacity)
        {
            TxMs = new ushort[capacity.Ports];
            RxMs = new ushort[capacity.Ports];
            Multiplier = new byte[capacity.Ports];
            StaticPort = new short[capacity.BfdSessions];
            StaticNeighbor = new uint[capacity.BfdSessions];
            for (int i = 0; i < StaticPort.Length; i++)
            {
                StaticPort[i] = Liveness.None;
            }
        }

        public void SetPort(int port, int txMs, int rxMs, int multiplier)
        {
            if (TxMs[port] != txMs || RxMs[port] != rxMs || Multiplier[port] != multiplier)
            {
                TxMs[port] = (ushort)txMs;
                RxMs[port] = (ushort)rxMs;
                Multiplier[port] = (byte)multiplier;
                Version++;
            }
        }

        /// <param name="port">-1 frees the row.</param>
        public void SetStatic(int row, int port, uint neighbor)
        {
            if (StaticPort[row] != port || StaticNeighbor[row] != neighbor)
            {
                StaticPort[row] = (short)port;
                StaticNeighbor[row] = neighbor;
                Version++;
            }
        }

        /// <summary>Nothing is said of BFD.</summary>
        public void Clear()
        {
            for (int i = 0; i < TxMs.Length; i++)
            {
                SetPort(i, 0, 0, 0);
            }
            for (int i = 0; i < StaticPort.Length; i++)
            {
                SetStatic(i, Liveness.None, 0);
            }
        }

        public bool HasStatic(int port, uint neighbor)
        {
            for (int i = 0; i < StaticPort.Length; i++)
            {
                if (StaticPort[i] == port && StaticNeighbor[i] == neighbor)
                {
                    return true;
                }
            }
            return false;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(6);
            bill.Array(TxMs.Length * 2);
            bill.Array(RxMs.Length * 2);
            bill.Array(Multiplier.Length);
            bill.Array(StaticPort.Length * 2);
            bill.Array(StaticNeighbor.Length * 4);
        }
    }
}
