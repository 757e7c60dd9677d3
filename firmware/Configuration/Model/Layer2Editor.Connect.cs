using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    // Local switching: two service instances joined under a name.
    public sealed partial class Layer2Editor
    {
        /// <summary>Joins two service instances, or takes a join by its name apart.</summary>
        public int SetConnect(bool no)
        {
            Begin();
            int word = _matcher.WordOf[0];
            int named = FindName(word);
            if (no)
            {
                if (named < 0)
                {
                    return Fault(ConfigurationFault.NotThere, word);
                }
                int old = named * Layer2Model.JoinStride + Layer2Model.Name;
                _layer2.Joins[old] = _model.SetText(_layer2.Joins[old], null, 0, 0);
                _layer2.RemoveJoin(named);
                return ConfigurationFault.None;
            }
            if (named >= 0)
            {
                return Fault(ConfigurationFault.NameTwice, word);
            }
            int one = InstanceOf(1, 2);
            int fault = CheckEnd(one, 1, 2);
            if (fault != ConfigurationFault.None)
            {
                return fault;
            }
            int other = InstanceOf(3, 4);
            fault = CheckEnd(other, 3, 4);
            if (fault != ConfigurationFault.None)
            {
                return fault;
            }
            if (one == other)
            {
                return Fault(ConfigurationFault.OneInstance, _matcher.WordOf[4]);
            }
            int size = _line.Size[word];
            if (size > VrfStore.MaxName)
            {
                return Fault(ConfigurationFault.BadName, word);
            }
            if (!_model.TextFits(0, size))
            {
                return Fault(ConfigurationFault.TextFull, word);
            }
            int r = _layer2.AddJoin(one, other);
            if (r < 0)
            {
                return Fault(ConfigurationFault.TableFull, word);
            }
            _layer2.Joins[r + Layer2Model.Name] = _model.SetText(0, _line.Octets, _line.Start[word], size);
            return ConfigurationFault.None;
        }

        private int InstanceOf(int interfaceArgument, int numberArgument)
        {
            int named = (int)_matcher.Value[interfaceArgument];
            return (named & InterfaceNames.Loopback) != 0 ? NoContext : Layer2Model.KeyOf(named, (int)_matcher.Value[numberArgument]);
        }

        private int CheckEnd(int key, int interfaceArgument, int numberArgument)
        {
            if (key == NoContext)
            {
                return Fault(ConfigurationFault.NotAPort, _matcher.WordOf[interfaceArgument]);
            }
            int at = _layer2.Find(key, 0, 0);
            int r = at * Layer2Model.CircuitStride;
            if (at < 0 || Layer2Model.EncapsulationOf(_layer2.Circuits[r + Layer2Model.Flags]) == Layer2Model.NoEncapsulation)
            {
                return Fault(ConfigurationFault.NoInstance, _matcher.WordOf[numberArgument]);
            }
            bool free = (_layer2.Circuits[r + Layer2Model.Flags] & ConfigurationModel.Xconnect) == 0 && _layer2.Circuits[r + Layer2Model.Bridge] == 0
                && _layer2.FindJoin(key) < 0;
            return free ? ConfigurationFault.None : Fault(ConfigurationFault.HasService, _matcher.WordOf[numberArgument]);
        }

        private int FindName(int word)
        {
            for (int i = 0; i < _layer2.JoinCount; i++)
            {
                int handle = _layer2.Joins[i * Layer2Model.JoinStride + Layer2Model.Name];
                int length = handle & 255;
                int k = 0;
                while (length == _line.Size[word] && k < length && _model.Texts[(handle >> 8) + k] == _line.Octets[_line.Start[word] + k])
                {
                    k++;
                }
                if (k == length && length == _line.Size[word])
                {
                    return i;
                }
            }
            return -1;
        }
    }
}
