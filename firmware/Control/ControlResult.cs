namespace LabEdge.Control
{
    /// <summary>
    /// What a method of <see cref="ControlModule"/> answers: <see cref="Ok"/>, or why nothing was changed. All but Ok are negative,
    /// so that a method that makes something may answer its index.
    /// </summary>
    public static class ControlResult
    {
        public const int Ok = 0;
        public const int TableFull = -1;
        public const int NotFound = -2;
        public const int NoSuchVrf = -3;
        public const int NoSuchInterface = -4;
        public const int NotAPort = -5;
        public const int NotALoopback = -6;
        public const int PrefixNotAligned = -7;
        public const int InvalidPrefix = -8;
        public const int InvalidAddress = -9;
        public const int BadMask = -10;

        /// <summary>Which interface it overlaps with: <see cref="ControlModule.ConflictInterface"/>.</summary>
        public const int Overlaps = -11;
        public const int NextHopMissing = -12;
        public const int InvalidNextHop = -13;
        public const int NextHopIsLocal = -14;
        public const int InvalidDistance = -15;
        public const int LabelNeedsNextHop = -16;
        public const int InterfaceInOtherVrf = -17;
        public const int LabelOutOfRange = -18;
        public const int LabelInUse = -19;
        public const int LabelQuarantined = -20;
        public const int LabelOutsideWindow = -21;
        public const int LabelRangeInvalid = -22;
        public const int LabelRangesOverlap = -23;
        public const int LabelOutsideStaticRange = -24;
        public const int InterfaceHasXconnect = -25;
        public const int InterfaceHasAddress = -26;
        public const int InterfaceInVrf = -27;
        public const int InterfaceHasMpls = -28;
        public const int PeerInvalid = -29;
        public const int DuplicatePseudowire = -30;
        public const int NotPromiscuous = -31;
        public const int MtuOutOfRange = -32;
        public const int NoDevice = -33;
        public const int InvalidName = -34;
        public const int NameInUse = -35;
        public const int DistinguisherInUse = -36;
        public const int InterfaceHasInstances = -37;
        public const int NoSuchInstance = -38;
        public const int NoSuchBridge = -39;
        public const int InstanceHasService = -40;
        public const int EncapsulationInUse = -41;
        public const int InvalidRate = -42;
        public const int Count = 43;

        private static readonly string[] Texts =
        {
            "ok",
            "table full",
            "not configured",
            "no such VRF",
            "no such interface",
            "not a physical port",
            "not a loopback interface",
            "inconsistent address and mask",
            "invalid destination prefix",
            "invalid address",
            "bad mask for this address",
            "overlaps with another interface",
            "next hop or interface expected",
            "invalid next hop address",
            "invalid next hop address (it's this router)",
            "distance must be 1 to 255",
            "a label needs a next hop and no interface",
            "interface belongs to another VRF",
            "label must be 16 to 1048575",
            "label is already in use",
            "label was released less than 180 seconds ago",
            "label is outside this router's label window",
            "minimum is above maximum, or below 16",
            "static and dynamic label ranges overlap",
            "label is outside the configured static range",
            "incompatible with xconnect on this interface",
            "incompatible with ip address on this interface",
            "incompatible with ip vrf forwarding on this interface",
            "incompatible with mpls ip on this interface",
            "invalid peer address",
            "peer and VC ID are already in use",
            "this port's MAC cannot receive frames for other stations",
            "MTU out of range for this port",
            "no device is attached to this port",
            "invalid name",
            "name is already in use",
            "route distinguisher is already in use",
            "incompatible with service instances on this interface",
            "no such service instance",
            "no such bridge domain",
            "the service instance leads to another service",
            "encapsulation is already in use on this interface",
            "rate out of range",
        };

        /// <summary>What an engineer reads, without a leading "%".</summary>
        public static string Text(int result)
        {
            return result <= 0 && result > -Count ? Texts[-result] : "unknown result";
        }
    }
}
