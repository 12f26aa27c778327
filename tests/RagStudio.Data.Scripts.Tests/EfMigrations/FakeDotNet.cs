using System.Runtime.Versioning;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Scripts.Tests.EfMigrations;

/// <summary>Stands in the place of dotnet, writes down how it is called and then does as it was told.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakeDotNet : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EnvironmentValue _hostPath;

    /// <param name="shellCommands">What it does when called, such as <c>exit 3</c>.</param>
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

    /// <summary>The folder that each call was made in.</summary>
    public IReadOnlyList<string> WorkingDirectories => LinesOf(Folders);

    /// <summary>What each call was given, every argument in brackets.</summary>
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
