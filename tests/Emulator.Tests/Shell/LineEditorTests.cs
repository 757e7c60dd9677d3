using LabEdge.Emulator.Shell;

namespace LabEdge.Tests.Shell;

[TestClass]
public class LineEditorTests
{
    [TestMethod]
    [DataRow("links\r", "links")]
    [DataRow("lnks<LeftArrow><LeftArrow><LeftArrow>i\r", "links")]
    [DataRow("inks<Home>l<End>!\r", "links!")]
    [DataRow("inks\u0001l\u0005!\r", "links!")]
    [DataRow("linkss\u007f\r", "links")]
    [DataRow("llinks<Home><Delete>\r", "links")]
    [DataRow("llinks\u0001\u0004\r", "links")]
    [DataRow("run 10s\u0017\u0017link\r", "link")]
    [DataRow("nonsense\u0015nodes\r", "nodes")]
    [DataRow("nodes and more\u0001\u0006\u0006\u0006\u0006\u0006\u000b\r", "nodes")]
    [DataRow("half a line\u0003whole\r", "whole")]
    [DataRow("\u007f<LeftArrow><RightArrow><Delete><UpArrow><DownArrow>x\r", "x")]
    [DataRow("\u0004", null)]
    public void Keys_edit_a_line_as_in_a_shell(string keys, string line)
    {
        Assert.AreEqual(line, Read(keys, out _));
    }

    [TestMethod]
    public void Up_and_down_walk_the_history_and_come_back_to_the_line_that_was_being_typed()
    {
        LineEditor editor = Editor(new ScriptedKeys("one\rtwo\rtwo\r<UpArrow><UpArrow>\rthr<UpArrow><DownArrow>ee\r\u0010\u0010\u0010\u000e\r"), new StringWriter());
        string[] lines = [.. Enumerable.Range(0, 6).Select(_ => editor.Read("> ", new PlainInk(TextWriter.Null)))];
        CollectionAssert.AreEqual(new[] { "one", "two", "two", "one", "three", "one" }, lines);
    }

    [TestMethod]
    public void Tab_completes_what_is_common_then_lists_and_a_single_candidate_is_ended_with_a_blank()
    {
        Assert.AreEqual("link", Read("l\t\r", out _));
        Read("l\t\t\r", out string screen);
        StringAssert.Contains(screen, "\nlink  links\n");
        Assert.AreEqual("nodes ", Read("n\t\r", out _));
        Assert.AreEqual("xyz", Read("xyz\t\r", out _));
    }

    [TestMethod]
    public void A_question_mark_helps_at_once_and_where_there_is_no_help_is_a_character()
    {
        Assert.AreEqual("links", Read("l?inks\r", out string screen));
        StringAssert.Contains(screen, "l\e[K?\nhelp for l\n");
        Assert.AreEqual("pe1: ?", Read("pe1: ?\r", out _));
    }

    [TestMethod]
    public void A_line_longer_than_the_terminal_never_draws_past_its_edge()
    {
        string line = new('x', 200);
        Assert.AreEqual(line, Read(line + "<Home><End>\r", out string screen));
        foreach (string drawn in screen.Split('\r', '\n')) Assert.IsLessThan(40, drawn.Split("\e[K")[0].Length, drawn);
    }

    private static string Read(string keys, out string screen)
    {
        StringWriter output = new() { NewLine = "\n" };
        string line = Editor(new ScriptedKeys(keys), output).Read("> ", new PlainInk(output));
        screen = output.ToString();
        return line;
    }

    private static LineEditor Editor(ScriptedKeys keys, StringWriter output) => new(keys, output, () => 40)
    {
        Complete = before => [.. new[] { "link", "links", "nodes" }.Where(word => word.StartsWith(before, StringComparison.Ordinal))],
        Help = before =>
        {
            if (before.Contains(':')) return false;
            output.Write($"help for {before}\n");
            return true;
        },
    };
}
