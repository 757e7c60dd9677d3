using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// What the show command that runs has been asked for, and how far it has come. One for all tables: only one is written at a time, and on
    /// a small board nine fields in each of them would be a kilobyte.
    /// </summary>
    public sealed class ShowRequest
    {
        public readonly ControlModule Control;
        public readonly HostStack Host;
        public readonly Tables Tables;
        public readonly TextBuffer Output;
        public readonly RouterConfiguration Configuration;

        /// <summary>The row of <see cref="CommandTable"/>, and the time.</summary>
        public int Action;
        public uint Now;

        /// <summary>VRF index that the command names; 0 = global, or none named.</summary>
        public int Vrf;

        /// <summary>The one interface, VRF or bridge domain to show; -1 = all.</summary>
        public int Only;

        /// <summary>The word <c>detail</c>, and another that changes the form: constants of the table.</summary>
        public bool Detail;
        public int Form;

        /// <summary>An IPv4 address with <see cref="Bits"/> if it is a prefix (else -1), or an IPv6 one in <see cref="Key"/>, when <see cref="HasAddress"/>.</summary>
        public bool HasAddress;
        public uint Address;
        public int Bits;
        public readonly byte[] Key = new byte[16];

        /// <summary>A label or VC id, when <see cref="HasNumber"/>.</summary>
        public bool HasNumber;
        public uint Number;

        /// <summary>Where the table stands: its part, the row in it, and the part of that row that comes next.</summary>
        public int Phase;
        public int Row;
        public int Item;

        /// <summary>The address or prefix in hand.</summary>
        public readonly byte[] Octets = new byte[16];

        public ShowRequest(ControlModule control, HostStack host, Tables tables, TextBuffer output, RouterConfiguration configuration)
        {
            Control = control;
            Host = host;
            Tables = tables;
            Output = output;
            Configuration = configuration;
        }

        /// <summary>A new command that has asked for nothing in particular yet.</summary>
        public void Begin(int action, int vrf, uint now)
        {
            Action = action;
            Vrf = vrf;
            Now = now;
            Only = -1;
            Detail = false;
            Form = 0;
            HasAddress = false;
            Bits = -1;
            HasNumber = false;
            Phase = 0;
            Row = 0;
            Item = 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(21);
            bill.Array(Key.Length);
            bill.Array(Octets.Length);
        }
    }
}
