using LabEdge.Control;

namespace LabEdge.Ldp
{
    // LDP-IGP synchronisation (RFC 5443): what LDP answers for the ports where the IGP asks, and its table.
    public sealed partial class LdpModule
    {
        // Answers true when an answer has changed.
        private bool FollowSync()
        {
            byte[] sync = _control.Links.LdpSync;
            bool changed = false;
            for (int port = 0; port < sync.Length; port++)
            {
                if (sync[port] != LinkEvents.SyncNotAsked)
                {
                    byte now = IsSynchronised(port) ? LinkEvents.Synchronised : LinkEvents.SyncWaiting;
                    changed |= now != sync[port];
                    sync[port] = now;
                }
            }
            return changed;
        }

        // Every neighbour that is heard on the link has an operational session, and has sent the labels it had: it said so by End-of-LIB
        // (RFC 5919 section 5), or had StaleMs for it.
        private bool IsSynchronised(int port)
        {
            bool any = false;
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] != 0 && Hellos.Port[i] == port)
                {
                    LdpSession session = FindSession(Hellos.LsrId[i]);
                    if (session == null || session.State != LdpMachine.Operational || session.IsStale)
                    {
                        return false;
                    }
                    any = true;
                }
            }
            return any && IsOn(port);
        }

        // Where the IGP waits for LDP, the link has the highest cost until LDP is there: the way to the neighbour may lead round it, through other
        // routers, and what comes so would not pass GTSM. Each would wait for the other for ever (RFC 6720 section 3 leaves GTSM to the configuration).
        private bool WantsGtsm(int port)
        {
            return _control.Links.LdpSync[port] == LinkEvents.SyncNotAsked;
        }

        private void FollowGtsm(LdpSession session)
        {
            if (session != null && session.Connection != null)
            {
                session.Connection.LeastTtl = LeastTtl(session);
            }
        }

        private bool PutSync(int port, IShowOutput output)
        {
            if (port >= _joined.Length)
            {
                return false;
            }
            if (!_control.IsMpls(port))
            {
                return true;
            }
            byte sync = _control.Links.LdpSync[port];
            output.Put("    ");
            output.Put(_host.Interfaces.Name[port]);
            output.Put(":");
            output.EndLine();
            output.Put("\tLDP configured; LDP-IGP Synchronization ");
            output.Put(sync == LinkEvents.SyncNotAsked ? "not enabled." : "enabled.");
            output.EndLine();
            if (sync == LinkEvents.SyncNotAsked)
            {
                return true;
            }
            output.Put("\tSync status: sync ");
            output.Put(sync == LinkEvents.Synchronised ? "achieved; peer " : "not achieved; peer ");
            output.Put(Hears(port) ? "reachable." : "not reachable.");
            output.EndLine();
            output.Put("\tIGP holddown time: infinite.");
            output.EndLine();
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] != 0 && Hellos.Port[i] == port)
                {
                    output.Put("\tPeer LDP Ident: ");
                    output.PutAddress(Hellos.LsrId[i]);
                    output.Put(":0");
                    output.EndLine();
                }
            }
            return true;
        }

        private bool Hears(int port)
        {
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] != 0 && Hellos.Port[i] == port)
                {
                    return true;
                }
            }
            return false;
        }
    }
}
