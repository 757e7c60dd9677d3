namespace LabEdge.Hal.Enc28j60
{
    // The face for whoever starts ports of any chip.
    public sealed partial class Enc28j60Port
    {
        public bool IsReady
        {
            get { return State == Enc28j60State.Ready; }
        }

        public bool IsStarting
        {
            get { return State == Enc28j60State.Busy; }
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
                    case Enc28j60State.Off: return "ENC28J60 not started";
                    case Enc28j60State.Busy: return "ENC28J60 is being reset";
                    case Enc28j60State.Ready: return "ENC28J60 runs";
                    case Enc28j60State.WrongRevision: return "no ENC28J60 there: EREVID is no known revision (chip absent, MISO not connected, or pins swapped)";
                    case Enc28j60State.WrongDefaults: return "ENC28J60 answers wrongly: a pointer does not read back (SPI clock too fast, or long wires)";
                    case Enc28j60State.NoPhy: return "ENC28J60 answers without its PHY (SPI clock below 8 MHz, or a weak supply)";
                    default: return "ENC28J60 was lost: it has been reset behind our back, or does not answer any more";
                }
            }
        }
    }
}
