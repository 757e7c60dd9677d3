using System.Xml.Linq;
using LabEdge.Emulator.Shell;

namespace LabEdge.Tests.Shell;

[TestClass]
public class TerminalSvgTests
{
    [TestMethod]
    public void A_session_is_drawn_as_text_in_its_columns_with_its_inks()
    {
        InkRecord record = new(new PlainInk(TextWriter.Null));
        record.Write("lab> ", Ink.Prompt);
        record.Line("check <&>", Ink.Typed);
        record.Line();
        record.Line("  two   blanks");
        XDocument svg = XDocument.Parse(TerminalSvg.Draw(record.Lines, "a \"title\""));
        XNamespace space = "http://www.w3.org/2000/svg";
        XElement[] texts = [.. svg.Root.Elements(space + "text")];
        CollectionAssert.AreEqual(new[] { "a \"title\"", "lab>", "check <&>", "two   blanks" }, texts.Select(text => text.Value).ToArray());
        CollectionAssert.AreEqual(new[] { "title", "prompt", "typed", null }, texts.Select(text => text.Attribute("class")?.Value).ToArray());

        // Margin 16 and 7.8 per column.
        CollectionAssert.AreEqual(new[] { "16", "55", "31.6" }, texts.Skip(1).Select(text => text.Attribute("x").Value).ToArray());
        Assert.AreEqual(3 * 17.0, double.Parse(svg.Root.Attribute("height").Value) - 50);
    }

    [TestMethod]
    public void A_line_that_is_too_long_goes_on_in_the_next_row()
    {
        InkRecord record = new(new PlainInk(TextWriter.Null));
        record.Write(new string('a', 10), Ink.Prompt);
        record.Line(new string('b', 2 * TerminalSvg.MostColumns));
        XNamespace space = "http://www.w3.org/2000/svg";
        string[] rows = [.. XDocument.Parse(TerminalSvg.Draw(record.Lines, "t")).Root.Elements(space + "text").Skip(1).Select(text => text.Value)];
        CollectionAssert.AreEqual(new[] { new string('a', 10), new string('b', 100), new string('b', 110), new string('b', 10) }, rows);
    }
}
