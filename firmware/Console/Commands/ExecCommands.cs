using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>Runs one exec command at a time, step by step.</summary>
    public sealed partial class ExecCommands
    {
        private const int None = -1;

        /// <summary>Not a command of the table: the mistakes of a load are printed.</summary>
        private const int LoadErrors = CommandTable.Count;

        public readonly ShowSystem System;
        public readonly StoredConfiguration Stored;

        private readonly ControlModule _control;
        private readonly HostStack _host;
        private readonly Tables _tables;
        private readonly TextBuffer _output;
        private readonly LineLexer _line;
        private readonly CommandMatcher _matcher;
        private readonly InterfaceNames _names;
        private readonly RouterConfiguration _configuration;
        private readonly ConfigurationLoader _loader;
        private readonly ConfigurationWriter _writer;
        private readonly ShowInterfaces _interfaces;
        private readonly ShowRoutes _routes;
        private readonly ShowVrfs _vrfs;
        private readonly ShowMpls _mpls;
        private readonly ShowPseudowires _pseudowires;
        private readonly ShowIpv6 _ipv6;
        private readonly ShowLayer2 _layer2;
        private readonly PingCommand _ping;
        private readonly TracerouteCommand _traceroute;
        private ExplainCommand _explain;
        private readonly ShowRequest _request;
        private Show _show;
        private int _command = None;
        private int _link;
        private int _linkVrf;
        private int _row;

        public ExecCommands(ControlModule control, HostStack host, Tables tables, TextBuffer output, LineLexer line, CommandMatcher matcher,
            InterfaceNames names, RouterConfiguration configuration, ConfigurationLoader loader, IStore store, LineHistory history)
        {
            _control = control;
            _host = host;
            _tables = tables;
            _output = output;
            _line = line;
            _matcher = matcher;
            _names = names;
            _configuration = configuration;
            _loader = loader;
            _history = history;
            _writer = new ConfigurationWriter(configuration.Vrfs, host.Interfaces);
            Stored = new StoredConfiguration(store, configuration, _writer, output, tables.Capacity);
            _request = new ShowRequest(control, host, tables, output, configuration);
            System = new ShowSystem(_request);
            _interfaces = new ShowInterfaces(_request);
            _routes = new ShowRoutes(_request);
            _vrfs = new ShowVrfs(_request);
            _mpls = new ShowMpls(_request);
            _pseudowires = new ShowPseudowires(_request);
            _ipv6 = new ShowIpv6(_request);
            _layer2 = new ShowLayer2(_request);
            _ping = new PingCommand(host.Probe, output);
            _traceroute = new TracerouteCommand(host.Probe, output);
        }

        public bool IsRunning
        {
            get { return _command != None; }
        }

        /// <summary>True while the command waits for the network.</summary>
        public bool IsWaiting
        {
            get { return (IsPing && _ping.IsWaiting) || (IsTraceroute && _traceroute.IsWaiting); }
        }

        private bool IsPing
        {
            get { return _command == CommandTable.Ping || _command == CommandTable.PingIpv6; }
        }

        private bool IsTraceroute
        {
            get { return _command == CommandTable.Traceroute || _command == CommandTable.TracerouteIpv6; }
        }

        /// <returns>Milliseconds until the network's answer is overdue.</returns>
        public uint DueMs(uint now)
        {
            return _host.Probe.NextDueMs(now);
        }

        /// <summary>Begins the matched command; <see cref="Step"/> goes on with it.</summary>
        public void Begin(uint now)
        {
            int vrf = VrfStore.Global;
            _show = null;
            _command = _matcher.Action;
            if (_matcher.Has(0) && NamesVrf(_command))
            {
                string name = _line.Word(_matcher.WordOf[0]);
                vrf = _tables.Vrfs.Find(name);
                if (vrf == VrfStore.None)
                {
                    _output.Text("% VRF ").Text(name).Line(" does not exist");
                    _command = None;
                    return;
                }
            }
            switch (_command)
            {
                case CommandTable.WriteMemory:
                case CommandTable.CopyRunning:
                    BeginSave();
                    break;
                case CommandTable.ArchiveConfig:
                    Keep(Stored.BeginSave(true));
                    break;
                case CommandTable.ShowArchive:
                    BeginShowArchive();
                    break;
                case CommandTable.ShowHistory:
                    _row = _history.Lines;
                    break;
                case CommandTable.WriteTerminal:
                case CommandTable.ShowRunning:
                    BeginRunning();
                    break;
                case CommandTable.ShowStartup:
                    Keep(Stored.BeginShow(StoredConfiguration.Blob));
                    break;
                case CommandTable.ShowLdpNeighbor:
                case CommandTable.ShowLdpBindings:
                case CommandTable.ShowLdpDiscovery:
                case CommandTable.ShowLdpParameters:
                case CommandTable.ShowMplsIpBinding:
                case CommandTable.ShowLdpSync:
                    _row = 0;
                    break;
                case CommandTable.ShowOspf:
                case CommandTable.ShowOspfNeighbor:
                case CommandTable.ShowOspfInterface:
                case CommandTable.ShowOspfDatabase:
                case CommandTable.ClearOspf:
                    Keep(BeginOspf());
                    break;
                case CommandTable.ClearCounters:
                    _tables.ClearCounters();
                    _command = None;
                    break;
                case CommandTable.ClearLogging:
                    _control.Log.Clear();
                    _command = None;
                    break;
                case CommandTable.ClearArp:
                    _host.Neighbors.SetClock(now);
                    _host.Neighbors.Clear();
                    _command = None;
                    break;
                case CommandTable.Ping:
                    BeginPing(vrf);
                    break;
                case CommandTable.PingIpv6:
                    BeginPingIpv6(vrf);
                    break;
                case CommandTable.Traceroute:
                    BeginTraceroute(vrf);
                    break;
                case CommandTable.TracerouteIpv6:
                    BeginTracerouteIpv6(vrf);
                    break;
                case CommandTable.Explain:
                case CommandTable.ExplainIpv6:
                case CommandTable.ExplainArriving:
                case CommandTable.ExplainArrivingIpv6:
                    _explain = new ExplainCommand(_control, _host, _tables, _output, _matcher, _line);
                    Keep(_explain.Begin(vrf, _matcher.Has(6) ? _names.IndexOf((int)_matcher.Value[6]) : -1));
                    break;
                default:
                    _request.Begin(_command, vrf, now);
                    _show = BeginShow();
                    _command = _show != null ? _command : None;
                    break;
            }
        }

        private void BeginRunning()
        {
            ConfigurationModel running = _configuration.Running;
            int index = -1;
            if (_matcher.Has(0))
            {
                int named = (int)_matcher.Value[0];
                index = (named & InterfaceNames.Loopback) == 0 ? named : running.FindLoopback(named & ~InterfaceNames.Loopback);
                if (index < 0)
                {
                    _output.Line("% This interface does not exist");
                    _command = None;
                    return;
                }
            }
            _output.Line("Building configuration...").Line().Line("Current configuration:");
            if (index < 0)
            {
                _writer.Begin(running, _output);
            }
            else
            {
                _writer.BeginInterface(running, _output, index);
            }
        }

        private void Keep(bool begun)
        {
            if (!begun)
            {
                _command = None;
            }
        }

        /// <summary>Writes at most <see cref="TextBuffer.StepRoom"/> octets.</summary>
        public void Step(uint now)
        {
            if (!StepOn(now))
            {
                _command = None;
                _explain = null;
            }
        }

        private bool StepOn(uint now)
        {
            switch (_command)
            {
                case CommandTable.WriteMemory:
                case CommandTable.ArchiveConfig:
                case CommandTable.CopyRunning: return Stored.StepSave();
                case CommandTable.WriteTerminal:
                case CommandTable.ShowRunning: return _writer.Step();
                case CommandTable.ShowHistory: return StepHistory();
                case CommandTable.ShowArchive:
                case CommandTable.ShowStartup: return Stored.StepShow();
                case CommandTable.Ping:
                case CommandTable.PingIpv6: return _ping.Step(now);
                case CommandTable.Traceroute:
                case CommandTable.TracerouteIpv6: return _traceroute.Step(now);
                case CommandTable.Explain:
                case CommandTable.ExplainIpv6:
                case CommandTable.ExplainArriving:
                case CommandTable.ExplainArrivingIpv6: return _explain.Step();
                case LoadErrors: return StepLoadErrors();
                case CommandTable.ShowLdpNeighbor:
                case CommandTable.ShowLdpBindings:
                case CommandTable.ShowLdpDiscovery:
                case CommandTable.ShowLdpParameters:
                case CommandTable.ShowMplsIpBinding:
                case CommandTable.ShowLdpSync: return StepLdp(now);
                case CommandTable.ShowOspf:
                case CommandTable.ShowOspfNeighbor:
                case CommandTable.ShowOspfInterface:
                case CommandTable.ShowOspfDatabase: return _control.OspfTables.Show(_command - CommandTable.ShowOspf, _row++, now, _output);
                default: return _show != null && _show.Step();
            }
        }

        // False when there is nothing to step through.
        private bool BeginOspf()
        {
            int form = 0;
            for (int slot = Argument.Slots - 1; slot >= 3; slot--)
            {
                form = _matcher.Has(slot) ? slot - 2 : form;
            }
            int index = _matcher.Has(1) ? _names.IndexOf((int)_matcher.Value[1]) : -1;
            _row = 0;
            if (_control.OspfTables == null)
            {
                _output.Line("% OSPF is not in this router");
            }
            else if (_matcher.Has(1) && (index < 0 || _host.Interfaces.Name[index] == null))
            {
                _output.Line("% This interface does not exist");
            }
            else if (_command == CommandTable.ClearOspf)
            {
                _control.OspfTables.Restart((int)_matcher.Value[0]);
            }
            else
            {
                _control.OspfTables.Ask((int)_matcher.Value[0], index, _matcher.Value[2], form);
                return true;
            }
            return false;
        }

        private bool StepLdp(uint now)
        {
            if (_control.LdpTables == null)
            {
                _output.Line("% LDP is not in this router");
                return false;
            }
            return _control.LdpTables.Show(_command - CommandTable.ShowLdpNeighbor, _row++, now, _output);
        }

        /// <summary>Ends the command where it is.</summary>
        public void Abort()
        {
            if (IsPing)
            {
                _ping.Abort();
            }
            else if (IsTraceroute)
            {
                _traceroute.Abort();
            }
            else if (_output.Column != 0)
            {
                _output.Line();
            }
            _command = None;
        }

        private void BeginPing(int vrf)
        {
            _ping.DestinationIpv6 = null;
            _ping.Destination = _matcher.Value[1];
            _ping.Repeat = _matcher.Has(2) ? (int)_matcher.Value[2] : 5;
            _ping.Size = _matcher.Has(3) ? (int)_matcher.Value[3] : 100;
            _ping.TimeoutMs = (_matcher.Has(4) ? _matcher.Value[4] : 2) * 1000;
            _ping.DontFragment = _matcher.Has(5);
            _ping.Source = _matcher.Value[6];
            if (!IsDestination(_ping.Destination))
            {
                return;
            }
            if (_matcher.Has(6) && !_host.Interfaces.Owns(vrf, _ping.Source))
            {
                _output.Line("% Invalid source address- IP address not on any of our interfaces");
                _command = None;
                return;
            }
            if (_matcher.Has(6) || HasSource(vrf, _ping.Destination))
            {
                _ping.Begin(vrf);
            }
        }

        private void BeginPingIpv6(int vrf)
        {
            _ping.DestinationIpv6 = _matcher.Ipv6;
            _ping.DestinationOffset = 16;
            _ping.Source = 0;
            _ping.DontFragment = false;
            _ping.Repeat = _matcher.Has(2) ? (int)_matcher.Value[2] : 5;
            _ping.Size = _matcher.Has(3) ? (int)_matcher.Value[3] : 100;
            _ping.TimeoutMs = (_matcher.Has(4) ? _matcher.Value[4] : 2) * 1000;
            if (IsDestinationIpv6(vrf))
            {
                _ping.Port = _link;
                _ping.Begin(_linkVrf);
            }
        }

        // The destination of the line is a host's, and has its link when it needs one: _link and _linkVrf; else it is said here.
        private bool IsDestinationIpv6(int vrf)
        {
            _link = _matcher.Has(6) ? _names.IndexOf((int)_matcher.Value[6]) : -1;
            _linkVrf = vrf;
            string mistake = null;
            if (!Ipv6Address.IsHost(_matcher.Ipv6, 16))
            {
                mistake = "% A unicast address is needed";
            }
            else if (!Ipv6Header.IsLinkLocal(_matcher.Ipv6, 16))
            {
                mistake = _matcher.Has(6) ? "% Only a link-local destination takes an interface" : null;
            }
            else if (!_matcher.Has(6))
            {
                mistake = "% A link-local destination needs its interface (such as ping FE80::1 Ethernet1)";
            }
            else if (_link < 0 || _link >= _host.Interfaces.Ports || !_host.Ipv6.Enabled[_link])
            {
                mistake = "% This interface has no IPv6";
            }
            else
            {
                _linkVrf = _host.Interfaces.Vrf[_link];
                mistake = _matcher.Has(0) && _linkVrf != vrf ? "% This interface is not of that VRF" : null;
            }
            if (mistake != null)
            {
                _output.Line(mistake);
                _command = None;
            }
            return mistake == null;
        }

        // An interface of the VRF has an address, or something leads to the destination from a borrowed one; else it is said here.
        private bool HasSource(int vrf, uint destination)
        {
            for (int i = 0; i < _host.Interfaces.Count; i++)
            {
                if (_host.Interfaces.Vrf[i] == vrf && _host.Interfaces.Address[i] != 0)
                {
                    return true;
                }
            }
            if (_host.Interfaces.SourceFor(vrf, -1) != 0 && _tables.Prefixes.Lookup(vrf, destination) != ForwardingHandle.None)
            {
                return true;
            }
            bool global = vrf == VrfStore.Global;
            _output.Text(global ? "% No interface" : "% No interface of VRF ").Text(global ? "" : _tables.Vrfs.NameOf(vrf));
            _output.Line(" has an address to send from");
            _command = None;
            return false;
        }

        private void BeginTraceroute(int vrf)
        {
            _traceroute.DestinationIpv6 = null;
            _traceroute.Destination = _matcher.Value[1];
            TakeTraceOptions();
            if (IsDestination(_traceroute.Destination) && HasSource(vrf, _traceroute.Destination))
            {
                _traceroute.Begin(vrf, _tables.Vrfs.NameOf(vrf));
            }
        }

        private void BeginTracerouteIpv6(int vrf)
        {
            _traceroute.DestinationIpv6 = _matcher.Ipv6;
            _traceroute.DestinationOffset = Ipv6Address.Length;
            TakeTraceOptions();
            if (IsDestinationIpv6(vrf))
            {
                _traceroute.Port = _link;
                _traceroute.Begin(_linkVrf, _tables.Vrfs.NameOf(_linkVrf));
            }
        }

        private void TakeTraceOptions()
        {
            _traceroute.FirstTtl = _matcher.Has(2) ? (int)_matcher.Value[2] : 1;
            _traceroute.LastTtl = _matcher.Has(3) ? (int)_matcher.Value[3] : 30;
            _traceroute.TimeoutMs = (_matcher.Has(4) ? _matcher.Value[4] : 3) * 1000;
            _traceroute.ProbesPerHop = _matcher.Has(5) ? (int)_matcher.Value[5] : 3;
        }

        private bool IsDestination(uint address)
        {
            if (ConfigurationEditor.IsUnicast(address))
            {
                return true;
            }
            _output.Line("% A unicast address is needed");
            _command = None;
            return false;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(30);
            _request.Bill(bill);
            _ipv6.Bill(bill);
            _vrfs.Bill(bill);
            System.Bill(bill);
            Stored.Bill(bill);
            _writer.Bill(bill);
            _interfaces.Bill(bill);
            _routes.Bill(bill);
            _mpls.Bill(bill);
            _pseudowires.Bill(bill);
            _layer2.Bill(bill);
            _ping.Bill(bill);
            _traceroute.Bill(bill);
        }
    }
}
