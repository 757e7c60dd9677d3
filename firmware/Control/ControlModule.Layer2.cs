namespace LabEdge.Control
{
    // Layer 2: service instances, bridge domains and their pseudowires.
    public sealed partial class ControlModule
    {
        public readonly ServiceInstances Instances;
        public readonly EthernetServices Services;

        /// <summary>Makes a service instance of a port; it leads nowhere yet.</summary>
        /// <param name="encapsulation">Of <see cref="ServiceInstances"/>.</param>
        /// <param name="vlans">Outer VLAN | inner &lt;&lt; 12, of Tagged.</param>
        /// <returns>The attachment, or a <see cref="ControlResult"/>.</returns>
        public int AddInstance(int port, int number, int encapsulation, int vlans)
        {
            return Instances.Add(port, number, encapsulation, vlans);
        }

        /// <summary>Tags of a service instance: popped of and pushed on a received frame, popped of and pushed on one that goes out.</summary>
        /// <param name="pop">0 to 2, at most as many as the encapsulation has.</param>
        /// <param name="ingressTag">VLAN, 0 = none.</param>
        /// <param name="push">0 to 2: <paramref name="tag"/>, then <paramref name="innerTag"/>.</param>
        public int SetInstanceTags(int port, int number, int pop, int ingressTag, int egressPop, int push, int tag, int innerTag)
        {
            return Services.SetTags(port, number, pop, ingressTag, egressPop, push, tag, innerTag);
        }

        public int RemoveInstance(int port, int number)
        {
            return Services.Remove(port, number, _now);
        }

        /// <param name="kind">Of <see cref="Forwarding.StormTable"/>.</param>
        /// <param name="rate">Frames per second; 0 = not limited, -1 = none passes.</param>
        public int SetInstanceStorm(int port, int number, int kind, int rate)
        {
            return Services.SetStorm(port, number, kind, rate, _now);
        }

        /// <param name="mode">Flags of <see cref="Forwarding.PseudowireTable"/>.</param>
        public int AddInstancePseudowire(int port, int number, uint peer, uint vcId, int localLabel, int remoteLabel, int mode)
        {
            return localLabel == 0 && Ldp == null ? ControlResult.NoSuchProtocol : Services.AddPseudowire(port, number, peer, vcId, localLabel, remoteLabel, mode, _now);
        }

        /// <param name="horizon">Split horizon group, 0 = none.</param>
        public int JoinBridge(int port, int number, int bridge, int horizon)
        {
            return Services.Join(port, number, bridge, horizon);
        }

        public int ConnectInstances(int port, int number, int otherPort, int otherNumber)
        {
            return Services.Connect(port, number, otherPort, otherNumber);
        }

        public int DisconnectInstance(int port, int number)
        {
            return Services.Disconnect(port, number);
        }

        /// <param name="macLimit">0 = what the table has.</param>
        /// <param name="ageSeconds">0 = 300.</param>
        public int SetBridge(int number, int macLimit, int ageSeconds)
        {
            return Services.SetBridge(number, macLimit, ageSeconds);
        }

        /// <summary>Removes a bridge domain; its members have been removed before.</summary>
        public int RemoveBridge(int number)
        {
            return Services.RemoveBridge(number);
        }

        public int AddBridgePseudowire(int bridge, int horizon, uint peer, uint vcId, int localLabel, int remoteLabel, int mode)
        {
            return localLabel == 0 && Ldp == null ? ControlResult.NoSuchProtocol : Services.AddMember(bridge, horizon, peer, vcId, localLabel, remoteLabel, mode, _now);
        }

        public int RemoveBridgePseudowire(uint peer, uint vcId)
        {
            return Services.RemoveMember(peer, vcId, _now);
        }

        /// <param name="flags">ReversePath flags of <see cref="Forwarding.AttachmentTable"/>; 0 = no check.</param>
        public int SetReversePath(int i, int flags)
        {
            return Instances.SetReversePath(i, flags);
        }
    }
}
