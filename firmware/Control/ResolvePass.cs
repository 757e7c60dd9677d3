using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// Resolves everything again after a change, in bounded steps: routes, neighbours, input bindings, pseudowires; then releases
    /// the neighbours and tunnels that nothing used. A change during a pass asks for one more, so the last pass began
    /// after the last change, and what it leaves depends on the configuration and the links only.
    /// </summary>
    public sealed class ResolvePass
    {
        /// <summary>When a table was full, how long until it is tried again.</summary>
        public const uint RetryMs = 1000;

        private const int Idle = 0;
        private const int Routes = 1;

        /// <summary>After the routes: a neighbour may be reached by one that names its port only.</summary>
        private const int Neighbors = 2;
        private const int Bindings = 3;
        private const int Pseudowires = 4;
        private const int Ipv6Routes = 5;
        private const int Ipv6Neighbors = 6;

        private readonly RouteTable _routes;
        private readonly RouteSelector _selector;
        private readonly LabelBindings _bindings;
        private readonly StaticLabels _labels;
        private readonly StaticPseudowires _pseudowires;
        private readonly Adjacencies _adjacencies;
        private readonly TunnelTransports _tunnels;
        private readonly Ipv6RouteTable _ipv6Routes;
        private readonly Ipv6Adjacencies _ipv6Adjacencies;
        private int _phase;

        /// <summary>Passes done: who follows what Control knows looks again when it has changed. Wraps.</summary>
        internal int Passes;
        private int _cursor;
        private bool _refused;
        private bool _retrying;
        private bool _failedBefore;
        private uint _retryAt;

        public ResolvePass(RouteTable routes, RouteSelector selector, LabelBindings bindings, StaticLabels labels, StaticPseudowires pseudowires,
            Adjacencies adjacencies, TunnelTransports tunnels, Ipv6RouteTable ipv6Routes, Ipv6Adjacencies ipv6Adjacencies)
        {
            _routes = routes;
            _selector = selector;
            _bindings = bindings;
            _labels = labels;
            _pseudowires = pseudowires;
            _adjacencies = adjacencies;
            _tunnels = tunnels;
            _ipv6Routes = ipv6Routes;
            _ipv6Adjacencies = ipv6Adjacencies;
        }

        public bool IsIdle
        {
            get { return _phase == Idle && !_routes.Dirty && !IsRetrySoon; }
        }

        // Released rows can be taken again after this poll: the first retry is the next one.
        private bool IsRetrySoon
        {
            get { return _retrying && !_failedBefore; }
        }

        /// <summary>Does up to <paramref name="budget"/> units.</summary>
        /// <returns>Units left.</returns>
        internal int Poll(uint now, int budget)
        {
            while (true)
            {
                if (_phase == Idle)
                {
                    if (!_routes.Dirty && !IsRetrySoon && !(_retrying && (int)(now - _retryAt) >= 0))
                    {
                        return budget;
                    }
                    Begin();
                }
                while (_phase != Idle)
                {
                    if (budget <= 0)
                    {
                        return budget;
                    }
                    budget -= Step(now);
                }
                if (IsRetrySoon)
                {
                    return budget;
                }
            }
        }

        private void Begin()
        {
            _failedBefore = _retrying;
            _routes.Dirty = false;
            _retrying = false;
            _refused = false;
            _adjacencies.BeginMarking();
            _tunnels.BeginMarking();
            _ipv6Adjacencies.BeginMarking();
            _phase = Routes;
            _cursor = 0;
        }

        // One row of the present phase. Returns the units that it cost.
        private int Step(uint now)
        {
            int i = _cursor++;
            switch (_phase)
            {
                case Neighbors:
                    if (i >= _adjacencies.Count)
                    {
                        return NextPhase();
                    }
                    Note(_adjacencies.Follow(i));
                    return 1;
                case Routes:
                    if (i >= _routes.High)
                    {
                        return NextPhase();
                    }
                    return StepRoute(i);
                case Bindings:
                    if (i >= _bindings.High)
                    {
                        return NextPhase();
                    }
                    if (_bindings.Kind[i] == LabelBindings.Input)
                    {
                        Note(_labels.Program(i));
                        return 1;
                    }
                    return 0;
                case Pseudowires:
                    if (i >= _pseudowires.Count)
                    {
                        return NextPhase();
                    }
                    if (_pseudowires.IsUsed(i))
                    {
                        Note(_pseudowires.Program(i));
                        return 1;
                    }
                    return 0;
                case Ipv6Routes:
                    if (i >= _ipv6Routes.High)
                    {
                        return NextPhase();
                    }
                    return StepIpv6Route(i);
                default:
                    if (i < _ipv6Adjacencies.Count)
                    {
                        Note(_ipv6Adjacencies.Follow(i));
                        return 1;
                    }
                    End(now);
                    return 1;
            }
        }

        // A prefix is programmed at the first of its candidates.
        private int StepRoute(int route)
        {
            if (!_routes.IsUsed(route))
            {
                return 0;
            }
            for (int k = _routes.FirstOf(_routes.Vrf[route], _routes.Prefix[route], _routes.Bits[route]); k != RouteTable.None; k = _routes.NextOf(k))
            {
                if (k < route)
                {
                    return 1;
                }
            }
            Note(_selector.Program(_routes.Vrf[route], _routes.Prefix[route], _routes.Bits[route]));
            return 1;
        }

        // As StepRoute. A prefix's leaf is written from any of its rows.
        private int StepIpv6Route(int route)
        {
            if (!_ipv6Routes.IsUsed(route))
            {
                return 0;
            }
            int length = Forwarding.Wire.Ipv6Header.AddressLength;
            for (int k = _ipv6Routes.FirstOf(_ipv6Routes.Vrf[route], _ipv6Routes.Prefix, route * length, _ipv6Routes.Bits[route]); k != Ipv6RouteTable.None; k = _ipv6Routes.NextOf(k))
            {
                if (k < route)
                {
                    return 1;
                }
            }
            Note(_ipv6Routes.Selector.Program(route));
            return 1;
        }

        private int NextPhase()
        {
            _phase++;
            _cursor = 0;
            return 0;
        }

        private void Note(bool programmed)
        {
            _refused |= !programmed;
        }

        private void End(uint now)
        {
            _tunnels.ReleaseUnmarked();
            _adjacencies.ReleaseUnmarked();
            _ipv6Adjacencies.ReleaseUnmarked();
            _phase = Idle;
            Passes++;
            if (_refused)
            {
                _retrying = true;
                _retryAt = now + RetryMs;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(16);
        }
    }
}
