namespace LabEdge.Forwarding
{
    /// <summary>VPN routing and forwarding instances (VRF, RFC 4364 section 3): index to name and route distinguisher. Index 0 is the global table.</summary>
    public sealed class VrfStore
    {
        public const int Global = 0;
        public const int None = -1;

        /// <summary>Longest name.</summary>
        public const int MaxName = 32;

        private readonly string[] _name;

        /// <summary>Route distinguisher (RFC 4364 section 4.2), 8 octets each; all zero = not set.</summary>
        private readonly byte[] _distinguisher;

        public int Refused;

        public VrfStore(Capacity capacity)
        {
            _name = new string[capacity.Vrfs];
            _distinguisher = new byte[capacity.Vrfs * 8];
            _name[Global] = "default";
        }

        /// <summary>Highest index + 1.</summary>
        public int Capacity
        {
            get { return _name.Length; }
        }

        public bool IsUsed(int vrf)
        {
            return (uint)vrf < (uint)_name.Length && _name[vrf] != null;
        }

        public string NameOf(int vrf)
        {
            return _name[vrf];
        }

        /// <returns>The index, or <see cref="None"/>.</returns>
        public int Find(string name)
        {
            for (int i = 1; i < _name.Length; i++)
            {
                if (_name[i] == name)
                {
                    return i;
                }
            }
            return None;
        }

        /// <returns>The index of the new or existing VRF, or <see cref="None"/> when the store is full.</returns>
        public int Add(string name)
        {
            int found = Find(name);
            if (found != None)
            {
                return found;
            }
            for (int i = 1; i < _name.Length; i++)
            {
                if (_name[i] == null)
                {
                    _name[i] = name;
                    return i;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Frees the index. Its routes, addresses and labels have been removed before.</summary>
        public void Remove(int vrf)
        {
            _name[vrf] = null;
            for (int i = 0; i < 8; i++)
            {
                _distinguisher[vrf * 8 + i] = 0;
            }
        }

        /// <param name="distinguisher">8 octets as on the wire.</param>
        public void SetDistinguisher(int vrf, byte[] distinguisher, int offset)
        {
            Wire.Octets.Copy(distinguisher, offset, _distinguisher, vrf * 8, 8);
        }

        public void CopyDistinguisher(int vrf, byte[] to, int offset)
        {
            Wire.Octets.Copy(_distinguisher, vrf * 8, to, offset, 8);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("VRFs");
            bill.Object(3);
            bill.References(_name.Length);
            bill.Array(_distinguisher.Length);
            for (int i = 0; i < _name.Length; i++)
            {
                bill.Text(_name[i]);
            }
        }
    }
}
