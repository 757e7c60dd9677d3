using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary>
/// <c>completion bash|zsh|pwsh</c>: prints the script that makes Tab complete commands, options and the names of labs. The script
/// asks this program (directive <c>[suggest:POSITION]</c>), so it never grows old.
/// </summary>
public static class CompletionCommand
{
    private const string Examples = """
        eval "$(labedge completion bash)"                                   in ~/.bashrc
        eval "$(labedge completion zsh)"                                    in ~/.zshrc, after compinit
        labedge completion pwsh | Out-String | Invoke-Expression            in $PROFILE
        """;

    private const string Bash = """
        _labedge() {
            local current="${COMP_WORDS[COMP_CWORD]}"
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(labedge "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$current"))
        }
        complete -o default -F _labedge labedge
        """;

    private const string Zsh = """
        _labedge() {
            local -a words_found
            words_found=("${(@f)$(labedge "[suggest:${#LBUFFER}]" "$BUFFER" 2>/dev/null)}")
            compadd -a words_found
            _files
        }
        compdef _labedge labedge
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName labedge -ScriptBlock {
            param($word, $line, $position)
            labedge "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    public static Command Make()
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        ExampleCommand command = new("completion", "Print the script that completes commands, options and labs by Tab in a shell.", Examples) { shell };
        command.SetAction(result => Console.Out.WriteLine(result.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Pwsh,
        }));
        return command;
    }
}
