using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// Whether a label may be bound by hand in a model: in our window and static range, bound once, and neither held
    /// by a protocol nor resting after a protocol gave it back (LabelManager's quarantine).
    /// </summary>
    public sealed class LabelRules
    {
        private readonly LabelManager _labels;

        public LabelRules(LabelManager labels)
        {
            _labels = labels;
        }

        /// <param name="label">The label asked for.</param>
        /// <param name="model">Where it is asked for.</param>
        /// <param name="held">The label that this very key holds in what is in force, or 0.</param>
        /// <param name="replaced">The label that this very key holds in <paramref name="model"/>, or 0.</param>
        /// <returns>A <see cref="ConfigurationFault"/>.</returns>
        public int Check(int label, ConfigurationModel model, int held, int replaced)
        {
            if (label < _labels.First || label > _labels.Last
                || (model.StaticMin != 0 && (label < model.StaticMin || label > model.StaticMax)))
            {
                return ConfigurationFault.LabelOutside;
            }
            if (label != replaced && IsBound(label, model))
            {
                return ConfigurationFault.LabelUsed;
            }
            if (label != held && !LabelOwner.IsByHand(_labels.LastOwnerOf(label)))
            {
                return ConfigurationFault.LabelRests;
            }
            return ConfigurationFault.None;
        }

        private static bool IsBound(int label, ConfigurationModel model)
        {
            for (int i = 0; i < model.BindingCount; i++)
            {
                int r = i * ConfigurationModel.BindingStride;
                if (model.Bindings[r + ConfigurationModel.BindingLabel] == label && model.Bindings[r + ConfigurationModel.NextHop] == 0)
                {
                    return true;
                }
            }
            for (int i = 0; i < model.Ports; i++)
            {
                if (model.Interfaces[i * ConfigurationModel.InterfaceStride + ConfigurationModel.LocalLabel] == label)
                {
                    return true;
                }
            }
            for (int i = 0; i < model.Layer2.CircuitCount; i++)
            {
                if (model.Layer2.Circuits[i * Layer2Model.CircuitStride + Layer2Model.LocalLabel] == label)
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>True when every label bound by hand is in this range.</summary>
        public static bool HoldsAll(ConfigurationModel model, int min, int max)
        {
            for (int i = 0; i < model.BindingCount; i++)
            {
                int r = i * ConfigurationModel.BindingStride;
                int label = model.Bindings[r + ConfigurationModel.BindingLabel];
                if (model.Bindings[r + ConfigurationModel.NextHop] == 0 && (label < min || label > max))
                {
                    return false;
                }
            }
            for (int i = 0; i < model.Ports; i++)
            {
                int label = model.Interfaces[i * ConfigurationModel.InterfaceStride + ConfigurationModel.LocalLabel];
                if (label != 0 && (label < min || label > max))
                {
                    return false;
                }
            }
            for (int i = 0; i < model.Layer2.CircuitCount; i++)
            {
                int label = model.Layer2.Circuits[i * Layer2Model.CircuitStride + Layer2Model.LocalLabel];
                if (label != 0 && (label < min || label > max))
                {
                    return false;
                }
            }
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(1);
        }
    }
}
