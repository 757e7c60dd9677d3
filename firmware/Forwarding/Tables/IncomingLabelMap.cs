namespace LabEdge.Forwarding
{
    /// <summary>
    /// Incoming label map (ILM, RFC 3031 section 3.11): one handle per label of our window, with the label scope that it was
    /// advertised to. O(1): index = label - first label.
    /// </summary>
    public sealed class IncomingLabelMap
    {
        public readonly int[] Handle;
        public readonly int First;

        public IncomingLabelMap(Capacity capacity)
        {
            First = capacity.FirstLabel;
            Handle = new int[capacity.Labels];
        }

        public bool InWindow(int label)
        {
            return (uint)(label - First) < (uint)Handle.Length;
        }

        /// <returns>The handle with its scope, or <see cref="ForwardingHandle.None"/>.</returns>
        public int Lookup(int label)
        {
            return InWindow(label) ? Handle[label - First] : ForwardingHandle.None;
        }

        /// <summary>Publishes an entry. The rows it names have been written before.</summary>
        /// <returns>False when the label is outside our window.</returns>
        public bool Set(int label, int handle, int scope)
        {
            if (!InWindow(label))
            {
                return false;
            }
            Handle[label - First] = handle == ForwardingHandle.None ? handle : ForwardingHandle.WithScope(handle, scope);
            return true;
        }

        public void Remove(int label)
        {
            if (InWindow(label))
            {
                Handle[label - First] = ForwardingHandle.None;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("ILM");
            bill.Object(2);
            bill.Array(Handle.Length * 4);
        }
    }
}
