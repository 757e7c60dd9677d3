using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LabEdge.Emulator;

/// <summary>
/// Refuses YAML that is nested deeper than any lab is, or holds itself by an alias: the library reads it by recursion, and a stack
/// that runs out ends the process.
/// </summary>
public sealed class ShallowParser(IParser inner) : IParser
{
    /// <summary>Lists and mappings within each other.</summary>
    public const int Deepest = 32;

    // Anchors of the lists and mappings that are open, outermost first; empty names for those without one.
    private readonly Stack<AnchorName> _open = [];

    public ParsingEvent Current => inner.Current;

    /// <exception cref="YamlException">It is refused, or the text is no YAML.</exception>
    public bool MoveNext()
    {
        if (!inner.MoveNext()) return false;
        switch (inner.Current)
        {
            case MappingStart or SequenceStart:
                _open.Push(((NodeEvent)inner.Current).Anchor);
                if (_open.Count > Deepest) Refuse($"at most {Deepest} lists and mappings within each other");
                break;
            case MappingEnd or SequenceEnd:
                _open.Pop();
                break;
            case AnchorAlias alias when _open.Contains(alias.Value):
                Refuse("an alias of something that it does not stand in");
                break;
        }

        return true;
    }

    private void Refuse(string expected) => throw new YamlException(inner.Current.Start, inner.Current.End, expected);
}
