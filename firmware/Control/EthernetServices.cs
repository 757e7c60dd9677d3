using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Control
{
    /// <summary>
    /// What a service instance leads to: a pseudowire, a bridge domain, or another instance (local switching); and the bridge domains by their
    /// numbers. Every method answers a <see cref="ControlResult"/> and has changed nothing unless that is Ok.
    /// </summary>
    public sealed class EthernetServices
    {
        private readonly Tables _tables;
        private readonly ServiceInstances _instances;
        private readonly StaticPseudowires _pseudowires;

        // Number of a row of BridgeTable; 0 = free.
        private readonly int[] _bridge;

        public EthernetServices(Tables tables, Capacity capacity, ServiceInstances instances, StaticPseudowires pseudowires)
        {
            _tables = tables;
            _instances = instances;
            _pseudowires = pseudowires;
            _bridge = new int[capacity.Bridges];
        }

        /// <returns>The row of a bridge domain, or <see cref="BridgeTable.None"/>.</returns>
        public int FindBridge(int number)
        {
            for (int i = 0; i < _bridge.Length; i++)
            {
                if (_bridge[i] == number)
                {
                    return i;
                }
            }
            return BridgeTable.None;
        }

        /// <summary>Number of a bridge domain; 0 = the row is free.</summary>
        public int NumberOf(int domain)
        {
            return _bridge[domain];
        }

        private int ServiceOf(int attachment)
        {
            return _tables.Attachments.Record[attachment * AttachmentTable.Stride + AttachmentTable.Service];
        }

        private void SetService(int attachment, int service)
        {
            _tables.Attachments.Record[attachment * AttachmentTable.Stride + AttachmentTable.Service] = service;
        }

        /// <summary>Makes a bridge domain, or changes what one may learn and for how long.</summary>
        /// <param name="macLimit">Most addresses; 0 = what the table has.</param>
        /// <param name="ageSeconds">0 = 300.</param>
        internal int SetBridge(int number, int macLimit, int ageSeconds)
        {
            int limit = macLimit == 0 ? _tables.Capacity.MacAddresses : macLimit;
            int domain = FindBridge(number);
            if (domain == BridgeTable.None)
            {
                domain = _tables.Bridges.Allocate(0, limit);
                if (domain == BridgeTable.None)
                {
                    return ControlResult.TableFull;
                }
                _bridge[domain] = number;
            }
            int r = domain * BridgeTable.Stride;
            _tables.Bridges.Record[r + BridgeTable.MacLimit] = limit;
            _tables.Bridges.Record[r + BridgeTable.Age] = ageSeconds == 0 ? BridgeTable.DefaultAge : ageSeconds * 1000;
            return ControlResult.Ok;
        }

        internal int RemoveBridge(int number)
        {
            int domain = FindBridge(number);
            if (domain == BridgeTable.None)
            {
                return ControlResult.NoSuchBridge;
            }
            _tables.Bridges.Release(domain);
            _bridge[domain] = 0;
            return ControlResult.Ok;
        }

        internal int Join(int port, int number, int bridge, int horizon)
        {
            int attachment = _instances.Find(port, number);
            int domain = FindBridge(bridge);
            if (attachment == AttachmentTable.None || domain == BridgeTable.None)
            {
                return attachment == AttachmentTable.None ? ControlResult.NoSuchInstance : ControlResult.NoSuchBridge;
            }
            if (ServiceOf(attachment) != ForwardingHandle.None)
            {
                return ControlResult.InstanceHasService;
            }
            return _tables.Bridges.Join(domain, ForwardingHandle.Attachment | attachment, horizon) ? ControlResult.Ok : ControlResult.TableFull;
        }

        /// <summary>Joins two instances: what comes in by one goes out of the other.</summary>
        internal int Connect(int port, int number, int otherPort, int otherNumber)
        {
            int one = _instances.Find(port, number);
            int other = _instances.Find(otherPort, otherNumber);
            if (one == AttachmentTable.None || other == AttachmentTable.None)
            {
                return ControlResult.NoSuchInstance;
            }
            if (one == other || ServiceOf(one) != ForwardingHandle.None || ServiceOf(other) != ForwardingHandle.None)
            {
                return ControlResult.InstanceHasService;
            }
            SetService(one, ForwardingHandle.Attachment | other);
            SetService(other, ForwardingHandle.Attachment | one);
            return ControlResult.Ok;
        }

        /// <summary>Takes two joined instances apart.</summary>
        internal int Disconnect(int port, int number)
        {
            int one = _instances.Find(port, number);
            int service = one == AttachmentTable.None ? ForwardingHandle.None : ServiceOf(one);
            if (ForwardingHandle.Kind(service) != ForwardingHandle.Attachment)
            {
                return ControlResult.NotFound;
            }
            SetService(one, ForwardingHandle.None);
            SetService(ForwardingHandle.Index(service), ForwardingHandle.None);
            return ControlResult.Ok;
        }

        internal int AddPseudowire(int port, int number, uint peer, uint vcId, int localLabel, int remoteLabel, int mode, uint now)
        {
            int attachment = _instances.Find(port, number);
            if (attachment == AttachmentTable.None)
            {
                return ControlResult.NoSuchInstance;
            }
            if (ServiceOf(attachment) != ForwardingHandle.None)
            {
                return ControlResult.InstanceHasService;
            }
            int pw;
            int result = _pseudowires.Add(port, ForwardingHandle.Attachment | attachment, 0, peer, vcId, localLabel, remoteLabel, mode, now, out pw);
            if (result == ControlResult.Ok)
            {
                SetService(attachment, ForwardingHandle.Pseudowire | pw);
            }
            return result;
        }

        internal int AddMember(int bridge, int horizon, uint peer, uint vcId, int localLabel, int remoteLabel, int mode, uint now)
        {
            int domain = FindBridge(bridge);
            int pw;
            return domain == BridgeTable.None ? ControlResult.NoSuchBridge
                : _pseudowires.Add(-1, ForwardingHandle.Bridge | domain, horizon, peer, vcId, localLabel, remoteLabel, mode, now, out pw);
        }

        internal int RemoveMember(uint peer, uint vcId, uint now)
        {
            int pw = _pseudowires.Find(peer, vcId);
            if (pw == PseudowireTable.None)
            {
                return ControlResult.NotFound;
            }
            _pseudowires.Delete(pw, now);
            return ControlResult.Ok;
        }

        /// <summary>Takes an instance from its service and gives it back; a pseudowire of its own goes with it, a join falls apart.</summary>
        internal int Remove(int port, int number, uint now)
        {
            int attachment = _instances.Find(port, number);
            if (attachment == AttachmentTable.None)
            {
                return ControlResult.NoSuchInstance;
            }
            int service = ServiceOf(attachment);
            int index = ForwardingHandle.Index(service);
            SetService(attachment, ForwardingHandle.None);
            switch (ForwardingHandle.Kind(service))
            {
                case ForwardingHandle.Pseudowire:
                    _pseudowires.Delete(index, now);
                    break;
                case ForwardingHandle.Attachment:
                    SetService(index, ForwardingHandle.None);
                    break;
                case ForwardingHandle.Bridge:
                    _tables.Bridges.Leave(index, ForwardingHandle.Attachment | attachment);
                    break;
            }
            _instances.Remove(attachment);
            return ControlResult.Ok;
        }

        internal int SetTags(int port, int number, int pop, int ingressTag, int egressPop, int push, int tag, int innerTag)
        {
            int attachment = _instances.Find(port, number);
            if (attachment == AttachmentTable.None)
            {
                return ControlResult.NoSuchInstance;
            }
            _tables.Attachments.SetTags(attachment, pop, egressPop, push, Word(tag), Word(innerTag));
            _tables.Attachments.Record[attachment * AttachmentTable.Stride + AttachmentTable.IngressTag] = Word(ingressTag);
            return ControlResult.Ok;
        }

        private static int Word(int vlan)
        {
            return vlan == 0 ? 0 : (EthernetHeader.Vlan << 16) | vlan;
        }

        /// <param name="kind">Of <see cref="StormTable"/>.</param>
        /// <param name="rate">Frames per second; 0 = not limited, <see cref="StormTable.BlockAll"/>.</param>
        internal int SetStorm(int port, int number, int kind, int rate, uint now)
        {
            int attachment = _instances.Find(port, number);
            return attachment == AttachmentTable.None ? ControlResult.NoSuchInstance
                : _tables.Attachments.Storm.Set(attachment, kind, rate, now) ? ControlResult.Ok : ControlResult.InvalidRate;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("service instances");
            bill.Object(4);
            bill.Array(_bridge.Length * 4);
        }
    }
}
