using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests;

/// <summary>
/// A kernel that asks a <see cref="FrameTrial"/> what will become of each frame, lets the real kernel take it, and notes every difference:
/// frames sent (port and octets), reason of the drop, note for Host; and whether the trial left anything else than it was.
/// </summary>
public sealed class TrialKernel(BurstKernel kernel, int stateEvery = 64) : BurstKernel
{
    private const int MaxDifferences = 10;

    private readonly List<(int Port, byte[] Octets)> _sent = [];
    private readonly Frame[] _one = new Frame[1];
    private FrameTrial _trial;
    private Tables _tables;
    private StateImage _state;

    /// <summary>The first differences, in words.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>Frames asked about; of them sent on, dropped, and for the router itself.</summary>
    public int Frames { get; private set; }
    public int Forwarded { get; private set; }
    public int Dropped { get; private set; }
    public int Noted { get; private set; }
    public HashSet<int> Reasons { get; } = [];
    public HashSet<int> Rows { get; } = [];

    public override int Burst(Tables tables, Frame[] frames, int at, int count, int port)
    {
        int forwarded = 0;
        for (int i = 0; i < count; i++) forwarded += Take(tables, frames, at + i, port);
        return forwarded;
    }

    private int Take(Tables tables, Frame[] frames, int at, int port)
    {
        Frame frame = frames[at];
        byte[] received = frame.Octets.AsSpan(frame.Start, frame.Length).ToArray();
        if (_tables != tables)
        {
            _tables = tables;
            _trial = new FrameTrial(tables);
            _state = new StateImage();
        }

        bool compare = Frames++ % stateEvery == 0;
        if (compare) _state.Keep(tables);
        if (!_trial.Receive(received, 0, received.Length, port)) Note(received, "too long for the trial", "taken");
        if (compare && _state.Change(tables) is string change) Note(received, "the trial changed " + change, "nothing");

        int[] dropped = (int[])tables.Ledger.Dropped.Clone();
        int fragments = tables.Ledger.PuntedByClass[PuntClass.Fragment];
        int noted = tables.ExceptionCount;
        IFramePort[] devices = (IFramePort[])tables.Devices.Clone();
        _sent.Clear();
        for (int p = 0; p < devices.Length; p++) tables.Devices[p] = devices[p] == null ? null : new Tap(this, p, devices[p]);
        int forwarded = kernel.Burst(tables, frames, at, 1, port);
        devices.CopyTo(tables.Devices, 0);

        int reason = Enumerable.Range(0, dropped.Length).Where(r => tables.Ledger.Dropped[r] != dropped[r]).Select(r => r % DropReason.Count).FirstOrDefault();
        int mark = tables.ExceptionCount > noted ? frame.Mark : tables.Ledger.PuntedByClass[PuntClass.Fragment] != fragments ? PuntClass.Fragment : 0;
        string real = Ends(reason, mark, mark == 0 || mark == PuntClass.Fragment ? "" : $"{frame.Context} {frame.Offset - frame.Headroom} {Counts(mark, frame.Value)}", _sent);
        string said = Ends(_trial.Reason, _trial.Mark, _trial.Mark == 0 || _trial.Mark == PuntClass.Fragment ? ""
            : $"{_trial.Context} {_trial.Offset - _trial.Start} {Counts(_trial.Mark, _trial.Value)}", [.. Enumerable.Range(0, _trial.SentCount).Select(i => (_trial.SentPort[i], _trial.Sent[i]))]);
        if (real != said) Note(received, said, real);
        Forwarded += forwarded;
        Dropped += reason != 0 ? 1 : 0;
        Noted += mark != 0 ? 1 : 0;
        Reasons.Add(reason);
        for (int i = 0; i < _trial.Trace.Count; i++) Rows.Add(_trial.Trace.Entries[i * FrameTrace.Stride]);
        return forwarded;
    }

    private static string Counts(int mark, int value) => mark is PuntClass.Resolve or PuntClass.MtuExceeded or PuntClass.MtuExceededLabelled or PuntClass.TtlExpiredLabelled ? value.ToString() : "";

    private static string Ends(int reason, int mark, string note, List<(int Port, byte[] Octets)> sent)
    {
        return $"drop {DropReason.Name(reason)}, mark {PuntClass.Name(mark)} {note}; " + string.Join("; ", sent.Take(FrameTrial.MaxSent).Select(s => $"{s.Port}: {Convert.ToHexString(s.Octets)}"));
    }

    private void Note(byte[] received, string said, string real)
    {
        if (Differences.Count < MaxDifferences) Differences.Add($"frame {Frames}: {Convert.ToHexString(received)}\n  said {said}\n  real {real}");
    }

    private sealed class Tap(TrialKernel owner, int port, IFramePort real) : IFramePort
    {
        public LinkKind Kind => real.Kind;
        public bool LinkUp => real.LinkUp;
        public int MaxFrameLength => real.MaxFrameLength;
        public bool Receive(Frame frame) => real.Receive(frame);
        public int ReceiveBurst(Frame[] frames, int max) => real.ReceiveBurst(frames, max);
        public void Flush() => real.Flush();

        public bool Send(Frame frame)
        {
            owner._sent.Add((port, frame.Octets.AsSpan(frame.Start, frame.Length).ToArray()));
            return real.Send(frame);
        }
    }
}
