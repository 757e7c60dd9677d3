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
        public const int NoSuchProtocol = -43;
        public const int Count = 44;

        /// <summary>What an engineer reads, without a leading "%".</summary>
        public static string Text(int result)
        {
            switch (result)
            {
                case Ok: return "ok";
                case TableFull: return "table full";
                case NoSuchProtocol: return "this router was built without the protocol";
                case NotFound: return "not configured";
                case NoSuchVrf: return "no such VRF";
                case NoSuchInterface: return "no such interface";
                case NotAPort: return "not a physical port";
                case NotALoopback: return "not a loopback interface";
                case PrefixNotAligned: return "inconsistent address and mask";
                case InvalidPrefix: return "invalid destination prefix";
                case InvalidAddress: return "invalid address";
                case BadMask: return "bad mask for this address";
                case Overlaps: return "overlaps with another interface";
                case NextHopMissing: return "next hop or interface expected";
                case InvalidNextHop: return "invalid next hop address";
                case NextHopIsLocal: return "invalid next hop address (it's this router)";
                case InvalidDistance: return "distance must be 1 to 255";
                case LabelNeedsNextHop: return "a label needs a next hop and no interface";
                case InterfaceInOtherVrf: return "interface belongs to another VRF";
                case LabelOutOfRange: return "label must be 16 to 1048575";
                case LabelInUse: return "label is already in use";
                case LabelQuarantined: return "label was released less than 180 seconds ago";
                case LabelOutsideWindow: return "label is outside this router's label window";
                case LabelRangeInvalid: return "minimum is above maximum, or below 16";
                case LabelRangesOverlap: return "static and dynamic label ranges overlap";
                case LabelOutsideStaticRange: return "label is outside the configured static range";
                case InterfaceHasXconnect: return "incompatible with xconnect on this interface";
                case InterfaceHasAddress: return "incompatible with ip address on this interface";
                case InterfaceInVrf: return "incompatible with ip vrf forwarding on this interface";
                case InterfaceHasMpls: return "incompatible with mpls ip on this interface";
                case PeerInvalid: return "invalid peer address";
                case DuplicatePseudowire: return "peer and VC ID are already in use";
                case NotPromiscuous: return "this port's MAC cannot receive frames for other stations";
                case MtuOutOfRange: return "MTU out of range for this port";
                case NoDevice: return "no device is attached to this port";
                case InvalidName: return "invalid name";
                case NameInUse: return "name is already in use";
                case DistinguisherInUse: return "route distinguisher is already in use";
                case InterfaceHasInstances: return "incompatible with service instances on this interface";
                case NoSuchInstance: return "no such service instance";
                case NoSuchBridge: return "no such bridge domain";
                case InstanceHasService: return "the service instance leads to another service";
                case EncapsulationInUse: return "encapsulation is already in use on this interface";
                case InvalidRate: return "rate out of range";
                default: return "unknown result";
            }
        }
    }
}
