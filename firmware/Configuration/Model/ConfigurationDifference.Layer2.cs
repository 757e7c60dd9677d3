using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    // Layer 2: joins, circuits and bridge domains go in this order and come in the other.
    public sealed partial class ConfigurationDifference
    {
        // A service instance is made when it has an encapsulation, a pseudowire when it has labels.
        private static bool IsMade(int[] record, int r)
        {
            return Layer2Model.IsWire(record[r]) ? HasWire(record, r)
                : Layer2Model.EncapsulationOf(record[r + Layer2Model.Flags]) != Layer2Model.NoEncapsulation;
        }

        private static bool HasWire(int[] record, int r)
        {
            return PseudowireLines.IsMade(record[r + Layer2Model.Flags], record[r + Layer2Model.LocalLabel]);
        }

        // The other model has the same circuit, storm control aside: it stays as it is.
        private static bool StaysAsItIs(Layer2Model model, int[] record, int r, out int same)
        {
            same = -1;
            int at = model.FindSame(record, r);
            if (at < 0 || !IsMade(record, r) || !IsMade(model.Circuits, at * Layer2Model.CircuitStride))
            {
                return false;
            }
            same = at * Layer2Model.CircuitStride;
            for (int i = Layer2Model.Peer; i < Layer2Model.Storm; i++)
            {
                if (model.Circuits[same + i] != record[r + i])
                {
                    return false;
                }
            }
            return true;
        }

        private static bool Stays(Layer2Model model, Layer2Model other, int key)
        {
            int at = model.Find(key, 0, 0);
            int same;
            return at >= 0 && StaysAsItIs(other, model.Circuits, at * Layer2Model.CircuitStride, out same);
        }

        // A join whose end is made anew is made anew itself.
        private static bool JoinStays(Layer2Model model, Layer2Model other, int r)
        {
            int at = other.FindJoin(model.Joins[r]);
            return at >= 0 && other.Joins[at * Layer2Model.JoinStride] == model.Joins[r]
                && other.Joins[at * Layer2Model.JoinStride + Layer2Model.OtherKey] == model.Joins[r + Layer2Model.OtherKey]
                && Stays(model, other, model.Joins[r]) && Stays(model, other, model.Joins[r + Layer2Model.OtherKey]);
        }

        private void RemoveJoin(int r)
        {
            if (!JoinStays(_from.Layer2, _to.Layer2, r))
            {
                int key = _from.Layer2.Joins[r];
                Note(_control.DisconnectInstance(Layer2Model.PortOf(key), Layer2Model.NumberOf(key)));
            }
        }

        private void RemoveCircuit(int r)
        {
            int[] record = _from.Layer2.Circuits;
            int same;
            if (!IsMade(record, r) || StaysAsItIs(_to.Layer2, record, r, out same))
            {
                return;
            }
            Note(Layer2Model.IsWire(record[r]) ? _control.RemoveBridgePseudowire((uint)record[r + Layer2Model.Peer], (uint)record[r + Layer2Model.VcId])
                : _control.RemoveInstance(Layer2Model.PortOf(record[r]), Layer2Model.NumberOf(record[r])));
        }

        private void RemoveBridge(int r)
        {
            int number = _from.Layer2.Bridges[r];
            if (_to.Layer2.FindBridge(number) < 0)
            {
                Note(_control.RemoveBridge(number));
            }
        }

        private void AddBridge(int r)
        {
            int[] to = _to.Layer2.Bridges;
            int[] from = _from.Layer2.Bridges;
            int was = _from.Layer2.FindBridge(to[r]) * Layer2Model.BridgeStride;
            if (was < 0 || from[was + Layer2Model.MacLimit] != to[r + Layer2Model.MacLimit] || from[was + Layer2Model.AgeSeconds] != to[r + Layer2Model.AgeSeconds])
            {
                Note(_control.SetBridge(to[r], to[r + Layer2Model.MacLimit], to[r + Layer2Model.AgeSeconds]));
            }
        }

        private void AddCircuit(int r)
        {
            int[] record = _to.Layer2.Circuits;
            if (!IsMade(record, r))
            {
                return;
            }
            int same;
            bool stays = StaysAsItIs(_from.Layer2, record, r, out same);
            int bridge = record[r + Layer2Model.Bridge];
            if (Layer2Model.IsWire(record[r]))
            {
                if (!stays)
                {
                    Note(_control.AddBridgePseudowire(bridge >> 4, bridge & 15, (uint)record[r + Layer2Model.Peer], (uint)record[r + Layer2Model.VcId],
                        record[r + Layer2Model.LocalLabel], record[r + Layer2Model.RemoteLabel], PseudowireLines.ModeOf(record[r + Layer2Model.Flags])));
                }
                return;
            }
            if (!stays)
            {
                AddInstance(record, r);
            }
            int port = Layer2Model.PortOf(record[r]);
            int number = Layer2Model.NumberOf(record[r]);
            for (int kind = 0; kind < StormTable.Kinds; kind++)
            {
                int rate = record[r + Layer2Model.Storm + kind];
                if (rate != (stays ? _from.Layer2.Circuits[same + Layer2Model.Storm + kind] : 0))
                {
                    Note(_control.SetInstanceStorm(port, number, kind, rate == 0 ? 0 : rate == 1 ? StormTable.BlockAll : rate - 1));
                }
            }
        }

        private void AddInstance(int[] record, int r)
        {
            int port = Layer2Model.PortOf(record[r]);
            int number = Layer2Model.NumberOf(record[r]);
            int flags = record[r + Layer2Model.Flags];
            int made = _control.AddInstance(port, number, Layer2Model.EncapsulationOf(flags), record[r + Layer2Model.Vlans]);
            Note(made);
            if (made < ControlResult.Ok)
            {
                return;
            }
            SetTags(port, number, Layer2Model.RewriteOf(flags), record[r + Layer2Model.Vlans] & 0xFFF, record[r + Layer2Model.Vlans] >> 12, record[r + Layer2Model.RewriteVlan]);
            int bridge = record[r + Layer2Model.Bridge];
            if (bridge != 0)
            {
                Note(_control.JoinBridge(port, number, bridge >> 4, bridge & 15));
            }
            if (HasWire(record, r))
            {
                Note(_control.AddInstancePseudowire(port, number, (uint)record[r + Layer2Model.Peer], (uint)record[r + Layer2Model.VcId],
                    record[r + Layer2Model.LocalLabel], record[r + Layer2Model.RemoteLabel], PseudowireLines.ModeOf(flags)));
            }
        }

        // Symmetric: what is done to the tags of a frame that comes in is undone on one that goes out.
        private void SetTags(int port, int number, int rewrite, int outer, int inner, int vlan)
        {
            switch (rewrite)
            {
                case Layer2Model.PopOne:
                    Keep(_control.SetInstanceTags(port, number, 1, 0, 0, 1, outer, 0));
                    break;
                case Layer2Model.PopTwo:
                    Keep(_control.SetInstanceTags(port, number, 2, 0, 0, 2, outer, inner));
                    break;
                case Layer2Model.Translate:
                    Keep(_control.SetInstanceTags(port, number, 1, vlan, 1, 1, outer, 0));
                    break;
                case Layer2Model.Push:
                    Keep(_control.SetInstanceTags(port, number, 0, vlan, 1, 0, 0, 0));
                    break;
            }
        }

        private void AddJoin(int r)
        {
            if (!JoinStays(_to.Layer2, _from.Layer2, r))
            {
                int one = _to.Layer2.Joins[r];
                int other = _to.Layer2.Joins[r + Layer2Model.OtherKey];
                Note(_control.ConnectInstances(Layer2Model.PortOf(one), Layer2Model.NumberOf(one), Layer2Model.PortOf(other), Layer2Model.NumberOf(other)));
            }
        }

        private static int ReversePathOf(int flags)
        {
            return ((flags & ConfigurationModel.VerifyStrict) != 0 ? AttachmentTable.ReversePathStrict : AttachmentTable.ReversePathLoose)
                | ((flags & ConfigurationModel.VerifyAllowDefault) != 0 ? AttachmentTable.AllowDefault : 0);
        }

        private void PutLayer2Fault(TextBuffer output, Layer2Model model)
        {
            int key = _faultPhase == RemoveCircuits || _faultPhase == AddCircuits ? model.Circuits[_faultRow * Layer2Model.CircuitStride]
                : _faultPhase == RemoveJoins || _faultPhase == AddJoins ? model.Joins[_faultRow * Layer2Model.JoinStride]
                : Layer2Model.WireKey | model.Bridges[_faultRow * Layer2Model.BridgeStride];
            if (Layer2Model.IsWire(key))
            {
                output.Text("bridge-domain ").Number(Layer2Model.NumberOf(key));
                return;
            }
            output.Text(_interfaces.Name[Layer2Model.PortOf(key)]).Text(" service instance ").Number(Layer2Model.NumberOf(key));
        }
    }
}
