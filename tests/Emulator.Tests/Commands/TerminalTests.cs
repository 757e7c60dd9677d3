using System.Diagnostics;
using System.Text;

namespace LabEdge.Tests.Commands;

/// <summary>The program on a terminal, which the command script(1) makes.</summary>
[TestClass]
public class TerminalTests
{
    private const string Green = "\e[38;5;2m";

    [TestMethod]
    public void On_a_terminal_the_goals_are_a_live_table_with_colours_that_NO_COLOR_takes_away()
    {
        string screen = OnTerminal("lab run l3vpn-static", []);
        StringAssert.Contains(screen, $"[{Green} ok ");
        StringAssert.Contains(screen, "[    ] r2 reaches r1");
        StringAssert.Contains(screen, "score 10 of 10");

        screen = OnTerminal("lab run l3vpn-static", [], "NO_COLOR=1");
        StringAssert.Contains(screen, "[ ok ] r2 reaches r1");
        Assert.IsFalse(screen.Contains("\e[38", StringComparison.Ordinal));
    }

    [TestMethod]
    public void In_a_pipe_there_is_no_escape_and_each_run_is_the_same_to_the_octet()
    {
        string text = Labedge.Run(["lab", "run", "l3vpn-static"]).Output;
        Assert.IsFalse(text.Contains('\e'), text);
        Assert.AreEqual(text, Labedge.Run(["lab", "run", "l3vpn-static"]).Output);
    }

    [TestMethod]
    public void At_a_terminal_the_shell_edits_lines_opens_a_console_and_ends_at_ctrl_d()
    {
        string screen = OnTerminal("lab shell l3vpn-static", ["s> ", "lin\tx\u007fs\r", "pe2-r4", "node pe1\r", "pe1#", "sh ver\r", "at most", "\u001dnodes\r", "10.9.9.9", "\u0004"], "NO_COLOR=1");
        foreach (string piece in new[] { "lab 2.000 s> links", "pe1-p   pe1:Ethernet2 p:Ethernet1 ", "pe1#sh ver\r\n", "lab 2.000 s> nodes", "      Ethernet2  192.168.12.1/24  pe1-p" }) StringAssert.Contains(screen, piece);
    }

    /// <param name="talk">What to wait for on the screen, and what to type then, by turns.</param>
    private static string OnTerminal(string arguments, string[] talk, params string[] environment)
    {
        ProcessStartInfo start = new("script") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in new[] { "-qec", $"stty cols 120 rows 50; exec timeout --foreground 60 dotnet {Labedge.Program} {arguments}", "/dev/null" }) start.ArgumentList.Add(argument);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach (string variable in environment) start.Environment[variable.Split('=')[0]] = variable.Split('=')[1];
        using Process script = Process.Start(start);
        StringBuilder screen = new();
        char[] characters = new char[4096];
        int from = 0;
        int turn = 0;
        int count;
        while ((count = script.StandardOutput.Read(characters, 0, characters.Length)) > 0)
        {
            screen.Append(characters, 0, count);
            if (turn >= talk.Length || screen.ToString().IndexOf(talk[turn], from, StringComparison.Ordinal) < 0) continue;
            from = screen.Length;
            script.StandardInput.Write(talk[turn + 1]);
            script.StandardInput.Flush();
            turn += 2;
        }

        script.WaitForExit();
        Assert.IsGreaterThanOrEqualTo(talk.Length, turn, screen.ToString());
        return screen.ToString();
    }
}
