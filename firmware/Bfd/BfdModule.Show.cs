using LabEdge.Control;
using LabEdge.Host;

namespace LabEdge.Bfd
{
    // The tables of show, laid out as IOS does.
    public sealed partial class BfdModule
    {
        /// <summary>Tables of <see cref="Show"/>.</summary>
        public const int ShowNeighbors = 0;
        public const int ShowDetails = 1;
        public const int ShowDrops = 2;

        // Steps of a session's details.
        private const int Parts = 3;

        /// <inheritdoc/>
        public bool Show(int table, int step, uint now, IShowOutput output)
        {
            if (table == ShowDrops)
            {
                return PutDrop(step, output);
            }
            if (step == 0)
            {
                if (!AnySession())
                {
                    return false;
                }
                output.EndLine();
                output.Put("IPv4 Sessions");
                output.EndLine();
                if (table == ShowNeighbors)
                {
                    PutHead(output);
                }
                return true;
            }
            step--;
            if (table == ShowNeighbors)
            {
                return step < Sessions.Length && PutSession(Sessions[step], output);
            }
            return step < Sessions.Length * Parts && PutDetail(Sessions[step / Parts], step % Parts, now, output);
        }

        private bool AnySession()
        {
            for (int i = 0; i < Sessions.Length; i++)
            {
                if (Sessions[i].IsUsed)
                {
                    return true;
                }
            }
            return false;
        }

        private static void PutHead(IShowOutput output)
        {
            output.Put("NeighAddr");
            output.PutTo(33);
            output.Put("LD/RD");
            output.PutTo(56);
            output.Put("RH/RS");
            output.PutTo(66);
            output.Put("State");
            output.PutTo(76);
            output.Put("Int");
            output.EndLine();
        }

        private bool PutSession(BfdSession session, IShowOutput output)
        {
            if (!session.IsUsed)
            {
                return true;
            }
            output.PutAddress(session.Neighbor);
            output.PutTo(33);
            PutUnsigned(output, session.MyDiscriminator);
            output.Put("/");
            PutUnsigned(output, session.RemoteDiscriminator);
            output.PutTo(56);
            output.Put(BfdMachine.Name(session.RemoteState));
            output.PutTo(66);
            output.Put(BfdMachine.Name(session.State));
            output.PutTo(76);
            output.Put(_host.Interfaces.Name[session.Port]);
            output.EndLine();
            return true;
        }

        private bool PutDetail(BfdSession session, int part, uint now, IShowOutput output)
        {
            if (!session.IsUsed)
            {
                return true;
            }
            switch (part)
            {
                case 0:
                    PutHead(output);
                    PutSession(session, output);
                    PutState(session, output);
                    return true;
                case 1:
                    PutTimers(session, now, output);
                    return true;
                default:
                    PutClients(session, now, output);
                    PutLast(session, output);
                    output.EndLine();
                    return true;
            }
        }

        private void PutState(BfdSession session, IShowOutput output)
        {
            output.Put("Session state is ");
            output.Put(session.State == BfdMachine.Up ? "UP" : session.State == BfdMachine.Init ? "INIT" : session.State == BfdMachine.Down ? "DOWN" : "ADMINDOWN");
            output.Put(" and not using echo function.");
            output.EndLine();
            output.Put("OurAddr: ");
            output.PutAddress(_host.Interfaces.Address[session.Port]);
            output.EndLine();
            output.Put("Local Diag: ");
            output.Put(session.Diagnostic);
            output.Put(session.Diagnostic == 0 ? "" : " (");
            output.Put(session.Diagnostic == 0 ? "" : Liveness.DiagnosticText(session.Diagnostic));
            output.Put(session.Diagnostic == 0 ? "" : ")");
            output.Put(", Demand mode: 0, Poll bit: ");
            output.Put(session.Polling ? 1 : 0);
            output.EndLine();
        }

        private void PutTimers(BfdSession session, uint now, IShowOutput output)
        {
            output.Put("MinTxInt: ");
            output.Put((session.State == BfdMachine.Up || session.TxMs > BfdSession.SlowMs ? session.TxMs : BfdSession.SlowMs) * 1000);
            output.Put(", MinRxInt: ");
            output.Put(session.RxMs * 1000);
            output.Put(", Multiplier: ");
            output.Put(session.Multiplier);
            output.EndLine();
            output.Put("Received MinRxInt: ");
            PutUnsigned(output, session.Received == 0 ? 0 : session.RemoteMinRx);
            output.Put(", Received Multiplier: ");
            output.Put(session.RemoteMultiplier);
            output.EndLine();
            output.Put("Holddown (hits): ");
            uint detection = session.DetectionMs();
            uint silent = now - session.HeardAt;
            PutUnsigned(output, detection > silent ? detection - silent : 0);
            output.Put("(");
            output.Put(session.Expiries);
            output.Put("), Hello (hits): ");
            PutUnsigned(output, session.TransmitMs());
            output.Put("(");
            output.Put(session.Sent);
            output.Put(")");
            output.EndLine();
            PutCount(output, "Rx Count: ", session.Received, now - session.HeardAt);
            PutCount(output, "Tx Count: ", session.Sent, now - session.SentAt);
        }

        private static void PutCount(IShowOutput output, string what, int count, uint ago)
        {
            output.Put(what);
            output.Put(count);
            if (count != 0)
            {
                output.Put(", last: ");
                PutUnsigned(output, ago);
                output.Put(" ms ago");
            }
            output.EndLine();
        }

        private void PutClients(BfdSession session, uint now, IShowOutput output)
        {
            int owners = session.Row < 0 ? 0 : _liveness.Owners[session.Row];
            output.Put("Registered protocols:");
            output.Put((owners & Liveness.Static) != 0 ? " IPv4 Static" : "");
            output.Put((owners & Liveness.Ospf) != 0 ? " OSPF" : "");
            output.EndLine();
            if (session.State == BfdMachine.Up)
            {
                uint seconds = (now - session.UpSince) / 1000;
                output.Put("Uptime: ");
                PutTwo(output, seconds / 3600);
                output.Put(":");
                PutTwo(output, seconds / 60 % 60);
                output.Put(":");
                PutTwo(output, seconds % 60);
                output.EndLine();
            }
        }

        private static void PutLast(BfdSession session, IShowOutput output)
        {
            if (session.Received == 0)
            {
                return;
            }
            byte[] last = session.Last;
            int flags = BfdPacket.ReadFlags(last, 0);
            output.Put("Last packet: Version: ");
            output.Put(BfdPacket.ReadVersion(last, 0));
            PutAt(output, "- Diagnostic: ", BfdPacket.ReadDiagnostic(last, 0));
            output.Put("             State bit: ");
            output.Put(BfdMachine.Name(BfdPacket.ReadState(last, 0)));
            PutAt(output, "- Demand bit: ", (flags & BfdPacket.Demand) != 0 ? 1 : 0);
            output.Put("             Poll bit: ");
            output.Put((flags & BfdPacket.Poll) != 0 ? 1 : 0);
            PutAt(output, "- Final bit: ", (flags & BfdPacket.Final) != 0 ? 1 : 0);
            output.Put("             Multiplier: ");
            output.Put(BfdPacket.ReadMultiplier(last, 0));
            PutAt(output, "- Length: ", BfdPacket.ReadLength(last, 0));
            output.Put("             Min tx interval: ");
            PutUnsigned(output, BfdPacket.ReadDesiredMinTx(last, 0));
            output.PutTo(41);
            output.Put("- Min Echo interval: ");
            PutUnsigned(output, BfdPacket.ReadRequiredMinEchoRx(last, 0));
            output.EndLine();
        }

        private static void PutAt(IShowOutput output, string what, int number)
        {
            output.PutTo(41);
            output.Put(what);
            output.Put(number);
            output.EndLine();
        }

        private bool PutDrop(int step, IShowOutput output)
        {
            if (step == 0)
            {
                output.Put("BFD Drop Statistics");
                output.EndLine();
                output.PutTo(28);
                output.Put("IPV4");
                output.EndLine();
                return true;
            }
            if (step < BfdDiscard.Count)
            {
                output.Put(BfdDiscard.Text(step));
                output.PutTo(28);
                output.Put(Discarded[step]);
                output.EndLine();
                return true;
            }
            if (step == BfdDiscard.Count)
            {
                output.Put("Sessions refused");
                output.PutTo(28);
                output.Put(NoSessions + _liveness.Refused);
                output.EndLine();
            }
            return false;
        }

        private static void PutTwo(IShowOutput output, uint number)
        {
            output.Put(number < 10 ? "0" : "");
            PutUnsigned(output, number);
        }

        private static void PutUnsigned(IShowOutput output, uint number)
        {
            if (number >= 1000000000)
            {
                output.Put((int)(number / 1000000000));
                uint rest = number % 1000000000;
                for (uint scale = 100000000; scale != 0; scale /= 10)
                {
                    output.Put((int)(rest / scale % 10));
                }
                return;
            }
            output.Put((int)number);
        }
    }
}
