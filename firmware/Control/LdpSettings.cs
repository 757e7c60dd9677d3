using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>What the configuration says to LDP, for the room that speaks it: <see cref="ControlModule.Ldp"/> is null where that room is not. LDP looks at <see cref="Version"/>: whoever changes a field adds one.</summary>
    public sealed class LdpSettings
    {
        public const int MostPasswords = 4;

        public int Version;
        public bool Enabled;

        /// <summary>Interface index whose address is our LSR id; -1 = the highest address of a loopback, else of a port.</summary>
        public int RouterIdInterface = -1;

        /// <summary>The router id changes at once, and resets all sessions; else when the present one is not ours any more.</summary>
        public bool Force;
        public bool ExplicitNull;
        public bool OrderedControl;

        /// <summary>Labels are given and advertised for /32 only.</summary>
        public bool HostRoutes;

        /// <summary>The same when the configuration does not say: true on small boards.</summary>
        public bool HostRoutesDefault;
        public bool AcceptTargeted;
        public int HelloMs = 5000;
        public int HoldSeconds = 15;
        public int TargetedHelloMs = 10000;
        public int TargetedHoldSeconds = 90;
        public int KeepAliveSeconds = 180;

        /// <summary>LSR ids, and the keys of their connections; 0 = the row is free.</summary>
        public readonly uint[] PasswordOf = new uint[MostPasswords];
        public readonly byte[][] Password = new byte[MostPasswords][];

        /// <returns>The MD5 key for a neighbour, or null.</returns>
        public byte[] KeyOf(uint lsrId)
        {
            for (int i = 0; i < MostPasswords; i++)
            {
                if (PasswordOf[i] == lsrId && lsrId != 0)
                {
                    return Password[i];
                }
            }
            return null;
        }

        /// <summary>Sets a row; a key of no octets frees it.</summary>
        public void SetPassword(int row, uint lsrId, byte[] octets, int offset, int count)
        {
            bool same = PasswordOf[row] == lsrId && Password[row] != null && Password[row].Length == count;
            for (int i = 0; i < count && same; i++)
            {
                same = Password[row][i] == octets[offset + i];
            }
            if (same || (count == 0 && PasswordOf[row] == 0))
            {
                return;
            }
            PasswordOf[row] = count == 0 ? 0 : lsrId;
            Password[row] = null;
            if (count != 0)
            {
                Password[row] = new byte[count];
                System.Array.Copy(octets, offset, Password[row], 0, count);
            }
            Version++;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(16);
            bill.Array(MostPasswords * 4);
            bill.References(MostPasswords);
            for (int i = 0; i < MostPasswords; i++)
            {
                if (Password[i] != null)
                {
                    bill.Array(Password[i].Length);
                }
            }
        }
    }
}
