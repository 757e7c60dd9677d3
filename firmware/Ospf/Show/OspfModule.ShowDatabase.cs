using LabEdge.Control;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    // show ip ospf database: a line of each advertisement, or one type of them whole. By area, type, link state id and router.
    public sealed partial class OspfModule
    {
        // Of a database: the area in hand (AllAreas = what belongs to none), its type, whether its heading is written, the link of the row in hand.
        private const int AllAreas = 0x7FFFFFFF;
        private int _showArea;
        private int _showType;
        private bool _showTitle;
        private int _showLink;

        private bool StepDatabase(uint now, IShowOutput output)
        {
            if (_showRow == Processes.Length)
            {
                return false;
            }
            OspfProcess p = Processes[_showRow];
            if (!IsAsked(p))
            {
                _showRow++;
                return true;
            }
            if (_showPart == 0)
            {
                _showPart = 1;
                _showLink = -1;
                output.EndLine();
                output.Put("            OSPF Router with ID (");
                output.PutAddress(p.RouterId);
                Number(output, ") (Process ID ", p.Number, ")");
                output.EndLine();
                EnterArea(NextArea(p.Index, -1));
                return true;
            }
            if (_showLink >= 0 && PutNextLink(output))
            {
                return true;
            }
            int scope = _showArea == AllAreas ? LsaTable.ProcessScope + p.Index : _showArea;
            int row = _askedForm != 0 && _askedForm != _showType ? -1 : NextLsa(scope, _showType, _showLast);
            if (row >= 0)
            {
                _showLast = row;
                PutTitle(output);
                if (_askedForm == 0)
                {
                    PutLsaLine(row, now, output);
                }
                else
                {
                    PutLsa(row, now, output);
                }
                return true;
            }
            _showLast = -1;
            _showTitle = false;
            if (_showArea == AllAreas)
            {
                _showRow++;
                _showPart = 0;
            }
            else if (_showType == LsaHeader.SummaryRouter)
            {
                EnterArea(NextArea(p.Index, _showArea));
            }
            else
            {
                _showType++;
            }
            return true;
        }

        private void EnterArea(int area)
        {
            _showArea = area < 0 ? AllAreas : area;
            _showType = area < 0 ? LsaHeader.External : LsaHeader.Router;
            _showTitle = false;
            _showLast = -1;
        }

        // The row that follows another by link state id and router; -1 = none.
        private int NextLsa(int scope, int type, int after)
        {
            int best = -1;
            for (int row = 0; row < Lsas.High; row++)
            {
                if (Lsas.Type[row] == type && Lsas.Scope[row] == scope && Lsas.At[row] >= 0 && (_askedId == 0 || Lsas.Id[row] == _askedId)
                    && (after < 0 || Follows(row, after)) && (best < 0 || Follows(best, row)))
                {
                    best = row;
                }
            }
            return best;
        }

        private bool Follows(int a, int b)
        {
            return Lsas.Id[a] != Lsas.Id[b] ? Lsas.Id[a] > Lsas.Id[b] : Lsas.Router[a] > Lsas.Router[b];
        }

        private static string TitleOf(int type)
        {
            switch (type)
            {
                case LsaHeader.Router: return "                Router Link States (Area ";
                case LsaHeader.Network: return "                Net Link States (Area ";
                case LsaHeader.SummaryNetwork: return "                Summary Net Link States (Area ";
                case LsaHeader.SummaryRouter: return "                Summary ASB Link States (Area ";
                default: return "                Type-5 AS External Link States";
            }
        }

        private void PutTitle(IShowOutput output)
        {
            if (_showTitle)
            {
                return;
            }
            _showTitle = true;
            output.EndLine();
            output.Put(TitleOf(_showType));
            if (_showArea != AllAreas)
            {
                PutArea(output, Areas[_showArea].Id);
                output.Put(")");
            }
            output.EndLine();
            output.EndLine();
            if (_askedForm == 0)
            {
                output.Put("Link ID         ADV Router      Age         Seq#       Checksum");
                output.Put(_showType == LsaHeader.Router ? " Link count" : _showType == LsaHeader.External ? " Tag" : "");
                output.EndLine();
            }
        }

        private void PutLsaLine(int row, uint now, IShowOutput output)
        {
            int at = Lsas.At[row];
            output.PutAddress(Lsas.Id[row]);
            output.PutTo(16);
            output.PutAddress(Lsas.Router[row]);
            output.PutTo(32);
            output.Put(Lsas.AgeOf(row, now));
            output.PutTo(44);
            output.Put("0x");
            PutHex(output, (uint)Lsas.SequenceOf(row), 8);
            output.Put(" 0x");
            PutHex(output, (uint)LsaHeader.ReadChecksum(Lsas.Pool, at), 6);
            if (_showType == LsaHeader.Router)
            {
                Number(output, " ", Octets.ReadUInt16(Lsas.Pool, at + LsaHeader.Length + 2), "");
            }
            else if (_showType == LsaHeader.External)
            {
                Number(output, " ", Octets.ReadInt32(Lsas.Pool, at + LsaHeader.Length + 12), "");
            }
            output.EndLine();
        }

        private void PutLsa(int row, uint now, IShowOutput output)
        {
            byte[] b = Lsas.Pool;
            int at = Lsas.At[row];
            Number(output, "  LS age: ", Lsas.AgeOf(row, now), "");
            output.EndLine();
            output.Put("  Options: 0x");
            PutHex(output, b[at + LsaHeader.OptionsOffset], 2);
            output.EndLine();
            output.Put("  LS Type: ");
            output.Put(_showType == LsaHeader.Router ? "Router Links" : _showType == LsaHeader.Network ? "Network Links" : _showType == LsaHeader.SummaryNetwork ? "Summary Links(Network)"
                : _showType == LsaHeader.SummaryRouter ? "Summary Links(AS Boundary Router)" : "AS External Link");
            output.EndLine();
            output.Put("  Link State ID: ");
            output.PutAddress(Lsas.Id[row]);
            output.EndLine();
            output.Put("  Advertising Router: ");
            output.PutAddress(Lsas.Router[row]);
            output.EndLine();
            output.Put("  LS Seq Number: ");
            PutHex(output, (uint)Lsas.SequenceOf(row), 8);
            output.EndLine();
            output.Put("  Checksum: 0x");
            PutHex(output, (uint)LsaHeader.ReadChecksum(b, at), 4);
            output.EndLine();
            Number(output, "  Length: ", Lsas.LengthOf(row), "");
            output.EndLine();
            _showLink = at + LsaHeader.Length;
            if (_showType == LsaHeader.Router)
            {
                Line(output, (b[_showLink] & BorderBit) != 0, "  Area Border Router");
                Line(output, (b[_showLink] & ExternalBit) != 0, "  AS Boundary Router");
                Number(output, "  Number of Links: ", Octets.ReadUInt16(b, _showLink + 2), "");
                output.EndLine();
                output.EndLine();
                _showLink = LsaHeader.Length + 4;
                return;
            }
            Number(output, "  Network Mask: /", Ones(Octets.ReadUInt32(b, _showLink)), "");
            output.EndLine();
            if (_showType == LsaHeader.Network)
            {
                _showLink = LsaHeader.Length + 4;
                return;
            }
            PutMetric(b, _showLink, output);
            _showLink = -1;
            output.EndLine();
        }

        private void PutMetric(byte[] b, int at, IShowOutput output)
        {
            if (_showType == LsaHeader.External)
            {
                output.Put((b[at + 4] & TypeTwo) != 0 ? "        Metric Type: 2 (Larger than any link state path)" : "        Metric Type: 1 (Comparable directly to link state metric)");
                output.EndLine();
            }
            Number(output, "        TOS: 0  Metric: ", Octets.ReadInt32(b, at + 4) & LsaHeader.Infinity, "");
            output.EndLine();
            if (_showType == LsaHeader.External)
            {
                output.Put("        Forward Address: ");
                output.PutAddress(Octets.ReadUInt32(b, at + 8));
                output.EndLine();
                Number(output, "        External Route Tag: ", Octets.ReadInt32(b, at + 12), "");
                output.EndLine();
            }
        }

        // One more link of the row in hand, or router of a network. It may have changed meanwhile: what is written is what stands there now.
        private bool PutNextLink(IShowOutput output)
        {
            int row = _showLast;
            int step = _showType == LsaHeader.Network ? 4 : 12;
            if (!Lsas.IsUsed(row) || Lsas.At[row] < 0 || Lsas.Type[row] != _showType || _showLink + step > Lsas.LengthOf(row))
            {
                _showLink = -1;
                output.EndLine();
                return false;
            }
            byte[] b = Lsas.Pool;
            int at = Lsas.At[row] + _showLink;
            uint id = Octets.ReadUInt32(b, at);
            _showLink += step;
            if (_showType == LsaHeader.Network)
            {
                output.Put("        Attached Router: ");
                output.PutAddress(id);
                output.EndLine();
                return true;
            }
            _showLink += 4 * b[at + 9];
            int type = b[at + 8];
            output.Put("    Link connected to: ");
            output.Put(type == LinkPointToPoint ? "another Router (point-to-point)" : type == LinkTransit ? "a Transit Network" : type == LinkStub ? "a Stub Network" : "a Virtual Link");
            output.EndLine();
            output.Put(type == LinkTransit ? "     (Link ID) Designated Router address: " : type == LinkStub ? "     (Link ID) Network/subnet number: " : "     (Link ID) Neighboring Router ID: ");
            output.PutAddress(id);
            output.EndLine();
            output.Put(type == LinkStub ? "     (Link Data) Network Mask: " : "     (Link Data) Router Interface address: ");
            output.PutAddress(Octets.ReadUInt32(b, at + 4));
            output.EndLine();
            Number(output, "       TOS 0 Metrics: ", Octets.ReadUInt16(b, at + 10), "");
            output.EndLine();
            output.EndLine();
            return true;
        }
    }
}
