using System.Diagnostics;

namespace LabEdge.Tests.Commands;

[TestClass]
public class CompletionTests
{
    // What bash itself does at Tab: the function that the script registered is called with the line and the position in it.
    private const string Tab = """
        labedge() { dotnet "$PROGRAM" "$@"; }
        eval "$(labedge completion bash)"
        complete -p labedge
        for line in "labedge l" "labedge lab ru" "labedge lab run l3" "labedge lab run x --ma" "labedge lab run x --mac w5" "labedge lab new x --template " "labedge completion z" "labedge lab run ./nowhere"; do
            COMP_LINE="$line"; COMP_POINT=${#line}
            read -ra COMP_WORDS <<< "$line"; [ "${line% }" = "$line" ] || COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMPREPLY=()
            _labedge
            echo "$line: ${COMPREPLY[*]}"
        done
        """;

    private const string Expected = """
        complete -o default -F _labedge labedge
        labedge l: lab
        labedge lab ru: run
        labedge lab run l3: l3vpn-dual-stack l3vpn-static
        labedge lab run x --ma: --mac
        labedge lab run x --mac w5: w5500
        labedge lab new x --template : blank l2vpn l3vpn
        labedge completion z: zsh
        labedge lab run ./nowhere: 
        """;

    [TestMethod]
    public void Bash_completes_commands_options_values_and_labs()
    {
        ProcessStartInfo start = new("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Tab);
        start.Environment["PROGRAM"] = Labedge.Program;
        using Process bash = Process.Start(start);
        Task<string> error = bash.StandardError.ReadToEndAsync();
        string output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.AreEqual("", error.Result);
        Assert.AreEqual(Expected.ReplaceLineEndings("\n"), output.TrimEnd('\n'));
    }

    [TestMethod]
    [DataRow("bash")]
    [DataRow("zsh")]
    [DataRow("pwsh")]
    public void Each_shell_has_a_script_that_asks_the_program(string shell)
    {
        (int code, string output, string error) = Labedge.Run(["completion", shell]);
        Assert.AreEqual(0, code, error);
        StringAssert.Contains(output, "[suggest:");
    }

    [TestMethod]
    public void A_shell_without_a_script_is_told_those_that_have_one()
    {
        (int code, string output, string error) = Labedge.Run(["completion", "tcsh"]);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        StringAssert.Contains(error, "tcsh");
        StringAssert.Contains(error, "'zsh'");
    }
}
