using LabEdge.Control;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // Where the rows of LabelBindings came from: for explain and for show mpls forwarding-table detail.
    public sealed partial class LdpModule
    {
        /// <inheritdoc/>
        public bool OriginOfRoute(int route, RowOrigin origin)
        {
            return false;
        }

        /// <inheritdoc/>
        public bool OriginOfBinding(int binding, RowOrigin origin)
        {
            LabelBindings bindings = _control.Bindings;
            int fec = bindings.Owner[binding] == LabelOwner.Ldp ? Lib.Find(bindings.Prefix[binding], bindings.Bits[binding]) : LabelInformationBase.None;
            if (fec == LabelInformationBase.None)
            {
                return false;
            }
            bool ours = bindings.Kind[binding] == LabelBindings.Input;
            int session = ours ? -1 : SessionOf(bindings.NextHop[binding]);
            if (!ours && session < 0)
            {
                return false;
            }
            origin.Owner = LabelOwner.Name(LabelOwner.Ldp);
            origin.Sender = ours ? 0 : Sessions[session].LsrId;
            string stale = !ours && (Lib.State[fec * Lib.Sessions + session] & LabelInformationBase.Stale) != 0 ? ", stale" : "";
            origin.Text = (ours ? "our label mapping " : "label mapping ") + LabelText(bindings.Label[binding]) + " for " + AddressText(bindings.Prefix[binding]) + "/"
                + bindings.Bits[binding].ToString() + stale;
            if (Lib.LearntAt.Length != 0)
            {
                origin.TimeMs = ours ? Lib.BoundAt[fec] : Lib.LearntAt[fec * Lib.Sessions + session];
                return true;
            }

            // A small board keeps no time per label: that of the session is the nearest.
            origin.TimeMs = ours ? 0 : Sessions[session].UpSince;
            origin.Text += ours ? "" : ", in the session that came up";
            return true;
        }

        /// <inheritdoc/>
        public bool WhyNoLabel(uint prefix, int bits, uint nextHop, RowOrigin origin)
        {
            if (LsrId == 0)
            {
                return false;
            }
            int index = SessionOf(nextHop);
            LdpSession session = index >= 0 ? Sessions[index] : FindSession(nextHop);
            origin.Owner = LabelOwner.Name(LabelOwner.Ldp);
            if (session == null || session.LsrId == 0)
            {
                origin.Missing = "no LDP neighbor has the address " + AddressText(nextHop);
            }
            else if (session.State != LdpMachine.Operational)
            {
                origin.Missing = "the LDP session with " + AddressText(session.LsrId) + " is " + LdpMachine.Name(session.State)
                    + (session.LastStatus == LdpStatus.Success ? "" : " (" + LdpStatus.Text(session.LastStatus) + ")");
            }
            else
            {
                origin.Missing = "the LDP neighbor " + AddressText(session.LsrId) + " has sent no mapping for it" + (Settings.HostRoutes && bits != 32 ? ", and only host routes are taken" : "");
            }
            return true;
        }

        private static string LabelText(int label)
        {
            return label == LabelStackEntry.ImplicitNull ? "imp-null" : label == LabelStackEntry.ExplicitNullIpv4 ? "exp-null" : label.ToString();
        }

        private static string AddressText(uint address)
        {
            return (address >> 24).ToString() + "." + ((address >> 16) & 255).ToString() + "." + ((address >> 8) & 255).ToString() + "." + (address & 255).ToString();
        }
    }
}
