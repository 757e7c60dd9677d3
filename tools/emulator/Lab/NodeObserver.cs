using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// Looks at each frame that one node has received, before the frame path takes it: writes the account of labelled frames, follows
/// the journey, counts the pings of a check.
/// </summary>
public sealed class NodeObserver(RunningLab lab, LabNode node, AccountFile file) : IFrameObserver
{
    private readonly ForwardingAccount _account = new();

    public void Received(Frame frame, int port)
    {
        lab.Watch?.Received(node.Name, frame.Octets, frame.Start, frame.Length);
        bool followed = lab.Journey != null && lab.Journey.Follows(lab.Queue.Now, node.Name, frame.Octets, frame.Start, frame.Length);
        if (file == null && !followed) return;

        Tables tables = node.Router.Tables;
        _account.Describe(tables, frame, port);
        string egress = _account.EgressPort >= 0 ? node.Interfaces[_account.EgressPort] : null;
        if (followed) lab.Journey.Hops.Add(Hop(port, egress));
        bool labelled = _account.CountBefore > 0 || _account.CountAfter > 0;
        if (file == null || !labelled || _account.Verdict != ForwardingAccount.Forwarded) return;
        file.Write(lab.Queue.Now, node.Name, egress, lab.WireAt(node.Name, egress).Name, _account.StackAfter, _account.CountAfter);
    }

    private JourneyHop Hop(int port, string egress)
    {
        return new JourneyHop(
            lab.Queue.Now,
            node.Name,
            node.Interfaces[port],
            RowText.Of(_account, node.Router.Tables, node.Interfaces, Ipv6RouteText.Of(_account, node.Router, lab.Journey.Destination)),
            LabelStackText.Labels(_account.StackBefore, _account.CountBefore),
            LabelStackText.Labels(_account.StackAfter, _account.CountAfter),
            _account.TtlBefore,
            _account.TtlAfter,
            egress,
            lab.Journey.IpTtl)
        {
            General = _account.Verdict == ForwardingAccount.General,
        };
    }
}
