using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// The running and the candidate model, and how one becomes the other. Between changes both are equal. A change edits the
    /// candidate; commit applies the difference, and if Control refuses a part of it, takes all of it back.
    /// </summary>
    public sealed class RouterConfiguration
    {
        public readonly ConfigurationModel Running;
        public readonly ConfigurationModel Candidate;
        public readonly VrfNames Vrfs;
        public readonly ConfigurationEditor Editor;
        public readonly ConfigurationDifference Difference;

        /// <summary>What Control answered to the last commit; Ok when it stands.</summary>
        public int Result;

        /// <summary>What Control refused, as in "route 10.0.0.0/8".</summary>
        public string Refused;
        private bool _takingBack;

        /// <summary>What runs is not what the store was given or gave.</summary>
        public bool Changed;

        public RouterConfiguration(ControlModule control, HostStack host, Tables tables, Capacity capacity, LineLexer line, CommandMatcher matcher,
            InterfaceNames names)
        {
            Running = new ConfigurationModel(capacity);
            Candidate = new ConfigurationModel(capacity);
            Vrfs = new VrfNames(capacity);
            Difference = new ConfigurationDifference(control, host, tables, Vrfs);
            Editor = new ConfigurationEditor(Candidate, Running, Vrfs, tables, control, line, matcher, names);
        }

        public void BeginCommit()
        {
            _takingBack = false;
            Result = ControlResult.Ok;
            Difference.Begin(Running, Candidate);
        }

        /// <summary>Applies one record.</summary>
        /// <returns>False when the commit is over; <see cref="Result"/> says how it ended.</returns>
        public bool StepCommit()
        {
            bool more = Difference.Step();
            if (_takingBack)
            {
                if (!more)
                {
                    Abandon();
                }
                return more;
            }
            if (Difference.Result != ControlResult.Ok)
            {
                Result = Difference.Result;
                Refused = Describe();
                if (Difference.Changes == 0)
                {
                    Abandon();
                    return false;
                }

                // Back to what was: what had not been reached yet answers "not configured", which is as wished.
                _takingBack = true;
                Difference.Begin(Candidate, Running);
                return true;
            }
            if (!more)
            {
                Changed = true;
                Running.CopyFrom(Candidate);
                Vrfs.Sweep(Running, Candidate);
            }
            return more;
        }

        private string Describe()
        {
            TextBuffer text = new TextBuffer(96);
            Difference.PutFault(text);
            char[] characters = new char[text.Used];
            text.Take(characters, 0, characters.Length);
            return new string(characters);
        }

        /// <summary>The candidate becomes the running configuration again.</summary>
        public void Abandon()
        {
            Candidate.CopyFrom(Running);
            Vrfs.Sweep(Running, Candidate);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("configuration");
            bill.Object(9);
            Running.Bill(bill);
            Candidate.Bill(bill);
            Vrfs.Bill(bill);
            Editor.Bill(bill);
            Difference.Bill(bill);
        }
    }
}
