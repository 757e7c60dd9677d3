using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LabEdge.Emulator.Commands;

/// <summary>Plain lines for a console that may have a live table at its foot: each whole line is put above that.</summary>
public sealed class ConsoleLines(IAnsiConsole console) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\r') return;
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }

        console.Write(new Above(new Text(_line + "\n")));
        _line.Clear();
    }

    // The cursor stands where the table began: what is left of it there would shine through.
    private sealed class Above(IRenderable line) : IRenderable
    {
        private const string EraseToEnd = "\e[J";

        public Measurement Measure(RenderOptions options, int maxWidth) => line.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => line.Render(options, maxWidth).Prepend(Segment.Control(EraseToEnd));
    }
}
