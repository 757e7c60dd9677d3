namespace LabEdge.Control
{
    /// <summary>Who holds a label of our window.</summary>
    public static class LabelOwner
    {
        /// <summary>Free, or resting after its release.</summary>
        public const int None = 0;

        /// <summary>A static input binding of a FEC in the global table.</summary>
        public const int Static = 1;

        /// <summary>A static input binding of a VRF.</summary>
        public const int StaticVrf = 2;

        /// <summary>The local label of a static pseudowire.</summary>
        public const int StaticPseudowire = 3;

        /// <summary>A FEC's label that LDP gives its neighbours.</summary>
        public const int Ldp = 4;

        /// <summary>The label that LDP gives the far end of a pseudowire.</summary>
        public const int LdpPseudowire = 5;
        public const int Count = 6;

        /// <summary>True for nobody and for those whose labels are typed by a person.</summary>
        public static bool IsByHand(int owner)
        {
            return owner < Ldp;
        }

        public static string Name(int owner)
        {
            switch (owner)
            {
                case None: return "none";
                case Static: return "static";
                case StaticVrf: return "static vrf";
                case StaticPseudowire: return "static pseudowire";
                case Ldp: return "ldp";
                case LdpPseudowire: return "ldp pseudowire";
                default: return "unknown";
            }
        }
    }
}
