using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Attachment circuits by hand: the service instances of a port (row of <see cref="AttachmentTable"/> by port and number), and the row of
    /// a port whose packets' sources are checked (number 0). It alone says which circuit takes a port's untagged frames, and whether the
    /// port is classified by the general path.
    /// </summary>
    public sealed class ServiceInstances
    {
        /// <summary>Which frames an instance takes.</summary>
        public const int Untagged = 1;
        public const int Default = 2;
        public const int Tagged = 3;

        private const int None = -1;

        // Selectors that stand in no circuit table.
        private const int OfUntagged = -2;

        private readonly Tables _tables;
        private readonly HostStack _host;
        private readonly LinkEvents _links;

        // Of a row: port << 16 | number, or None; selector (AnyTag for Default).
        private readonly int[] _key;
        private readonly int[] _selector;

        public ServiceInstances(Tables tables, HostStack host, Capacity capacity, LinkEvents links)
        {
            _tables = tables;
            _host = host;
            _links = links;
            _key = new int[capacity.Attachments];
            _selector = new int[capacity.Attachments];
            for (int i = 0; i < _key.Length; i++)
            {
                _key[i] = None;
            }
        }

        /// <returns>The attachment of a service instance, or -1.</returns>
        public int Find(int port, int number)
        {
            for (int i = 0; i < _key.Length; i++)
            {
                if (_key[i] == ((port << 16) | number))
                {
                    return i;
                }
            }
            return None;
        }

        /// <summary>Rows, used or not.</summary>
        public int Count
        {
            get { return _key.Length; }
        }

        /// <returns>Number of the service instance of a row, 0 when it is none.</returns>
        public int NumberOf(int attachment)
        {
            return _key[attachment] == None ? 0 : _key[attachment] & 0xFFFF;
        }

        public int PortOf(int attachment)
        {
            return _key[attachment] >> 16;
        }

        public bool HasInstance(int port)
        {
            for (int i = 0; i < _key.Length; i++)
            {
                if (_key[i] != None && _key[i] >> 16 == port && (_key[i] & 0xFFFF) != 0)
                {
                    return true;
                }
            }
            return false;
        }

        /// <param name="vlans">Outer VLAN | inner &lt;&lt; 12, of Tagged.</param>
        /// <returns>The attachment, without tags to pop or push and without service, or a <see cref="ControlResult"/>.</returns>
        internal int Add(int port, int number, int encapsulation, int vlans)
        {
            if (!_links.IsPort(port) || _host.Interfaces.Name[port] == null)
            {
                return ControlResult.NoSuchInterface;
            }
            if (_tables.Ports.Device[port] == null)
            {
                return ControlResult.NoDevice;
            }
            if (ForwardingHandle.Kind(_tables.Ports.Record[port * PortTable.Stride + PortTable.Any]) == ForwardingHandle.Pseudowire)
            {
                return ControlResult.InterfaceHasXconnect;
            }
            if (Find(port, number) != None)
            {
                return ControlResult.NameInUse;
            }
            int selector = encapsulation == Untagged ? OfUntagged : encapsulation == Default ? CircuitTable.AnyTag
                : vlans >> 12 == 0 ? vlans : vlans | CircuitTable.DoubleTagged;
            if (selector == OfUntagged ? Of(port, OfUntagged) != None : _tables.Circuits.Lookup(port, selector) != ForwardingHandle.None)
            {
                return ControlResult.EncapsulationInUse;
            }
            bool first = !HasInstance(port);
            if (first && !((IEthernetPort)_tables.Ports.Device[port]).SetPromiscuous(true))
            {
                return ControlResult.NotPromiscuous;
            }
            int row = _tables.Attachments.Allocate(port);
            if (row != AttachmentTable.None && selector != OfUntagged && !_tables.Circuits.Set(port, selector, ForwardingHandle.Attachment | row))
            {
                _tables.Attachments.Release(row);
                row = AttachmentTable.None;
            }
            if (row == AttachmentTable.None)
            {
                if (first)
                {
                    ((IEthernetPort)_tables.Ports.Device[port]).SetPromiscuous(false);
                }
                return ControlResult.TableFull;
            }
            _key[row] = (port << 16) | number;
            _selector[row] = selector;
            Follow(row);
            Publish(port);
            return row;
        }

        /// <summary>Gives an instance back. It leads to no service any more.</summary>
        internal void Remove(int attachment)
        {
            int port = _key[attachment] >> 16;
            if (_selector[attachment] != OfUntagged)
            {
                _tables.Circuits.Remove(port, _selector[attachment]);
            }
            _key[attachment] = None;
            _tables.Attachments.Release(attachment);
            if (!HasInstance(port))
            {
                ((IEthernetPort)_tables.Ports.Device[port]).SetPromiscuous(false);
            }
            Publish(port);
        }

        /// <summary>Sources of IP packets are checked (RFC 3704): flags of <see cref="AttachmentTable"/>; 0 = no more.</summary>
        internal int SetReversePath(int port, int flags)
        {
            if (!_links.IsPort(port))
            {
                return ControlResult.NotAPort;
            }
            int row = Find(port, 0);
            if (flags == 0)
            {
                if (row != None)
                {
                    _key[row] = None;
                    Publish(port);
                    _tables.Attachments.Release(row);
                }
                return ControlResult.Ok;
            }
            if (row == None)
            {
                row = _tables.Attachments.Allocate(port);
                if (row == AttachmentTable.None)
                {
                    return ControlResult.TableFull;
                }
                _key[row] = port << 16;
                _selector[row] = None;
            }
            _tables.Attachments.Record[row * AttachmentTable.Stride + AttachmentTable.Flags] = AttachmentTable.Used | flags;
            Publish(port);
            return ControlResult.Ok;
        }

        /// <summary>
        /// Which circuit a port's untagged frames belong to, anew: a service instance for untagged frames, else IP of the interface, by way
        /// of its checks when it has any, else the instance for whatever is left.
        /// </summary>
        internal void Publish(int port)
        {
            int vrf = _host.Interfaces.Vrf[port];
            int handle = _host.Interfaces.Address[port] != 0 || _host.Ipv6.Enabled[port] ? ForwardingHandle.Vrf | vrf : ForwardingHandle.None;
            int check = Find(port, 0);
            if (check != None)
            {
                _tables.Attachments.Record[check * AttachmentTable.Stride + AttachmentTable.Service] = ForwardingHandle.Vrf | vrf;
                handle = handle == ForwardingHandle.None ? handle : ForwardingHandle.Attachment | check;
            }
            int untagged = Of(port, OfUntagged);
            int any = Of(port, CircuitTable.AnyTag);
            if (untagged != None)
            {
                handle = ForwardingHandle.Attachment | untagged;
            }
            else if (handle == ForwardingHandle.None && any != None)
            {
                handle = ForwardingHandle.Attachment | any;
            }
            int record = port * PortTable.Stride;
            _tables.Ports.Record[record + PortTable.Untagged] = handle;
            if (ForwardingHandle.Kind(_tables.Ports.Record[record + PortTable.Any]) != ForwardingHandle.Pseudowire)
            {
                _tables.Ports.Record[record + PortTable.Any] = HasInstance(port) ? ForwardingHandle.Classify : ForwardingHandle.None;
            }
        }

        // The instance of a port that has this selector, or None.
        private int Of(int port, int selector)
        {
            for (int i = 0; i < _key.Length; i++)
            {
                if (_key[i] != None && _key[i] >> 16 == port && (_key[i] & 0xFFFF) != 0 && _selector[i] == selector)
                {
                    return i;
                }
            }
            return None;
        }

        /// <summary>The link or the MTU of a port changed: what its circuits may send.</summary>
        internal void FollowPort(int port)
        {
            for (int i = 0; i < _key.Length; i++)
            {
                if (_key[i] != None && _key[i] >> 16 == port)
                {
                    Follow(i);
                }
            }
        }

        private void Follow(int attachment)
        {
            int port = _key[attachment] >> 16;
            _tables.Attachments.Record[attachment * AttachmentTable.Stride + AttachmentTable.MaxFrame] =
                _links.IsUp(port) ? _tables.Ports.MtuOf(port) + EthernetHeader.Length + StaticPseudowires.TagRoom : -1;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("service instances");
            bill.Object(5);
            bill.Array(_key.Length * 4);
            bill.Array(_selector.Length * 4);
        }
    }
}
