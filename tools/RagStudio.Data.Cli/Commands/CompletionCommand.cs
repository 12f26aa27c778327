using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>completion</c></summary>
internal static class CompletionCommand
{
    private const string Description = """
        Print a completion script for bash, zsh or pwsh.

        Examples:
          ragstudio-db completion bash >> ~/.bashrc
          ragstudio-db completion zsh >> ~/.zshrc
          ragstudio-db completion pwsh >> $PROFILE
        """;

    private const string Bash = """
        _ragstudio_db() {
          local word="${COMP_WORDS[COMP_CWORD]}"
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(ragstudio-db complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _ragstudio_db ragstudio-db
        """;

    private const string Zsh = """
        _ragstudio_db() {
          local -a words_found
          words_found=("${(@f)$(ragstudio-db complete "$LBUFFER" 2>/dev/null)}")
          compadd -a words_found
          _files
        }
        autoload -Uz compinit && compinit
        compdef _ragstudio_db ragstudio-db
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName ragstudio-db -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          $line = $commandAst.ToString().PadRight($cursorPosition).Substring(0, $cursorPosition)
          ragstudio-db complete $line 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    public static Command Create(CommandRunner runner, TextWriter output)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        return runner.Attach(
            new Command("completion", Description) { shell },
            async (context, _) =>
            {
                await output.WriteLineAsync(ScriptFor(context.Parsed.GetRequiredValue(shell)));
                return ExitCode.Done;
            }
        );
    }

    private static string ScriptFor(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Pwsh,
        };
}
