using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>VRFs as they are configured: names and route distinguishers, each used once.</summary>
    public sealed class VrfSettings
    {
        private readonly VrfStore _vrfs;
        private readonly byte[] _other;

        public VrfSettings(Tables tables)
        {
            _vrfs = tables.Vrfs;
            _other = new byte[8];
        }

        /// <returns>The index of the new VRF, or a <see cref="ControlResult"/>.</returns>
        internal int Add(string name)
        {
            if (name == null || name.Length == 0 || name.Length > VrfStore.MaxName || name == _vrfs.NameOf(VrfStore.Global))
            {
                return ControlResult.InvalidName;
            }
            if (_vrfs.Find(name) != VrfStore.None)
            {
                return ControlResult.NameInUse;
            }
            int vrf = _vrfs.Add(name);
            return vrf == VrfStore.None ? ControlResult.TableFull : vrf;
        }

        /// <param name="distinguisher">8 octets; all zero = none.</param>
        internal int SetDistinguisher(int vrf, byte[] distinguisher)
        {
            if (vrf == VrfStore.Global || !_vrfs.IsUsed(vrf))
            {
                return ControlResult.NoSuchVrf;
            }
            for (int v = 1; v < _vrfs.Capacity; v++)
            {
                if (v != vrf && _vrfs.IsUsed(v))
                {
                    _vrfs.CopyDistinguisher(v, _other, 0);
                    if (!IsZero(distinguisher) && IsSame(distinguisher, _other))
                    {
                        return ControlResult.DistinguisherInUse;
                    }
                }
            }
            _vrfs.SetDistinguisher(vrf, distinguisher, 0);
            return ControlResult.Ok;
        }

        private static bool IsZero(byte[] octets)
        {
            int sum = 0;
            for (int i = 0; i < 8; i++)
            {
                sum |= octets[i];
            }
            return sum == 0;
        }

        private static bool IsSame(byte[] octets, byte[] others)
        {
            int difference = 0;
            for (int i = 0; i < 8; i++)
            {
                difference |= octets[i] ^ others[i];
            }
            return difference == 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(2);
            bill.Array(_other.Length);
        }
    }
}
