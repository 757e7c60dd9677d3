using LabEdge.Forwarding;

namespace LabEdge.Host
{
    // Read RFC 4862 section 5.4 before changing this file.

    /// <summary>
    /// Duplicate address detection: each address of a port is asked for once (DupAddrDetectTransmits) before it is used, and is
    /// used when nobody has claimed it for RETRANS_TIMER. The question is not delayed at random: the ports of a router come up one by one.
    /// </summary>
    public sealed class AddressTest
    {
        /// <summary>From the question until the address counts as ours.</summary>
        public const int WaitMs = 1000;

        private readonly Ipv6Interfaces _addresses;
        private readonly InterfaceTable _interfaces;
        private readonly NdSender _sender;

        /// <summary>Per row of the addresses: whether it has been asked for, and when it was.</summary>
        private readonly bool[] _asked;
        private readonly uint[] _askedAt;
        private bool _anyTested;

        /// <summary>Addresses that another station had.</summary>
        public int Duplicates;

        public AddressTest(Ipv6Interfaces addresses, InterfaceTable interfaces, NdSender sender)
        {
            _addresses = addresses;
            _interfaces = interfaces;
            _sender = sender;
            _asked = new bool[addresses.State.Length];
            _askedAt = new uint[addresses.State.Length];
        }

        /// <summary>The link came up, or an address was set on one that is: every address of the port that is not used yet is tested; after a change of link also those that were.</summary>
        /// <param name="again">True: the link is another than before.</param>
        public void Start(int port, bool again, uint now)
        {
            for (int row = port * Ipv6Interfaces.Slots; row < (port + 1) * Ipv6Interfaces.Slots; row++)
            {
                int state = _addresses.State[row];
                if (state == Ipv6Interfaces.Free || (!again && state != Ipv6Interfaces.Tentative) || (!again && _asked[row]))
                {
                    continue;
                }
                _addresses.State[row] = Ipv6Interfaces.Tentative;
                _asked[row] = true;
                _askedAt[row] = now;
                _anyTested = true;
                _sender.Test(port, row);
            }
        }

        /// <summary>The link went down: nothing there is used until it has been tested again.</summary>
        public void Stop(int port)
        {
            for (int row = port * Ipv6Interfaces.Slots; row < (port + 1) * Ipv6Interfaces.Slots; row++)
            {
                Forget(row);
            }
        }

        /// <summary>A row was removed, or waits for its link: no test is under way.</summary>
        public void Forget(int row)
        {
            _asked[row] = false;
            if (_addresses.State[row] != Ipv6Interfaces.Free && row / Ipv6Interfaces.Slots < _interfaces.Ports)
            {
                _addresses.State[row] = Ipv6Interfaces.Tentative;
            }
        }

        /// <summary>Another station tests or has a tentative address: it is never used.</summary>
        public void Claimed(int row)
        {
            _addresses.State[row] = Ipv6Interfaces.Duplicate;
            _asked[row] = false;
            Duplicates++;
        }

        /// <summary>Ends the tests whose time is up.</summary>
        /// <returns>Milliseconds until the next one ends, or <see cref="HostStack.Idle"/>.</returns>
        public uint Poll(uint now)
        {
            if (!_anyTested)
            {
                return HostStack.Idle;
            }
            for (int row = 0; row < _asked.Length; row++)
            {
                if (_asked[row] && now - _askedAt[row] >= WaitMs)
                {
                    _asked[row] = false;
                    _addresses.State[row] = Ipv6Interfaces.Preferred;
                    _sender.Announce(row / Ipv6Interfaces.Slots, row);
                }
            }
            return NextDueMs(now);
        }

        /// <returns>Milliseconds until <see cref="Poll"/> has work, or <see cref="HostStack.Idle"/>.</returns>
        public uint NextDueMs(uint now)
        {
            uint next = HostStack.Idle;
            if (!_anyTested)
            {
                return next;
            }
            for (int row = 0; row < _asked.Length; row++)
            {
                if (_asked[row])
                {
                    uint sinceMs = now - _askedAt[row];
                    uint restMs = sinceMs >= WaitMs ? 0 : WaitMs - sinceMs;
                    next = restMs < next ? restMs : next;
                }
            }
            _anyTested = next != HostStack.Idle;
            return next;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(7);
            bill.Array(_asked.Length);
            bill.Array(_askedAt.Length * 4);
        }
    }
}
