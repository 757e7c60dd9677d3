using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using LabEdge.Flash;

namespace LabEdge.Tests.Device;

/// <summary>flash.ps1 as a person runs it, in a PowerShell engine inside the test: what it hands to tools/flash, and its grammar.</summary>
[TestClass]
public sealed class FlashScriptTests
{
    private static readonly string Script = Repository.PathOf("flash.ps1");

    [TestMethod]
    public void Without_options_it_lists_the_boards()
    {
        (int exitCode, string[] lines) = Run("");
        Assert.AreEqual(0, exitCode, string.Join(Environment.NewLine, lines));
        foreach (Board board in BoardList.Read(Repository.PathOf("boards", "boards.json"), [])) Assert.Contains(line => line.StartsWith(board.Name + " ", StringComparison.Ordinal), lines);
    }

    [TestMethod]
    public void It_hands_every_option_on()
    {
        string file = Path.Combine(Path.GetTempPath(), $"labedge flash {Environment.ProcessId}.cfg");
        File.WriteAllText(file, "hostname pe1\n");
        try
        {
            (int exitCode, string[] lines) = Run($"-Board t-eth-lite-s3 -Port COM5 -Config '{file}' -Role pe -Console tcp:127.0.0.1:2001 -Baud 115200 -KeepFirmware -WhatIf");
            Assert.AreEqual(0, exitCode, string.Join(Environment.NewLine, lines));
            string all = string.Join('\n', lines);
            StringAssert.Contains(all, "role pe");
            StringAssert.Contains(all, $"check {file} with the firmware's own reader");
            StringAssert.Contains(all, "--serialport COM5");
            StringAssert.Contains(all, "--baud 115200");
            Assert.IsFalse(all.Contains("--update", StringComparison.Ordinal), all);
            StringAssert.Contains(all, "read the router's version on its console, tcp:127.0.0.1:2001");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    [DataRow("-Board toaster -WhatIf")]
    [DataRow("now please")]
    public void A_wrong_request_ends_with_2(string arguments) => Assert.AreEqual(2, Run(arguments).ExitCode);

    [TestMethod]
    public void It_keeps_to_the_grammar_of_PowerShell_5()
    {
        ScriptBlockAst script = Parser.ParseFile(Script, out Token[] tokens, out ParseError[] errors);
        Assert.IsEmpty(errors, string.Join(Environment.NewLine, errors.Select(e => e.Message)));
        TokenKind[] later = [TokenKind.AndAnd, TokenKind.OrOr, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket];
        Assert.IsEmpty(tokens.Where(token => later.Contains(token.Kind)));
        Assert.IsEmpty(script.FindAll(node => node is TernaryExpressionAst or PipelineChainAst, searchNestedScriptBlocks: true));
        Assert.IsTrue(File.ReadAllBytes(Script).All(octet => octet < 0x80), "5.1 reads a script without a byte order mark as ANSI");

        // The names that it hands on are options of the tool, and those that it takes are in its help.
        string[] parameters = [.. script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath)];
        string help = File.ReadAllText(Script);
        foreach (string name in parameters.Except(["List", "Rest"])) StringAssert.Contains(help, ".PARAMETER " + name);
    }

    private static (int ExitCode, string[] Lines) Run(string arguments)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);

        // The tool as this build made it: a build inside a test would meet those of other tests.
        shell.AddScript($"$env:Configuration = '{Repository.Configuration}'; & '{Script.Replace("'", "''", StringComparison.Ordinal)}' {arguments} -NoBuild; $global:LASTEXITCODE");
        string[] output = [.. shell.Invoke().Select(line => line?.ToString() ?? "")];
        return (int.Parse(output[^1]), output[..^1]);
    }
}
