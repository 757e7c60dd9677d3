namespace LabEdge.Cli
{
    // Bridge domains, service instances and what joins them.
    public sealed partial class ConfigurationWriter
    {
        // Before the interfaces: "bridge-domain" within a service instance makes that a member.
        private bool WriteBridge()
        {
            Layer2Model layer2 = _model.Layer2;
            if (_row >= layer2.BridgeCount)
            {
                Enter(LoopbackPart);
                _circuit = 0;
                return true;
            }
            int number = layer2.Bridges[_row * Layer2Model.BridgeStride];
            if (!_body)
            {
                int r = _row * Layer2Model.BridgeStride;
                _output.Text("bridge-domain ").Number(number).Line();
                if (layer2.Bridges[r + Layer2Model.AgeSeconds] != 0)
                {
                    _output.Text(" mac aging-time ").Number(layer2.Bridges[r + Layer2Model.AgeSeconds]).Line();
                }
                if (layer2.Bridges[r + Layer2Model.MacLimit] != 0)
                {
                    _output.Text(" mac limit maximum addresses ").Number(layer2.Bridges[r + Layer2Model.MacLimit]).Line();
                }
                _body = true;
                _circuit = 0;
                return true;
            }
            int w = NextCircuit(Layer2Model.WireKey | number);
            if (w >= 0)
            {
                PutPeer(" member ", layer2.Circuits, w);
                PutGroup(layer2.Circuits[w + Layer2Model.Bridge]);
                PseudowireLines.Put(_output, "  ", layer2.Circuits[w + Layer2Model.Flags], layer2.Circuits[w + Layer2Model.LocalLabel], layer2.Circuits[w + Layer2Model.RemoteLabel]);
                return true;
            }
            _output.Line("!");
            _body = false;
            _row++;
            return true;
        }

        // The next circuit of this key from _circuit on, which moves behind it; its first int, or -1.
        private int NextCircuit(int key)
        {
            while (_circuit < _model.Layer2.CircuitCount)
            {
                int r = _circuit++ * Layer2Model.CircuitStride;
                if (_model.Layer2.Circuits[r] == key)
                {
                    return r;
                }
            }
            return -1;
        }

        private void PutPeer(string word, int[] record, int r)
        {
            _output.Text(word).Address((uint)record[r + Layer2Model.Peer]).Put(' ');
            _output.Unsigned((uint)record[r + Layer2Model.VcId]).Text(PseudowireLines.Encapsulation(record[r + Layer2Model.Flags]));
        }

        private void PutGroup(int bridge)
        {
            if ((bridge & 15) != 0)
            {
                _output.Text(" split-horizon group ").Number(bridge & 15);
            }
            _output.Line();
        }

        // The next service instance of the interface; false when there is none.
        private bool WriteInstance()
        {
            int[] record = _model.Layer2.Circuits;
            int r = -1;
            while (r < 0 && _circuit < _model.Layer2.CircuitCount)
            {
                int at = _circuit++ * Layer2Model.CircuitStride;
                r = Layer2Model.PortOf(record[at]) == _row ? at : -1;
            }
            if (r < 0)
            {
                return false;
            }
            int flags = record[r + Layer2Model.Flags];
            _output.Text(" service instance ").Number(Layer2Model.NumberOf(record[r])).Line(" ethernet");
            if (Layer2Model.EncapsulationOf(flags) != Layer2Model.NoEncapsulation)
            {
                PutEncapsulation(_output.Text("  encapsulation "), flags, record[r + Layer2Model.Vlans]);
                _output.Line();
            }
            if (Layer2Model.RewriteOf(flags) != Layer2Model.NoRewrite)
            {
                PutRewrite(_output.Text("  rewrite ingress tag "), Layer2Model.RewriteOf(flags), record[r + Layer2Model.RewriteVlan]);
                _output.Line();
            }
            PutStorm(record, r, 0, "broadcast");
            PutStorm(record, r, 1, "multicast");
            PutStorm(record, r, 2, "unicast");
            if (record[r + Layer2Model.Bridge] != 0)
            {
                _output.Text("  bridge-domain ").Number(record[r + Layer2Model.Bridge] >> 4);
                PutGroup(record[r + Layer2Model.Bridge]);
            }
            if ((flags & ConfigurationModel.Xconnect) != 0)
            {
                PutPeer("  xconnect ", record, r);
                _output.Line();
                PseudowireLines.Put(_output, "   ", flags, record[r + Layer2Model.LocalLabel], record[r + Layer2Model.RemoteLabel]);
            }
            return true;
        }

        private void PutStorm(int[] record, int r, int kind, string word)
        {
            if (record[r + Layer2Model.Storm + kind] != 0)
            {
                _output.Text("  storm-control ").Text(word).Text(" level pps ").Number(record[r + Layer2Model.Storm + kind] - 1).Line();
            }
        }

        /// <summary>Writes an encapsulation as it is typed: "dot1q 10 second-dot1q 20".</summary>
        public static void PutEncapsulation(TextBuffer output, int flags, int vlans)
        {
            switch (Layer2Model.EncapsulationOf(flags))
            {
                case Layer2Model.Untagged:
                    output.Text("untagged");
                    break;
                case Layer2Model.Default:
                    output.Text("default");
                    break;
                case Layer2Model.Dot1q:
                    output.Text("dot1q ").Number(vlans & 0xFFF);
                    if (vlans >> 12 != 0)
                    {
                        output.Text(" second-dot1q ").Number(vlans >> 12);
                    }
                    break;
                default:
                    output.Text("not configured");
                    break;
            }
        }

        private static void PutRewrite(TextBuffer output, int rewrite, int vlan)
        {
            switch (rewrite)
            {
                case Layer2Model.PopOne:
                    output.Text("pop 1 symmetric");
                    break;
                case Layer2Model.PopTwo:
                    output.Text("pop 2 symmetric");
                    break;
                default:
                    output.Text(rewrite == Layer2Model.Push ? "push dot1q " : "translate 1-to-1 dot1q ").Number(vlan).Text(" symmetric");
                    break;
            }
        }

        private bool WriteJoin()
        {
            if (_row >= _model.Layer2.JoinCount)
            {
                Enter(OspfPart);
                return true;
            }
            int r = _row * Layer2Model.JoinStride;
            PutText(_output.Text("connect "), _model, _model.Layer2.Joins[r + Layer2Model.Name]);
            PutEnd(_model.Layer2.Joins[r]);
            PutEnd(_model.Layer2.Joins[r + Layer2Model.OtherKey]);
            _output.Line();
            _lines = true;
            _row++;
            return true;
        }

        private void PutEnd(int key)
        {
            _output.Text(" ").Text(_interfaces.Name[Layer2Model.PortOf(key)]).Text(" ").Number(Layer2Model.NumberOf(key));
        }
    }
}
