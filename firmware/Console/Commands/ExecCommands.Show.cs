using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    // Which table a show command is, and what it has asked of it.
    public sealed partial class ExecCommands
    {
        /// <summary>Fills the request from the matched line.</summary>
        /// <returns>Null when the line is no show command, or its mistake has been said.</returns>
        private Show BeginShow()
        {
            ShowRequest request = _request;
            switch (_command)
            {
                case CommandTable.ShowVersion:
                case CommandTable.ShowMemory:
                case CommandTable.ShowCounters:
                case CommandTable.ShowProcesses:
                case CommandTable.ShowLogging:
                    return System;
                case CommandTable.ShowInterfaces:
                case CommandTable.ShowIpInterface:
                    request.Form = _matcher.Has(1) ? ShowInterfaces.Brief : 0;
                    return TakeInterface() ? _interfaces : null;
                case CommandTable.ShowArp:
                case CommandTable.ShowIpArp:
                    return _interfaces;
                case CommandTable.ShowIpVrf:
                case CommandTable.ShowVrf:
                    request.Only = _matcher.Has(0) ? request.Vrf : -1;
                    request.Detail = _matcher.Has(2);
                    request.Form = _matcher.Has(3) ? ShowVrfs.OfInterfaces : 0;
                    return _vrfs;
                case CommandTable.ShowIpv6Route:
                case CommandTable.ShowIpv6Cef:
                    return BeginIpv6();
                case CommandTable.ShowIpv6Neighbors:
                case CommandTable.ShowIpv6InterfaceBrief:
                    return _ipv6;
                case CommandTable.ShowIpRoute:
                case CommandTable.ShowIpCef:
                    TakeAddress(1);
                    request.Detail = _matcher.Has(2);
                    request.Form = (_matcher.Has(2) ? ShowRoutes.OnlyConnected : 0) | (_matcher.Has(3) ? ShowRoutes.OnlyStatic : 0)
                        | (_matcher.Has(4) ? ShowRoutes.Summary : 0) | (_matcher.Has(5) ? ShowRoutes.OnlyOspf : 0);
                    return _routes;
                case CommandTable.ShowMplsForwarding:
                    request.Only = _matcher.Has(0) ? request.Vrf : -1;
                    request.Detail = _matcher.Has(1);
                    TakeNumber(2);
                    TakeAddress(3);
                    request.Bits = _matcher.Has(4) ? (int)_matcher.Value[4] : -1;
                    return _mpls;
                case CommandTable.ShowMplsInterfaces:
                    request.Detail = _matcher.Has(1);
                    return TakeInterface() ? _mpls : null;
                case CommandTable.ShowMplsBinding:
                case CommandTable.ShowMplsRange:
                    return _mpls;
                case CommandTable.ShowXconnect:
                case CommandTable.ShowVc:
                    request.Detail = _matcher.Has(0);
                    TakeNumber(1);
                    return _pseudowires;
                case CommandTable.ShowBridge:
                case CommandTable.ShowMac:
                case CommandTable.ShowInstances:
                    request.Only = _matcher.Has(0) ? (int)_matcher.Value[0] : -1;
                    if (request.Only >= 0 && _configuration.Running.Layer2.FindBridge(request.Only) < 0)
                    {
                        _output.Line("% This bridge domain does not exist");
                        return null;
                    }
                    return _layer2;
                default:
                    return null;
            }
        }

        private void TakeAddress(int slot)
        {
            _request.HasAddress = _matcher.Has(slot);
            _request.Address = _matcher.Value[slot];
        }

        private void TakeNumber(int slot)
        {
            _request.HasNumber = _matcher.Has(slot);
            _request.Number = _matcher.Value[slot];
        }

        // Slot 0. Returns false when there is no such interface.
        private bool TakeInterface()
        {
            if (!_matcher.Has(0))
            {
                return true;
            }
            _request.Only = _names.IndexOf((int)_matcher.Value[0]);
            if (_request.Only < 0 || _host.Interfaces.Name[_request.Only] == null)
            {
                _output.Line("% This interface does not exist");
                return false;
            }
            return true;
        }

        // Slot 1 is an address; 2 a prefix of the routing table, "detail" of the forwarding table.
        private Show BeginIpv6()
        {
            _request.HasAddress = _matcher.Has(1);
            _request.Detail = _matcher.Has(2);
            _request.Bits = _command == CommandTable.ShowIpv6Route && _matcher.Has(2) ? (int)_matcher.Value[2] : -1;
            if (_request.HasAddress && _request.Bits >= 0)
            {
                _output.Line("% An address or a prefix, not both");
                return null;
            }
            if (_request.HasAddress || _request.Bits >= 0)
            {
                Octets.Copy(_matcher.Ipv6, _request.HasAddress ? Ipv6Address.Length : 0, _request.Key, 0, Ipv6Address.Length);
            }
            return _ipv6;
        }

        private static bool NamesVrf(int action)
        {
            return action == CommandTable.ShowIpRoute || action == CommandTable.ShowIpCef || action == CommandTable.ShowArp
                || action == CommandTable.ShowIpArp || action == CommandTable.Ping || action == CommandTable.Traceroute
                || action == CommandTable.PingIpv6 || action == CommandTable.TracerouteIpv6 || action == CommandTable.ShowIpv6Route || action == CommandTable.ShowIpv6Cef
                || action == CommandTable.Explain || action == CommandTable.ExplainIpv6
                || action == CommandTable.ShowIpVrf || action == CommandTable.ShowVrf || action == CommandTable.ShowMplsForwarding;
        }
    }
}
