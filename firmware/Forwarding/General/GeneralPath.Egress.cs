using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // From a path to a port: what is pushed, in which order, and the counters.
    //
    // link header | router alert | transport labels | ELI, entropy label | service word | what is carried
    // link header | service word | ELI, entropy label | what is carried          (a transport without labels: the word is the tunnel's)
    public sealed partial class GeneralPath
    {
        /// <summary>What <see cref="Emit"/> is given: labels that are complete; an IP packet; a layer 2 frame with its control word.</summary>
        public const int Labelled = 0;
        public const int Ipv4 = 4;
        public const int Ipv6 = 6;
        public const int Layer2 = 1;

        /// <summary>Why a packet is sent once more than it was received: into which egress counter it goes.</summary>
        public const int CauseForwarded = 0;
        public const int CauseCopied = 1;
        public const int CauseFragment = 2;
        public const int CauseOriginated = 3;

        /// <summary>As the flow of <see cref="Emit"/>: to be read from the octets if it is needed.</summary>
        public const int NoFlow = -1;

        /// <summary>
        /// TTL and class of the labels of the router's own packets: as the path says for forwarded ones, or uniform or pipe on every path
        /// (as <c>mpls ip propagate-ttl local</c> and its <c>no</c> form ask).
        /// </summary>
        public const int AsThePath = 0;
        public const int Uniform = 1;
        public const int Pipe = 2;
        public int Originated;

        private const int EntropyLength = 2 * LabelStackEntry.Length;

        /// <returns>Most octets from the first one that <see cref="Emit"/> is given which this path takes; -1 when it is down.</returns>
        public int Room(int path, int kind)
        {
            int word = _t.PathRecord[path * PathTable.Stride + PathTable.Service];
            int rule = _t.PathRecord[path * PathTable.Stride + PathTable.Transport];
            int r = (rule & PathTable.TransportMask) * TransportTable.Stride;
            if (Trace != null)
            {
                Trace.Add(FrameTrace.Path, path, kind, _o);
            }
            int room = _t.Transports.RoomOf(rule & PathTable.TransportMask);
            if (room < 0)
            {
                return -1;
            }
            if (kind != Labelled && word != 0)
            {
                room -= LabelStackEntry.Length;
            }
            if (PushesEntropy(rule, word, kind, _t.TransportRecord[r + TransportTable.LabelCount]))
            {
                room -= EntropyLength;
            }
            return room < 0 ? 0 : room;
        }

        // Under the transport's labels when it has some; else under the service word of a packet, which is then the tunnel's label. What
        // goes on under a swapped label alone is not ours to mark, and a pseudowire has a flow label for it (RFC 6391).
        private static bool PushesEntropy(int rule, int word, int kind, int labels)
        {
            return (rule & PathTable.Entropy) != 0 && (labels != 0 || (word != 0 && (kind == Ipv4 || kind == Ipv6)));
        }

        /// <summary>
        /// Pushes the path's service word (unless <paramref name="kind"/> is <see cref="Labelled"/>), entropy label, transport labels and
        /// tunnel header in front of octets [q, e) of the frame, and sends it. The caller has asked <see cref="Room"/>, and has set TTL or
        /// hop limit in the octets. A port that refuses is counted here. Frame.Start and Length are those of what was sent.
        /// </summary>
        /// <param name="ttl">TTL of what is carried, for labels of a uniform path.</param>
        /// <param name="trafficClass">Class of what is carried, 0-7; for <see cref="Layer2"/> the priority of its tag.</param>
        /// <param name="flow">Hash of its flow, 20 bits, or <see cref="NoFlow"/>.</param>
        public void Emit(Hal.Frame frame, int path, int q, int e, int kind, int ttl, int trafficClass, int flow, int cause)
        {
            byte[] b = frame.Octets;
            int word = _t.PathRecord[path * PathTable.Stride + PathTable.Service];
            int rule = _t.PathRecord[path * PathTable.Stride + PathTable.Transport];
            int transport = rule & PathTable.TransportMask;
            int[] transports = _t.TransportRecord;
            int r = transport * TransportTable.Stride;
            int labels = transports[r + TransportTable.LabelCount];
            if (cause == CauseOriginated && Originated != AsThePath)
            {
                rule = Originated == Uniform ? rule | PathTable.Uniform : rule & ~PathTable.Uniform;
            }
            bool entropy = PushesEntropy(rule, word, kind, labels);
            int tunnel = _t.Transports.Tunnel[transport];
            if ((entropy || tunnel != 0) && flow == NoFlow)
            {
                flow = Flow(b, q, e, kind);
            }
            bool uniform = (rule & PathTable.Uniform) != 0;
            int pushedClass = PushedClass(rule, b, q, kind, trafficClass);
            int pushedTtl = uniform ? ttl : 255;
            bool pushesWord = kind != Labelled && word != 0;
            if (entropy && labels == 0)
            {
                q = PushEntropy(b, q, flow, pushedClass, pushedTtl, true);
                word &= ~BottomBit;
                entropy = false;
            }
            if (pushesWord)
            {
                q = PushLabel(b, q, word, rule, pushedClass, pushedTtl);
            }
            if (entropy)
            {
                q = PushEntropy(b, q, flow, pushedClass, pushedTtl, kind != Labelled && !pushesWord);
            }
            int n = transports[r + TransportTable.Length];
            int start = q - n;
            Octets.Copy(_t.Ready, transports[r + TransportTable.ReadyEndField] - n, b, start, n);
            if ((rule & (PathTable.Uniform | PathTable.MapMask)) != 0)
            {
                for (int k = labels; k > 0; k--)
                {
                    int at = q - k * LabelStackEntry.Length;
                    SetClassAndTtl(b, at, pushedClass, uniform ? ttl : b[at + 3]);
                }
            }
            if (_alert >= 0)
            {
                start = PushAlert(b, start, n - labels * LabelStackEntry.Length, ttl);
            }
            else if (!pushesWord && labels == 0 && kind == Ipv6)
            {
                // A neighbour's ready octets say IPv4; both versions go to it.
                Octets.WriteUInt16(b, q - 2, EthernetHeader.Ipv6);
            }
            if (tunnel != 0)
            {
                start = FinishTunnel(b, tunnel - 1, start, e, flow);
            }
            frame.Start = start;
            frame.Length = e - start;
            Hand(frame, r, cause);
        }

        // A service word with class and TTL as the path's rule asks.
        private static int PushLabel(byte[] b, int q, int word, int rule, int trafficClass, int ttl)
        {
            q -= LabelStackEntry.Length;
            Octets.WriteInt32(b, q, word);
            if ((rule & (PathTable.Uniform | PathTable.MapMask)) != 0)
            {
                SetClassAndTtl(b, q, trafficClass, (rule & PathTable.Uniform) != 0 ? ttl : b[q + 3]);
            }
            return q;
        }

        // RFC 6790 section 4.2: the indicator has class and TTL of the label over it, the entropy label TTL 0 and no reserved value.
        private static int PushEntropy(byte[] b, int q, int flow, int trafficClass, int ttl, bool bottom)
        {
            int label = flow < LabelStackEntry.FirstUnreserved ? flow + LabelStackEntry.FirstUnreserved : flow;
            LabelStackEntry.Write(b, q - LabelStackEntry.Length, label, trafficClass, bottom, 0);
            LabelStackEntry.Write(b, q - EntropyLength, LabelStackEntry.EntropyIndicator, trafficClass, false, ttl);
            return q - EntropyLength;
        }

        // The router alert label between a link header and the labels (RFC 3032 section 2.1).
        private int PushAlert(byte[] b, int start, int header, int ttl)
        {
            Octets.Copy(b, start, b, start - LabelStackEntry.Length, header);
            start -= LabelStackEntry.Length;
            LabelStackEntry.Write(b, start + header, LabelStackEntry.RouterAlert, _alert, false, ttl);
            return start;
        }

        // The frame is complete: to the port of a transport's row, and the counters.
        private void Hand(Hal.Frame frame, int row, int cause)
        {
            int[] transports = _t.TransportRecord;
            int port = transports[row + TransportTable.Port];
            if (cause != CauseForwarded)
            {
                int[] causes = cause == CauseCopied ? _t.Ledger.Copied : cause == CauseFragment ? _t.Ledger.Fragments : _t.Ledger.Originated;
                causes[port]++;
            }
            if (_t.Devices[port].Send(frame))
            {
                transports[row + TransportTable.Frames]++;
                transports[row + TransportTable.Octets] += frame.Length;
            }
            else
            {
                _t.Ledger.EgressDropped[port]++;
            }
        }

        private static void SetClassAndTtl(byte[] b, int o, int trafficClass, int ttl)
        {
            b[o + 2] = (byte)((b[o + 2] & 0xF1) | (trafficClass << 1));
            b[o + 3] = (byte)ttl;
        }
    }
}
