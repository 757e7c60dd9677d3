using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // The clock, the timers and the steps of the machine; the tables and their RAM are in NeighborSlots.cs.
    public abstract partial class NeighborSlots
    {
        /// <summary>Takes the time; called before anything else that happens at this time.</summary>
        public void SetClock(uint now)
        {
            _now = now;
            if (!_hasClock)
            {
                _hasClock = true;
                for (int n = 0; n < _count; n++)
                {
                    // What was set before the first look at the clock counted from zero.
                    _deadline[n] += now;
                    _touchedAt[n] += now;
                }
                _nextDue += now;
            }
        }

        /// <summary>Works off the timers.</summary>
        /// <returns>Milliseconds until the next one, or <see cref="HostStack.Idle"/>.</returns>
        public uint Poll(uint now)
        {
            SetClock(now);
            if (_anyTimed && (int)(now - _nextDue) >= 0)
            {
                for (int n = 0; n < _count; n++)
                {
                    if ((_flags[n] & Timed) != 0 && (int)(now - _deadline[n]) >= 0)
                    {
                        Step(n, DueEvent(n));
                    }
                }
                FindNextDue();
            }
            return NextDueMs(now);
        }

        /// <returns>Milliseconds until <see cref="Poll"/> has work, or <see cref="HostStack.Idle"/>.</returns>
        public uint NextDueMs(uint now)
        {
            if (!_anyTimed)
            {
                return HostStack.Idle;
            }
            return (int)(now - _nextDue) >= 0 ? 0 : _nextDue - now;
        }

        private void FindNextDue()
        {
            _anyTimed = false;
            for (int n = 0; n < _count; n++)
            {
                if ((_flags[n] & Timed) != 0 && (!_anyTimed || (int)(_nextDue - _deadline[n]) > 0))
                {
                    _nextDue = _deadline[n];
                    _anyTimed = true;
                }
            }
        }

        /// <summary>What the timer of an entry means.</summary>
        protected virtual int DueEvent(int n)
        {
            return _triesLeft[n] > 0 ? NeighborMachine.Due : _references[n] > 0 ? NeighborMachine.Exhausted : NeighborMachine.Abandoned;
        }

        /// <summary>One row of the machine. Entering Incomplete begins the tries anew.</summary>
        protected void Step(int n, int machineEvent)
        {
            int state = _state[n];
            int next = NextState(state, machineEvent);
            bool wasResolved = IsResolvedState(state);
            bool resolved = IsResolvedState(next);
            _state[n] = (byte)next;
            if (next == Incomplete && (state != Incomplete || machineEvent == NeighborMachine.PortUp || machineEvent == NeighborMachine.Cleared))
            {
                _triesLeft[n] = Tries;
            }
            if (wasResolved != resolved)
            {
                MarkChanged(n);
            }
            int action = ActionOf(state, machineEvent);
            switch (action)
            {
                case NeighborMachine.Nothing:
                    break;
                case NeighborMachine.Ask:
                    Ask(n);
                    break;
                case NeighborMachine.Learn:
                    Learn(n, _confirmedMs);
                    break;
                case NeighborMachine.Poll:
                    if (_triesLeft[n] > 0)
                    {
                        _triesLeft[n]--;
                    }
                    SetFlag(n, Asked);
                    _askedAt[n] = _now;
                    Solicit(n, true);
                    StartTimer(n, _pollIntervalMs);
                    break;
                case NeighborMachine.LoseAndAsk:
                    MakeUnusable(n);
                    Ask(n);
                    break;
                case NeighborMachine.Suspend:
                    MakeUnusable(n);
                    ClearFlag(n, Timed);
                    break;
                case NeighborMachine.HoldDown:
                    StartTimer(n, HoldDownMs);
                    break;
                case NeighborMachine.Remove:
                    MakeUnusable(n);
                    ClearFlag(n, Timed);
                    _held[_port[n]]--;
                    _port[n] = None;
                    ClearAddress(n);
                    _references[n] = 0;
                    break;
                default:
                    Act(n, action);
                    break;
            }
        }

        /// <summary>The hardware address is known now: writes the transports, and starts the timer.</summary>
        protected void Learn(int n, int delayMs)
        {
            _touchedAt[n] = _now;
            _triesLeft[n] = Tries;
            if (!OwesLoss(n))
            {
                WriteTransports(n);
            }
            StartTimer(n, delayMs);
        }

        private void Ask(int n)
        {
            if (_portIsDown[_port[n]])
            {
                ClearFlag(n, Timed);
                return;
            }
            if (!_hasClock)
            {
                StartTimer(n, 0);
                return;
            }
            if ((_flags[n] & Asked) != 0)
            {
                int sinceMs = (int)(_now - _askedAt[n]);
                if (sinceMs >= 0 && sinceMs < AskIntervalMs)
                {
                    StartTimer(n, AskIntervalMs - sinceMs);
                    return;
                }
            }
            if (_triesLeft[n] > 0)
            {
                _triesLeft[n]--;
            }
            if (Solicit(n, false))
            {
                SetFlag(n, Asked);
                _askedAt[n] = _now;
            }
            StartTimer(n, AskIntervalMs);
        }

        protected void StartTimer(int n, int delayMs)
        {
            _deadline[n] = _now + (uint)delayMs;
            SetFlag(n, Timed);
            if (!_anyTimed || (int)(_nextDue - _deadline[n]) > 0)
            {
                _nextDue = _deadline[n];
                _anyTimed = true;
            }
        }

        private void WriteTransports(int n)
        {
            int port = _port[n];
            if (_withheld[port] != Open)
            {
                // They are unusable since it was withheld.
                return;
            }
            int mtu = _tables.Ports.MtuOf(port);
            int at = n * EthernetHeader.AddressLength;
            _tables.Ports.CopyAddress(port, _station, 0);
            _tables.Transports.Set(_ipTransport[n], port, mtu, _hardware, at, _station, 0, _etherType, -1, null, 0);
            if (_mplsTransport[n] != TransportTable.None)
            {
                _tables.Transports.Set(_mplsTransport[n], port, mtu, _hardware, at, _station, 0, EthernetHeader.Mpls, -1, null, 0);
            }
        }

        private void MakeUnusable(int n)
        {
            _tables.Transports.SetUnusable(_ipTransport[n]);
            if (_mplsTransport[n] != TransportTable.None)
            {
                _tables.Transports.SetUnusable(_mplsTransport[n]);
            }
        }

        protected void SetFlag(int n, int flag)
        {
            _flags[n] = (byte)(_flags[n] | flag);
        }

        protected void ClearFlag(int n, int flag)
        {
            _flags[n] = (byte)(_flags[n] & ~flag);
        }
    }
}
