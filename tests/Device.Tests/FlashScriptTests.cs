using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace LabEdge.Tests.Device;

/// <summary>
/// flash.ps1 as a person runs it, in a PowerShell engine inside the test. The engine's package comes without the
/// Utility module, so that the test brings the one command of it that the script uses.
/// </summary>
[TestClass]
public sealed class FlashScriptTests
{
    private static readonly string Script = Repository.PathOf("flash.ps1");

    [TestMethod]
    public void The_list_names_every_board_and_says_what_it_cannot_do_yet()
    {
        (int exitCode, string[] lines) = Run("-List");
        Assert.AreEqual(0, exitCode);
        foreach (string board in new[] { "t-eth-lite-s3", "esp32-s3-eth", "w5500-evb-pico2", "w5500-evb-pico", "wt32-eth01", "meadow-f7-ccm" })
        {
            string row = lines.Single(line => line.StartsWith(board + " ", StringComparison.Ordinal));
            Assert.EndsWith("not yet", row);
        }

        Assert.Contains(line => line.Contains("there is no image to flash", StringComparison.Ordinal), lines);
        Assert.Contains("ESP32_S3_OCTAL", lines.Single(line => line.StartsWith("t-eth-lite-s3", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Without_arguments_it_lists() => CollectionAssert.AreEqual(Run("-List").Lines, Run("").Lines);

    [TestMethod]
    [DataRow("-Board t-eth-lite-s3", "LilyGO T-ETH-Lite-S3: cannot be flashed yet")]
    [DataRow("-Board toaster", "There is no board 'toaster'")]
    [DataRow("now please", "flash.ps1 does not know 'now please'")]
    [DataRow("-Board wt32-eth01 -Port COM5 -Role pe", "flash.ps1 does not know '-Port COM5 -Role pe'")]
    public void Any_other_request_gets_one_line_and_exit_code_2(string arguments, string beginning)
    {
        (int exitCode, string[] lines) = Run(arguments);
        Assert.AreEqual(2, exitCode);
        Assert.HasCount(1, lines);
        Assert.StartsWith(beginning, lines[0]);
    }

    [TestMethod]
    public void It_keeps_to_the_grammar_of_PowerShell_5()
    {
        ScriptBlockAst script = Parser.ParseFile(Script, out Token[] tokens, out ParseError[] errors);
        Assert.IsEmpty(errors, string.Join(Environment.NewLine, errors.Select(e => e.Message)));
        TokenKind[] later = [TokenKind.AndAnd, TokenKind.OrOr, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket];
        Assert.IsEmpty(tokens.Where(token => later.Contains(token.Kind)));
        Assert.IsEmpty(script.FindAll(node => node is TernaryExpressionAst, searchNestedScriptBlocks: true));
        Assert.IsTrue(File.ReadAllBytes(Script).All(octet => octet < 0x80), "5.1 reads a script without a byte order mark as ANSI");
    }

    private static (int ExitCode, string[] Lines) Run(string arguments)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("ConvertFrom-Json", typeof(ConvertFromJsonCommand), null));
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddScript($"& '{Script.Replace("'", "''", StringComparison.Ordinal)}' {arguments}; $global:LASTEXITCODE");
        string[] output = [.. shell.Invoke().Select(line => line?.ToString() ?? "")];
        Assert.IsEmpty(shell.Streams.Error, string.Join(Environment.NewLine, shell.Streams.Error));
        return (int.Parse(output[^1]), output[..^1]);
    }
}
