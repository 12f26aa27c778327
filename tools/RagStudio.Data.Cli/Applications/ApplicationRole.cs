using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Cli;

/// <summary>Makes an application the process's entry assembly while its entry point runs.</summary>
/// <remarks>
/// Hosts take their name from the entry assembly, and use it to find the application's secrets and parts.
/// </remarks>
internal sealed class ApplicationRole : IDisposable
{
    private readonly Assembly? _tool = Assembly.GetEntryAssembly();
    private readonly bool _designTime = EF.IsDesignTime;
    private readonly string _name;

    public ApplicationRole(Assembly application)
    {
        _name = application.GetName().Name!;
        Assembly.SetEntryAssembly(application);
        EF.IsDesignTime = true;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        EF.IsDesignTime = _designTime;
        Assembly.SetEntryAssembly(_tool);
    }

    // The application ends the process, with its own exit code: the command was not completed.
    private void OnExit(object? sender, EventArgs e)
    {
        Console.Error.WriteLine(
            $"error: the entry point of {_name} ended the process before it built its host. Nothing was changed."
        );
        Environment.ExitCode = (int)ExitCode.Usage;
    }
}
