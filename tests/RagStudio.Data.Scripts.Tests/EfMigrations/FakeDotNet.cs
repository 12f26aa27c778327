using System.Runtime.Versioning;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Scripts.Tests.EfMigrations;

/// <summary>Replaces dotnet, records how it is called, and runs the given commands.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakeDotNet : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentValue _hostPath;

    /// <param name="shellCommands">The commands to run when called, such as <c>exit 3</c>.</param>
    public FakeDotNet(string shellCommands = "")
    {
        var program = _folder.Combine("dotnet");
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            printf '%s\n' "$(pwd -P)" >> '{Folders}'
            printf '[%s]' "$@" >> '{ArgumentLists}'
            echo >> '{ArgumentLists}'
            {shellCommands}
            """
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _hostPath = new EnvironmentValue("DOTNET_HOST_PATH", program);
    }

    /// <summary>The working folder of each call.</summary>
    public IReadOnlyList<string> WorkingDirectories => LinesOf(Folders);

    /// <summary>The arguments of each call, each in brackets.</summary>
    public IReadOnlyList<string> Calls => LinesOf(ArgumentLists);

    private string Folders => _folder.Combine("folders");

    private string ArgumentLists => _folder.Combine("arguments");

    public void Dispose()
    {
        _hostPath.Dispose();
        _folder.Dispose();
    }

    private static string[] LinesOf(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];
}
