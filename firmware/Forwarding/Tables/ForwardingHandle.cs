namespace LabEdge.Forwarding
{
    /// <summary>
    /// What a prefix leaf, an ILM entry or a circuit points to, in one positive int: kind (bits 28-30), label scope (bits 24-27,
    /// ILM entries only) and index (bits 0-23). A change of forwarding is one store of such an int: the new rows are written
    /// whole first, then the handle is published. Zero is "none".
    /// </summary>
    public static class ForwardingHandle
    {
        public const int None = 0;

        /// <summary>One path: push its service word, or swap to it when the handle stands in the ILM.</summary>
        public const int Path = 1 << 28;

        /// <summary>A group of paths, chosen by flow hash; see <see cref="PathGroupTable"/>.</summary>
        public const int Group = 2 << 28;

        /// <summary>Pop and forward (penultimate hop popping): path index when more labels follow, index + 1 when S was set.</summary>
        public const int PathPair = 3 << 28;

        /// <summary>Look up the IP destination in VRF index; as an ILM entry: pop, then look up.</summary>
        public const int Vrf = 4 << 28;

        /// <summary>Pseudowire index; as an ILM entry: pop, then out of its attachment circuit.</summary>
        public const int Pseudowire = 5 << 28;

        /// <summary>One of our own addresses: to Host; as an ILM entry: a label for ourselves, pop and look at what follows.</summary>
        public const int Local = 6 << 28;

        /// <summary>A connected subnet on port index: the destination's link address is to be resolved.</summary>
        public const int Glean = 7 << 28;

        /// <summary>
        /// As a prefix's handle: a path (index), or with <see cref="SpecialGroup"/> a group, that only <see cref="GeneralPath"/> can
        /// send on: a flag of the path or its transport asks for more than the kernels do.
        /// </summary>
        public const int Special = PathPair;
        public const int SpecialGroup = 1 << 23;

        /// <summary>As an ILM entry: a row of <see cref="LabelActionTable"/>, done by <see cref="GeneralPath"/>.</summary>
        public const int LabelAction = Glean;

        /// <summary>As a circuit: a row of <see cref="AttachmentTable"/>, done by <see cref="GeneralPath"/>.</summary>
        public const int Attachment = Glean;

        /// <summary>
        /// As the service of an attachment circuit or pseudowire: a bridge domain. As its member: the row's handle, Attachment or Pseudowire,
        /// with its split horizon group (0 = none) where an ILM entry has the scope.
        /// </summary>
        public const int Bridge = Local;
        public const int HorizonMask = ScopeMask;
        public const int HorizonShift = ScopeShift;

        /// <summary>As a port's any-frame circuit: every frame is classified by <see cref="GeneralPath"/>.</summary>
        public const int Classify = Attachment | IndexMask;
        public const int KindMask = 7 << 28;
        public const int IndexMask = 0x00FFFFFF;
        public const int ScopeMask = 15 << 24;
        public const int ScopeShift = 24;

        /// <summary>Scope of a port that takes no labels: no ILM entry ever has it.</summary>
        public const int ScopeNone = 15;

        /// <summary>Scope of the provider's core.</summary>
        public const int ScopeCore = 1;

        public static int Kind(int handle)
        {
            return handle & KindMask;
        }

        public static int Index(int handle)
        {
            return handle & IndexMask;
        }

        public static int WithScope(int handle, int scope)
        {
            return (handle & ~ScopeMask) | (scope << ScopeShift);
        }
    }
}
