namespace LabEdge.Ospf
{
    /// <summary>One OSPF process: what is configured, and what follows from it.</summary>
    public sealed class OspfProcess
    {
        public int Index;

        /// <summary>The process number; 0 = the row is free.</summary>
        public int Number;
        public int Vrf;

        /// <summary>As configured; 0 = the highest address of a loopback, else of an interface, when the process starts.</summary>
        public uint ConfiguredId;
        public uint RouterId;
        public bool RedistributeConnected;
        public bool RedistributeStatic;
        public bool DefaultOriginate;
        public bool DefaultAlways;

        /// <summary>How that is done: metric, external type (1 or 2), and whether prefixes are taken that are no class A, B or C network.</summary>
        public int ConnectedMetric = 20;
        public int ConnectedType = 2;
        public bool ConnectedSubnets = true;
        public int StaticMetric = 20;
        public int StaticType = 2;
        public bool StaticSubnets = true;
        public int DefaultMetric = 1;
        public int DefaultType = 2;

        public int MaximumPaths = 4;
        public int Distance = 110;

        /// <summary>The bandwidth that has cost 1.</summary>
        public int ReferenceMbps = 100;

        /// <summary>Others go round this router (RFC 6987).</summary>
        public bool MaxMetric;

        /// <summary>Links without LDP have the largest metric (RFC 5443).</summary>
        public bool LdpSync;
        public bool LogChanges = true;
        public bool LogDetail;

        /// <summary>SPF throttle in ms (<c>timers throttle spf</c>).</summary>
        public int SpfStartMs = 50;
        public int SpfHoldMs = 200;
        public int SpfMaxMs = 5000;

        public bool IsBorder;
        public bool SpfNeeded;
        public uint SpfDue;
        public uint SpfLast;
        public int SpfWaitMs;
        public int SpfRuns;

        /// <summary>The RIB's version that was redistributed last.</summary>
        public int SeenVersion;
        public const int Fields = 34;
    }

    /// <summary>One area of a process.</summary>
    public sealed class OspfArea
    {
        public int Index;

        /// <summary>Process index; -1 = the row is free.</summary>
        public int Process = -1;
        public uint Id;
        public bool Stub;
        public bool NoSummary;
        public int DefaultCost = 1;

        /// <summary>Interfaces that are up in it.</summary>
        public int Interfaces;
        public bool RouterLsaDue;
        public const int Fields = 8;
    }

    /// <summary>One interface of the router as OSPF sees it: what is configured, and its state (RFC 2328 section 9).</summary>
    public sealed class OspfInterface
    {
        public const int Down = 0;
        public const int Loopback = 1;
        public const int Waiting = 2;
        public const int PointToPoint = 3;
        public const int Other = 4;
        public const int Backup = 5;
        public const int Designated = 6;

        public int Index;

        // What is configured.
        public int Process = -1;
        public int Area = -1;
        public bool Passive;
        public bool IsPointToPoint;
        public int Cost;

        /// <summary>Cost when none is configured.</summary>
        public int AutoCost = 10;
        public int Priority = 1;
        public int HelloSeconds = 10;
        public int DeadSeconds = 40;
        public bool MtuIgnore;
        public int AuthenticationType;
        public int KeyId;
        public byte[] Key;

        // What it was brought up with.
        public uint Address;
        public int Bits;
        public int Vrf;

        public int State;
        public uint DesignatedRouter;
        public uint BackupRouter;
        public uint HelloDue;
        public uint WaitDue;
        public uint AckDue;
        public bool AcksWaiting;
        public bool FloodWaiting;
        public bool NetworkLsaDue;
        public int Neighbors;
        public int Full;
        public uint Sequence;

        /// <summary>LDP has not said that its labels are there.</summary>
        public bool WaitsForLdp;
        public const int Fields = 30;

        public bool IsTransit
        {
            get { return State >= Other; }
        }
    }

    /// <summary>One neighbour (RFC 2328 section 10).</summary>
    public sealed class OspfNeighbor
    {
        public const int Down = 0;
        public const int Attempt = 1;
        public const int Init = 2;
        public const int TwoWay = 3;
        public const int ExStart = 4;
        public const int Exchange = 5;
        public const int Loading = 6;
        public const int Full = 7;

        public int Index;

        /// <summary>Interface index; -1 = the row is free.</summary>
        public int Interface = -1;
        public int State;
        public uint RouterId;
        public uint Address;
        public int Priority;
        public uint DesignatedRouter;
        public uint BackupRouter;
        public int Options;
        public uint DeadAt;

        public bool IsMaster;
        public uint Sequence;

        /// <summary>Flags, options and sequence number of the last description received, to know a duplicate.</summary>
        public int LastFlags = -1;
        public int LastOptions;
        public uint LastSequence;

        /// <summary>The database summary: the first row of the packet on the way, and one past its last.</summary>
        public int SummaryAt;
        public int SummaryNext;
        public bool TheirMore;
        public bool SentMore;
        public uint DescriptionDue;

        public int Requests;
        public uint RequestDue;
        public int Retransmits;
        public uint RetransmitDue;

        /// <summary>Cryptographic sequence number heard last (RFC 2328 appendix D.3).</summary>
        public uint CryptographicSequence;
        public int HostSlot = -1;
        public int Changes;

        /// <summary>When it became Full.</summary>
        public uint UpSince;
        public const int Fields = 28;
    }
}
