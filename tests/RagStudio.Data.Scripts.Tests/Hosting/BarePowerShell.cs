using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace RagStudio.Data.Scripts.Tests;

/// <summary>The PowerShell language without a single cmdlet, module, provider or profile.</summary>
internal static class BarePowerShell
{
    /// <summary>Runs a script file with a command line as a user would type it after the name of the script.</summary>
    /// <exception cref="RuntimeException">
    /// The script has a syntax error, or PowerShell ended it with an error.
    /// </exception>
    public static ScriptRun Run(string scriptPath, string commandLine)
    {
        using var runspace = RunspaceFactory.CreateRunspace(OnlyTheLanguage());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript($"& '{scriptPath.Replace("'", "''", StringComparison.Ordinal)}' {commandLine}");
        using var errors = new CapturedStandardError();

        var output = shell.Invoke<string>();

        if (shell.Streams.Error is [var error, ..])
        {
            throw error.Exception;
        }

        var exitCode = (int)runspace.SessionStateProxy.GetVariable("LASTEXITCODE");
        return new ScriptRun(exitCode, output, errors.Text);
    }

    private static InitialSessionState OnlyTheLanguage()
    {
        var state = InitialSessionState.Create();
        state.LanguageMode = PSLanguageMode.FullLanguage;
        state.Commands.Add(new SessionStateScriptEntry("*"));
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        return state;
    }
}
