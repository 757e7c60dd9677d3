namespace LabEdge.Hal.W5500
{
    // The face for whoever starts ports of any chip.
    public sealed partial class W5500Port
    {
        public bool IsReady
        {
            get { return State == W5500State.Ready; }
        }

        public bool IsStarting
        {
            get { return State == W5500State.Busy; }
        }

        public void StartChip()
        {
            Start();
        }

        public string Condition
        {
            get
            {
                switch (State)
                {
                    case W5500State.Off: return "W5500 not started";
                    case W5500State.Busy: return "W5500 is being reset";
                    case W5500State.Ready: return "W5500 runs";
                    case W5500State.ResetStuck: return "no answer: the reset of the W5500 does not end (chip select or MISO not connected, or no supply)";
                    case W5500State.WrongVersion: return "no W5500 there: VERSIONR is not 04 (chip absent, MISO not connected, or pins swapped)";
                    case W5500State.WrongDefaults: return "W5500 answers wrongly: RTR is not 07D0 after reset (SPI clock too fast, or long wires)";
                    case W5500State.OpenFailed: return "W5500 does not open socket 0 in MACRAW";
                    default: return "W5500 was lost: it has been reset behind our back, or does not answer any more";
                }
            }
        }
    }
}
