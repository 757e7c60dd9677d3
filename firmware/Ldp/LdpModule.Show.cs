using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // The tables of show, laid out as IOS does.
    public sealed partial class LdpModule
    {
        /// <summary>Tables of <see cref="Show"/>.</summary>
        public const int ShowNeighbors = 0;
        public const int ShowBindings = 1;
        public const int ShowDiscovery = 2;
        public const int ShowParameters = 3;
        public const int ShowIpBindings = 4;
        public const int ShowIgpSync = 5;

        /// <inheritdoc/>
        public bool Show(int table, int step, uint now, IShowOutput output)
        {
            if (LsrId == 0 && table != ShowParameters)
            {
                output.Put(Settings.Enabled ? "% LDP waits for an interface with an address" : "% LDP is not running (mpls label protocol ldp, or mpls ldp router-id)");
                output.EndLine();
                return false;
            }
            switch (table)
            {
                case ShowNeighbors: return step < Sessions.Length && PutSession(Sessions[step], now, output);
                case ShowDiscovery: return PutDiscovery(step, now, output);
                case ShowParameters: return PutParameters(output);
                case ShowIgpSync: return PutSync(step, output);
                default: return step < Lib.High && PutFec(step, table == ShowIpBindings, output);
            }
        }

        private bool PutSession(LdpSession session, uint now, IShowOutput output)
        {
            if (session.LsrId == 0)
            {
                return true;
            }
            output.Put("    Peer LDP Ident: ");
            output.PutAddress(session.LsrId);
            output.Put(":0; Local LDP Ident ");
            output.PutAddress(LsrId);
            output.Put(":0");
            output.EndLine();
            Tcp.TcpConnection connection = session.Connection;
            if (connection != null)
            {
                output.Put("\tTCP connection: ");
                output.PutAddress(session.Transport);
                output.Put(".");
                output.Put(connection.RemotePort);
                output.Put(" - ");
                output.PutAddress(LsrId);
                output.Put(".");
                output.Put(connection.LocalPort);
                output.Put(connection.Key != null ? "; MD5 on" : "");
                output.Put(connection.LeastTtl != 0 ? "; GTSM" : "");
                output.EndLine();
            }
            output.Put("\tState: ");
            output.Put(LdpMachine.Name(session.State));
            output.Put("; Msgs sent/rcvd: ");
            output.Put(session.Sent);
            output.Put("/");
            output.Put(session.Received);
            output.Put("; Downstream");
            if (session.State != LdpMachine.Operational && session.LastStatus != LdpStatus.Success)
            {
                output.Put("; last: ");
                output.Put(LdpStatus.Text(session.LastStatus));
            }
            output.EndLine();
            if (session.State == LdpMachine.Operational)
            {
                uint seconds = (now - session.UpSince) / 1000;
                output.Put("\tUp time: ");
                PutTwo(output, seconds / 3600);
                output.Put(":");
                PutTwo(output, seconds / 60 % 60);
                output.Put(":");
                PutTwo(output, seconds % 60);
                output.EndLine();
            }
            PutSources(session, output);
            return true;
        }

        private static void PutTwo(IShowOutput output, uint number)
        {
            output.Put(number < 10 ? "0" : "");
            output.Put((int)number);
        }

        private void PutSources(LdpSession session, IShowOutput output)
        {
            output.Put("\tLDP discovery sources:");
            output.EndLine();
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] == session.LsrId)
                {
                    output.Put("\t  ");
                    if (Hellos.Port[i] < 0)
                    {
                        PutTarget(Hellos.Source[i], output);
                    }
                    else
                    {
                        output.Put(_host.Interfaces.Name[Hellos.Port[i]]);
                        output.Put(", Src IP addr: ");
                        output.PutAddress(Hellos.Source[i]);
                    }
                    output.EndLine();
                }
            }
            output.Put("\tAddresses bound to peer LDP Ident:");
            output.EndLine();

            // As many as a step has room for.
            for (int n = 0; n < 12; n++)
            {
                uint address = AddressOf(session, n);
                if (address == 0)
                {
                    break;
                }
                output.Put(n == 0 ? "\t  " : "  ");
                output.PutAddress(address);
            }
            output.EndLine();
        }

        // Active: we greet it of our own accord; passive: we answer it.
        private void PutTarget(uint peer, IShowOutput output)
        {
            output.Put("Targeted Hello ");
            output.PutAddress(LsrId);
            output.Put(" -> ");
            output.PutAddress(peer);
            output.Put(IsTarget(peer) ? ", active" : ", passive");
        }

        private bool PutDiscovery(int step, uint now, IShowOutput output)
        {
            if (step == 0)
            {
                output.Put(" Local LDP Identifier:");
                output.EndLine();
                output.Put("    ");
                output.PutAddress(LsrId);
                output.Put(":0");
                output.EndLine();
                output.Put("    Discovery Sources:");
                output.EndLine();
                output.Put("    Interfaces:");
                output.EndLine();
                return true;
            }
            int port = step - 1;
            if (port == _joined.Length)
            {
                output.Put("    Targeted Hellos:");
                output.EndLine();
                return true;
            }
            if (port > _joined.Length + _target.Length)
            {
                return PutAnswered(port - _joined.Length - _target.Length - 1, output);
            }
            bool targeted = port > _joined.Length;
            uint target = targeted ? _target[port - _joined.Length - 1] : 0;
            if (targeted ? target == 0 : !_joined[port])
            {
                return true;
            }
            output.Put("\t");
            output.Put(targeted ? "" : _host.Interfaces.Name[port]);
            if (targeted)
            {
                output.PutAddress(LsrId);
                output.Put(" -> ");
                output.PutAddress(target);
            }
            output.Put(targeted ? " (ldp): active, xmit" : " (ldp): xmit");
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] != 0 && (targeted ? Hellos.Port[i] < 0 && Hellos.Source[i] == target : Hellos.Port[i] == port))
                {
                    output.Put("/recv");
                    output.EndLine();
                    output.Put("\t    LDP Id: ");
                    output.PutAddress(Hellos.LsrId[i]);
                    output.Put(":0; hold ");
                    output.Put(Hellos.HoldSeconds[i]);
                    output.Put(" sec; transport ");
                    output.PutAddress(Hellos.Transport[i]);
                    break;
                }
            }
            output.EndLine();
            return true;
        }

        // Those who greet us and get an answer, and whom we would not greet by ourselves.
        private bool PutAnswered(int row, IShowOutput output)
        {
            if (row >= Hellos.Rows)
            {
                return false;
            }
            if (Hellos.LsrId[row] != 0 && Hellos.Port[row] < 0 && !IsTarget(Hellos.Source[row]))
            {
                output.Put("\t");
                output.PutAddress(LsrId);
                output.Put(" -> ");
                output.PutAddress(Hellos.Source[row]);
                output.Put(" (ldp): passive, xmit/recv");
                output.EndLine();
                output.Put("\t    LDP Id: ");
                output.PutAddress(Hellos.LsrId[row]);
                output.Put(":0; hold ");
                output.Put(Hellos.HoldSeconds[row]);
                output.Put(" sec");
                output.EndLine();
            }
            return true;
        }

        private bool PutParameters(IShowOutput output)
        {
            output.Put("LDP: ");
            output.Put(LsrId != 0 ? "running, downstream unsolicited, liberal retention, " : "not running, ");
            output.Put(Settings.OrderedControl ? "ordered control" : "independent control");
            output.EndLine();
            output.Put("Session hold time: ");
            output.Put(Settings.KeepAliveSeconds);
            output.Put(" sec; keep alive interval: ");
            output.Put(Settings.KeepAliveSeconds / 3);
            output.Put(" sec");
            output.EndLine();
            output.Put("Discovery hello: holdtime: ");
            output.Put(Settings.HoldSeconds);
            output.Put(" sec; interval: ");
            output.Put(Settings.HelloMs / 1000);
            output.Put(" sec");
            output.EndLine();
            output.Put("Discovery targeted hello: holdtime: ");
            output.Put(Settings.TargetedHoldSeconds);
            output.Put(" sec; interval: ");
            output.Put(Settings.TargetedHelloMs / 1000);
            output.Put(Settings.AcceptTargeted ? " sec; accepted" : " sec");
            output.EndLine();
            output.Put("Labels: ");
            output.Put(Settings.HostRoutes ? "host routes only" : "all prefixes");
            output.Put(Settings.ExplicitNull ? "; explicit null" : "; implicit null");
            output.Put("; FECs ");
            output.Put(Lib.Count);
            output.Put(" of ");
            output.Put(Lib.Flags.Length);
            output.Put(", refused ");
            output.Put(Lib.Refused);
            output.Put(", without label ");
            output.Put(NoLabels);
            output.EndLine();
            return false;
        }

        private bool PutFec(int fec, bool inUse, IShowOutput output)
        {
            if (Lib.Flags[fec] == 0)
            {
                return true;
            }
            output.Put("  ");
            output.PutAddress(Lib.Prefix[fec]);
            output.Put("/");
            output.Put(Lib.Bits[fec]);
            output.EndLine();
            if (Lib.Local[fec] != LabelInformationBase.None)
            {
                output.Put(inUse ? "\tin label:     " : "\tlocal binding:  label: ");
                PutLabel(output, Lib.Local[fec]);
                output.EndLine();
            }
            int most = 0;
            for (int s = 0; s < Sessions.Length && most < 5; s++)
            {
                int i = fec * Lib.Sessions + s;
                if (Lib.Remote[i] == LabelInformationBase.None)
                {
                    continue;
                }
                most++;
                output.Put(inUse ? "\tout label:    " : "\tremote binding: lsr: ");
                if (inUse)
                {
                    PutLabel(output, Lib.Remote[i]);
                    output.Put("  lsr: ");
                }
                output.PutAddress(Sessions[s].LsrId);
                output.Put(":0");
                if (!inUse)
                {
                    output.Put(", label: ");
                    PutLabel(output, Lib.Remote[i]);
                }
                else if (IsInUse(fec, s))
                {
                    output.Put("  inuse");
                }
                output.Put((Lib.State[i] & LabelInformationBase.Stale) != 0 ? "  stale" : "");
                output.EndLine();
            }
            return true;
        }

        private bool IsInUse(int fec, int session)
        {
            for (int i = 0; i < _address.Length; i++)
            {
                if (_address[i] != 0 && _addressSession[i] == session
                    && _control.Bindings.FindOutput(Lib.Prefix[fec], Lib.Bits[fec], _address[i], LabelOwner.Ldp) != LabelBindings.None)
                {
                    return true;
                }
            }
            return false;
        }

        private static void PutLabel(IShowOutput output, int label)
        {
            if (label == LabelStackEntry.ImplicitNull)
            {
                output.Put("imp-null");
            }
            else if (label == LabelStackEntry.ExplicitNullIpv4)
            {
                output.Put("exp-null");
            }
            else
            {
                output.Put(label);
            }
        }
    }
}
